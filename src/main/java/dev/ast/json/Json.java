package dev.ast.json;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * Reads the JSON that servers send, by streaming (RFC 8259). Data binding is left out on purpose: its first use costs more
 * time than a whole {@code ast token}. Limits: 64 levels, numbers of 100 characters, names of 4096; the caller limits the bytes.
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

    private Json() {}

    /** A text that is not JSON, or exceeds a limit. The message names the place, not the text, which may contain a secret. */
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

    /** Reads one JSON object, or nothing when the bytes are none. */
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
     * @throws NotJson when it is none, or something follows it
     */
    public static @Nullable Object read(byte[] utf8) {
        requireUtf8(utf8);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            if (parser.nextToken() == null) {
                throw new NotJson("empty");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new NotJson("more than one value");
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new NotJson(
                    at == null ? "not JSON" : "not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (NumberFormatException e) {
            // Jackson lets this one through for an exponent of eleven digits and more; its message repeats the number.
            throw new NotJson("a number is too large");
        }
    }

    /**
     * A text with each member and element on a line of its own. Its values stay the same.
     *
     * @param json valid JSON
     * @param step what a line begins with for each level
     */
    public static String indented(String json, String step) {
        DefaultIndenter lines = new DefaultIndenter(step, "\n");
        PrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
        StringWriter text = new StringWriter();
        ObjectWriteContext writing = new ObjectWriteContext.Base() {
            @Override
            public PrettyPrinter getPrettyPrinter() {
                return printer;
            }
        };
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json);
                JsonGenerator generator = FACTORY.createGenerator(writing, text)) {
            parser.nextToken();
            generator.copyCurrentStructureExact(parser);
        }
        return text.toString();
    }

    // RFC 8259 section 8.1: between systems JSON is UTF-8. The parser would take UTF-16 and UTF-32 too, in which one of
    // the
    // first four bytes is zero or there is a byte order mark.
    private static void requireUtf8(byte[] bytes) {
        boolean marked = bytes.length > 1 && (bytes[0] & 0xff) >= 0xfe && (bytes[1] & 0xff) >= 0xfe;
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            marked |= bytes[i] == 0;
        }
        if (marked) {
            throw new NotJson("not UTF-8");
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                return members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                return elements;
            }
            case VALUE_STRING -> {
                return parser.getString();
            }
            case VALUE_NUMBER_INT -> {
                return parser.getNumberValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                return parser.getDecimalValue();
            }
            case VALUE_TRUE -> {
                return true;
            }
            case VALUE_FALSE -> {
                return false;
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> throw new NotJson("not JSON");
        }
    }
}
