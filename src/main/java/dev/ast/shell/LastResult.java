package dev.ast.shell;

import dev.ast.command.Changed;
import dev.ast.command.CommandSpec;
import dev.ast.domain.Failure;
import dev.ast.json.Json;
import dev.ast.output.Outcome;
import dev.ast.output.Raw;
import dev.ast.output.RawPages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last result of a shell or script, in memory only. One that holds a secret by its purpose is not kept; bytes from a
 * server are kept up to a limit.
 */
public final class LastResult {
    /** The name of the command that shows it again. */
    public static final String NAME = "_";

    private static final int MOST = 10 * 1024 * 1024;

    private static final int MOST_COUNTED = 4 * 1024 * 1024;

    private @Nullable Object result;
    private OptionalInt status = OptionalInt.empty();
    private byte[] body = {};
    private boolean tooLarge;

    /** What is to be shown of a result that is kept from now on, or as it is shown. */
    Object keeping(CommandSpec command, Object given) {
        if (given instanceof Outcome outcome) {
            return new Outcome(keeping(command, outcome.result()), outcome.exit(), outcome.failure());
        }
        boolean nothing = given == CommandSpec.Silent.NOTHING || given instanceof Changed;
        if (nothing || command.name().equals(NAME)) {
            return given;
        }
        tooLarge = false;
        result = null;
        status = OptionalInt.empty();
        body = new byte[0];
        if (command.result() == CommandSpec.Result.SECRET) {
            return given;
        }
        if (given instanceof RawPages pages) {
            return keeping(pages);
        }
        if (given instanceof Raw raw) {
            return (Raw) target -> copy(raw, target);
        }
        result = given;
        return given;
    }

    // What a filter takes from page to page may have no end, and is not kept.
    private RawPages keeping(RawPages pages) {
        return new RawPages() {
            @Override
            public void writeTo(OutputStream target) throws IOException {
                copy(pages, target);
            }

            @Override
            public void each(Consumer<byte[]> page) throws IOException {
                pages.each(page);
            }
        };
    }

    private void copy(Raw raw, OutputStream target) throws IOException {
        Copy copy = new Copy(target);
        try {
            raw.writeTo(copy);
        } finally {
            tooLarge = copy.tooLarge;
            status = raw.status();
            byte[] bytes = copy.bytes.toByteArray();
            body = bytes;
            if (!tooLarge && bytes.length > 0) {
                result = (Raw) again -> again.write(bytes);
            }
        }
    }

    /**
     * The last result.
     *
     * @throws dev.ast.domain.FailureException (usage) when there is none
     */
    public Object again() {
        Object kept = result;
        if (kept == null) {
            throw Failure.usage(
                    tooLarge
                            ? "the last result was larger than " + MOST / (1024 * 1024) + " MiB and was not kept"
                            : "there is no result to show again");
        }
        return kept;
    }

    /**
     * The status of what a server answered, and how many items it has: an array, or an object whose one array is a member
     * of its own; empty where the last result is no answer of a server.
     *
     * @param separator stands between the two
     */
    public Optional<String> summary(String separator) {
        if (status.isEmpty()) {
            return Optional.empty();
        }
        String count = items().map(items -> separator + items.size() + (items.size() == 1 ? " item" : " items"))
                .orElse("");
        return Optional.of(status.getAsInt() + count);
    }

    private Optional<Collection<?>> items() {
        if (body.length == 0 || body.length > MOST_COUNTED) {
            return Optional.empty();
        }
        Object document;
        try {
            document = Json.read(body);
        } catch (Json.NotJson e) {
            return Optional.empty();
        }
        Collection<?> members =
                document instanceof Map<?, ?> object ? object.values() : Collections.singletonList(document);
        List<Collection<?>> arrays = new ArrayList<>();
        for (Object member : members) {
            if (member instanceof Collection<?> array) {
                arrays.add(array);
            }
        }
        return arrays.size() == 1 ? Optional.of(arrays.get(0)) : Optional.empty();
    }

    private static final class Copy extends OutputStream {
        private final OutputStream target;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean tooLarge;

        Copy(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] more, int offset, int length) throws IOException {
            target.write(more, offset, length);
            tooLarge |= bytes.size() + length > MOST;
            if (tooLarge) {
                bytes.reset();
            } else {
                bytes.write(more, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
