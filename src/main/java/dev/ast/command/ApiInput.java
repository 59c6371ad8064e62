package dev.ast.command;

import dev.ast.api.ApiFields;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import dev.ast.host.Input;
import dev.ast.http.BodySource;
import dev.ast.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the options of {@code api} send: fields, a file, or standard input. */
final class ApiInput {
    private static final String STANDARD = "-";
    private static final int LARGEST_FIELD = 64 * 1024 * 1024;
    // What is no longer than this has a length and can be sent again; the rest is sent as it comes.
    private static final int READ_AHEAD = 64 * 1024;

    private final Supplier<Input> input;

    ApiInput(Supplier<Input> input) {
        this.input = input;
    }

    /** The fields of a call. */
    ApiFields fields(Call call) {
        ApiFields fields = new ApiFields();
        call.all("raw-field").forEach(text -> add(fields, text, false));
        call.all("field").forEach(text -> add(fields, text, true));
        return fields;
    }

    private void add(ApiFields fields, String text, boolean typed) {
        int equals = text.indexOf('=');
        if (equals < 0 && text.endsWith("[]")) {
            fields.addList(text);
        } else if (equals < 1) {
            throw Failure.usage("not a field: " + SecretShape.quoted(text, 80), "-f name=value");
        } else {
            String value = text.substring(equals + 1);
            fields.add(text.substring(0, equals), typed ? typed(value) : value);
        }
    }

    private @Nullable Object typed(String value) {
        if (value.startsWith("@")) {
            return new String(bytes(value.substring(1)), StandardCharsets.UTF_8);
        }
        if (value.matches("true|false|null|-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?")) {
            return Json.read(value.getBytes(StandardCharsets.UTF_8));
        }
        return value;
    }

    /** The body that {@code --input} names. */
    Optional<BodySource> body(Call call) {
        return call.option("input").map(name -> name.equals(STANDARD) ? standard() : file(name));
    }

    private BodySource file(String name) {
        try {
            Path file = Path.of(name);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw unreadable(name);
            }
            boolean regular = Files.isRegularFile(file);
            return source(() -> input.get().file(file), regular ? Files.size(file) : -1, regular);
        } catch (IOException | InvalidPathException e) {
            throw unreadable(name);
        }
    }

    private BodySource standard() {
        try {
            InputStream in = input.get().standard();
            byte[] first = in.readNBytes(READ_AHEAD + 1);
            if (first.length <= READ_AHEAD) {
                return BodySource.of(first);
            }
            return source(() -> new SequenceInputStream(new ByteArrayInputStream(first), in), -1, false);
        } catch (IOException e) {
            throw unreadable(STANDARD);
        }
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    private static BodySource source(Opening opening, long length, boolean repeatable) {
        return new BodySource() {
            @Override
            public InputStream open() throws IOException {
                return opening.open();
            }

            @Override
            public long length() {
                return length;
            }

            @Override
            public boolean repeatable() {
                return repeatable;
            }
        };
    }

    private byte[] bytes(String name) {
        try (InputStream in =
                name.equals(STANDARD) ? input.get().standard() : input.get().file(Path.of(name))) {
            byte[] bytes = in.readNBytes(LARGEST_FIELD + 1);
            if (bytes.length > LARGEST_FIELD) {
                throw Failure.usage("the field is larger than 64 MiB", "send it as the body: --input FILE");
            }
            return bytes;
        } catch (IOException | InvalidPathException e) {
            throw unreadable(name);
        }
    }

    private static FailureException unreadable(String name) {
        return Failure.usage("cannot read " + name, "name a readable file, or - for standard input");
    }
}
