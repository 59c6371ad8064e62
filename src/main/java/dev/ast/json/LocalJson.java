package dev.ast.json;

import dev.ast.json.Json.NotJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that this program keeps on this machine, and writes all JSON (RFC 8259). Answers of servers go through
 * {@link Json} and its library instead: it is tested against malicious input. This class exists because the library's
 * first use costs as much time as all else that {@code ast token} does, see docs/decisions. It is strict: one value, no
 * member twice, 64 levels below the outermost at most.
 */
public final class LocalJson {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private LocalJson() {}

    /**
     * Reads one JSON object.
     *
     * @throws NotJson for anything else, with the position, never the text
     */
    public static JsonObject readObject(byte[] utf8) {
        Optional<JsonObject> object = JsonObject.of(LocalJsonParser.read(utf8));
        if (object.isEmpty()) {
            throw new NotJson("not a JSON object");
        }
        return object.get();
    }

    /** Reads one JSON object, or nothing when the bytes are something else. */
    public static Optional<JsonObject> tryObject(byte[] utf8) {
        try {
            return JsonObject.of(LocalJsonParser.read(utf8));
        } catch (NotJson e) {
            return Optional.empty();
        }
    }

    /** Writes a value made of maps, lists, texts, numbers, booleans and nulls on one line, without a line end. */
    public static String write(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(@Nullable Object value, StringBuilder json) {
        if (value instanceof Map<?, ?> map) {
            String separator = "";
            json.append('{');
            for (Map.Entry<?, ?> member : map.entrySet()) {
                json.append(separator);
                separator = ",";
                quote(String.valueOf(member.getKey()), json);
                json.append(':');
                write(member.getValue(), json);
            }
            json.append('}');
        } else if (value instanceof List<?> list) {
            String separator = "";
            json.append('[');
            for (Object element : list) {
                json.append(separator);
                separator = ",";
                write(element, json);
            }
            json.append(']');
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            json.append(value);
        } else {
            quote(value.toString(), json);
        }
    }

    // In pieces, without a call for each character: a short command, whose text is a token, runs without a compiler.
    private static void quote(String text, StringBuilder json) {
        char[] chars = text.toCharArray();
        json.append('"');
        int written = 0;
        for (int i = 0; i < chars.length; i++) {
            char c = chars[i];
            // A lone surrogate cannot be written as UTF-8.
            boolean plain = c < 0x80 ? c >= 0x20 && c != '"' && c != '\\' : !Character.isSurrogate(c) || !lone(text, i);
            if (!plain) {
                json.append(text, written, i);
                escape(c, json);
                written = i + 1;
            }
        }
        json.append(written == 0 ? text : text.substring(written)).append('"');
    }

    private static void escape(char c, StringBuilder json) {
        switch (c) {
            case '"', '\\' -> json.append('\\').append(c);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default ->
                json.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[(c >> 8) & 15])
                        .append(HEX[(c >> 4) & 15])
                        .append(HEX[c & 15]);
        }
    }

    private static boolean lone(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
}
