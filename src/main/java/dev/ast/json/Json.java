package dev.ast.json;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON that servers send, by streaming (RFC 8259). Data binding is left out on purpose: its first use costs
 * more time than a whole {@code ast token}. Limits: 64 levels, numbers of 100 characters, names of 4096; the caller
 * limits the bytes.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(100)
                    .maxNameLength(4096)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * A text that is not JSON, or breaks a limit. The message has the position, never the text, which may hold a
     * secret.
     */
    public static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotJson(String message) {
            super(message);
        }
    }

    /**
     * Reads one JSON object.
     *
     * @throws NotJson for anything else
     */
    public static JsonObject readObject(byte[] utf8) {
        return JsonObject.of(read(utf8)).orElseThrow(() -> new NotJson("not a JSON object"));
    }

    /** Reads one JSON object, or nothing when the bytes are something else. */
    public static Optional<JsonObject> tryObject(byte[] utf8) {
        try {
            return JsonObject.of(read(utf8));
        } catch (NotJson e) {
            return Optional.empty();
        }
    }

    /**
     * Reads one JSON value.
     *
     * @throws NotJson when it is something else, or something follows it
     */
    public static @Nullable Object read(byte[] utf8) {
        requireUtf8(utf8);
        if (utf8.length == 0) {
            throw new NotJson("empty");
        }
        try {
            return MAPPER.readValue(utf8, Object.class);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new NotJson(
                    at == null ? "not JSON" : "not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (NumberFormatException e) {
            // Jackson lets this one through for an exponent of eleven digits and more; its message repeats the number.
            throw new NotJson("a number is too large");
        }
    }

    // RFC 8259 section 8.1: between systems JSON is UTF-8. The parser would take UTF-16 and UTF-32 too, in which one
    // of the first four bytes is zero or there is a byte order mark.
    private static void requireUtf8(byte[] bytes) {
        boolean marked = bytes.length > 1 && (bytes[0] & 0xff) >= 0xfe && (bytes[1] & 0xff) >= 0xfe;
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            marked |= bytes[i] == 0;
        }
        if (marked) {
            throw new NotJson("not UTF-8");
        }
    }
}
