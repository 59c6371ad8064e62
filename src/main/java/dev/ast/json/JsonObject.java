package dev.ast.json;

import dev.ast.domain.FailureException;
import dev.ast.domain.IsoTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose members keep their order, the unknown ones too. Values are {@code String}, {@code Number},
 * {@code Boolean}, {@code null}, {@code List} and {@code Map}. A member of another type than asked for counts as
 * absent: what is not understood is never guessed.
 */
public final class JsonObject {
    private final Map<String, @Nullable Object> members;

    /** An empty object. */
    public JsonObject() {
        this(new LinkedHashMap<>());
    }

    private JsonObject(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** A view of a parsed map; changes go through. */
    @SuppressWarnings("unchecked") // a parsed map has text keys only
    public static Optional<JsonObject> of(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? Optional.of(new JsonObject((Map<String, @Nullable Object>) map))
                : Optional.empty();
    }

    /** The map inside, for writing. */
    public Map<String, @Nullable Object> members() {
        return members;
    }

    /** The raw member. */
    public @Nullable Object get(String name) {
        return members.get(name);
    }

    /** Whether the member stands there, even as {@code null}. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** A text member that is not empty. */
    public Optional<String> text(String name) {
        return members.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** A member that is a whole number within the range of a long; a fraction is cut. */
    public Optional<Long> number(String name) {
        Object value = members.get(name);
        if (value instanceof Number number
                && Double.isFinite(number.doubleValue())
                && Math.abs(number.doubleValue()) < 9e18) {
            return Optional.of(number.longValue());
        }
        return Optional.empty();
    }

    /** The same, also where the number is written as text, as by servers that write all of theirs so. */
    public Optional<Long> numberOrText(String name) {
        Optional<Long> number = number(name);
        return number.isPresent() ? number : text(name).flatMap(JsonObject::whole);
    }

    private static Optional<Long> whole(String text) {
        String digits = text.strip();
        int point = digits.indexOf('.');
        digits = point > 0 ? digits.substring(0, point) : digits;
        boolean plain =
                !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    /** A text member as a time, ISO 8601. */
    public Optional<Instant> time(String name) {
        Optional<String> text = text(name);
        return text.isEmpty() ? Optional.empty() : IsoTime.parse(text.get());
    }

    /** A text member as a value of the vocabulary; a text that it refuses counts as absent. */
    public <T> Optional<T> parsed(String name, Function<String, T> parser) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.get()));
        } catch (FailureException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An object member. */
    public Optional<JsonObject> object(String name) {
        return of(members.get(name));
    }

    /** An object member, made when it is absent. */
    public JsonObject objectOrNew(String name) {
        return object(name).orElseGet(() -> {
            JsonObject made = new JsonObject();
            members.put(name, made.members);
            return made;
        });
    }

    /** The texts of a list member; other elements are passed over. */
    public Optional<List<String>> texts(String name) {
        if (!(members.get(name) instanceof List<?> list)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (Object element : list) {
            if (element instanceof String text) {
                texts.add(text);
            }
        }
        return Optional.of(texts);
    }

    /** The objects of a list member; other elements are passed over. */
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            list.forEach(element -> of(element).ifPresent(objects::add));
        }
        return objects;
    }

    /** Sets a member; times become ISO 8601 text, optionals their value or nothing (the member is removed). */
    public JsonObject put(String name, @Nullable Object value) {
        Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        if (plain == null) {
            members.remove(name);
        } else if (plain instanceof JsonObject object) {
            members.put(name, object.members);
        } else if (plain instanceof Number
                || plain instanceof Boolean
                || plain instanceof List
                || plain instanceof Map) {
            members.put(name, plain);
        } else if (plain instanceof Instant time) {
            members.put(name, IsoTime.write(time));
        } else {
            members.put(name, plain.toString());
        }
        return this;
    }

    /** Removes a member. */
    public void remove(String name) {
        members.remove(name);
    }

    /** The members' names only: their values may be secret. */
    @Override
    public String toString() {
        return members.keySet().toString();
    }
}
