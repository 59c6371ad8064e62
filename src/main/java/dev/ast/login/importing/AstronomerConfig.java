package dev.ast.login.importing;

import dev.ast.domain.Identity;
import dev.ast.domain.Secret;
import dev.ast.domain.SelectedContext;
import dev.ast.json.JsonObject;
import dev.ast.provider.Domains;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Astronomer's {@code config.yaml}: one context per domain, its tokens in clear. */
final class AstronomerConfig {
    private AstronomerConfig() {}

    static List<Found> read(Path file, byte[] bytes) {
        Object document;
        try {
            document =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(bytes, StandardCharsets.UTF_8));
        } catch (YAMLException e) {
            return List.of();
        }
        List<Found> all = new ArrayList<>();
        Optional<JsonObject> contexts = JsonObject.of(plain(document)).flatMap(root -> root.object("contexts"));
        contexts.ifPresent(found -> {
            for (String key : found.members().keySet()) {
                found.object(key).flatMap(one -> context(file, key, one)).ifPresent(all::add);
            }
        });
        return all;
    }

    private static Optional<Found> context(Path file, String key, JsonObject from) {
        return found(
                file,
                // The key is the domain with underscores for dots.
                from.text("domain").orElse(key.replace('_', '.')),
                from.text("token"),
                from.text("refreshtoken"),
                ForeignTexts.time(from, "expiresin"),
                from.text("user_email"),
                from.text("workspace")
                        .map(id -> new SelectedContext(SelectedContext.WORKSPACE, id, id))
                        .or(() -> from.text("organization")
                                .map(id -> new SelectedContext(SelectedContext.ORGANIZATION, id, id))));
    }

    static Optional<Found> found(
            Path file,
            String domain,
            Optional<String> token,
            Optional<String> refresh,
            Optional<Instant> expiresAt,
            Optional<String> email,
            Optional<SelectedContext> context) {
        Optional<Secret> access = ForeignTexts.token(token);
        if (access.isEmpty() || !AstropodsFile.isDomain(domain)) {
            return Optional.empty();
        }
        Domains.Meant meant = Domains.of(domain);
        return Optional.of(new Found(
                file.toString(),
                meant.domain().replace(':', '-'),
                meant.provider(),
                Optional.of(meant.server()),
                Optional.empty(),
                access.get(),
                meant.provider().equals(Domains.CLOUD) ? ForeignTexts.token(refresh) : Optional.empty(),
                expiresAt,
                new Identity(Optional.empty(), Optional.empty(), email, Optional.empty(), List.of()),
                context.map(List::of).orElse(List.of()),
                context));
    }

    // Keys as texts, times as ISO 8601: what a JSON object can hold.
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((key, member) -> members.put(String.valueOf(key), plain(member)));
            return members;
        }
        if (value instanceof Date date) {
            return date.toInstant().toString();
        }
        return value;
    }
}
