package dev.ast.output;

import dev.ast.domain.IsoTime;
import dev.ast.domain.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a view's document to what JSON and YAML know. */
final class Documents {
    private Documents() {}

    /**
     * Maps, lists, texts, numbers, booleans and {@code null}. Times become ISO 8601 in UTC, in whole seconds, because
     * many readers ({@code jq}'s {@code fromdate} for one) know no fractions.
     */
    static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null));
        }
        if (value instanceof Instant instant) {
            return IsoTime.write(instant);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(String.valueOf(name), plain(member)));
            return members;
        }
        if (value instanceof Collection<?> collection) {
            List<@Nullable Object> elements = new ArrayList<>(collection.size());
            collection.forEach(element -> elements.add(plain(element)));
            return elements;
        }
        if (value instanceof Secret) {
            throw new IllegalArgumentException("a document must not hold a secret by accident");
        }
        return value.toString();
    }
}
