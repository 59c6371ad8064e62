package dev.ast.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was last made of an object, kept as long as it is asked for of that very object again: a script asks thousands of
 * times while its file stays as it is. For objects that nobody changes.
 *
 * @param <T> what is made of it, which nobody changes either
 */
public final class LastRead<T> {
    private volatile @Nullable Read<T> last;

    private record Read<T>(JsonObject from, T made) {}

    /** The value made of an object; what the reader throws is not kept. */
    public T of(JsonObject from, Function<JsonObject, T> reader) {
        Read<T> before = last;
        // The same object, not an equal one: to compare them would cost as much as to read.
        if (before != null && before.from == from) {
            return before.made;
        }
        T made = reader.apply(from);
        last = new Read<>(from, made);
        return made;
    }
}
