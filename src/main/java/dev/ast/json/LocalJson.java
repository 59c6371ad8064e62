package dev.ast.json;

import dev.ast.json.Json.NotJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that this program keeps on this machine, and writes all JSON (RFC 8259). Answers of servers go through
 * {@link Json} and its library instead: that one has been attacked for years. This reader exists because the library's
 * first use costs as much time as all else that {@code ast token} does, see docs/decisions. It is strict: one value, no
 * member twice, 64 levels below the outermost at most.
 */
public final class LocalJson {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final String text;
    private int at;

    private LocalJson(String text) {
        this.text = text;
    }

    /**
     * Reads one JSON object.
     *
     * @throws NotJson for anything else; it says where, never what
     */
    public static JsonObject readObject(byte[] utf8) {
        Optional<JsonObject> object = JsonObject.of(read(utf8));
        if (object.isEmpty()) {
            throw new NotJson("not a JSON object");
        }
        return object.get();
    }

    /** Reads one JSON object, or nothing when the bytes are none. */
    public static Optional<JsonObject> tryObject(byte[] utf8) {
        try {
            return JsonObject.of(read(utf8));
        } catch (NotJson e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object read(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        // Bytes that are no UTF-8 became this character, unless they were it.
        if (text.indexOf('\ufffd') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
            throw new NotJson("not UTF-8");
        }
        LocalJson reader = new LocalJson(text);
        if (reader.text.startsWith("\ufeff")) {
            reader.at = 1;
        }
        reader.blanks();
        Object value = reader.value(0);
        reader.blanks();
        if (reader.at < reader.text.length()) {
            throw reader.wrong();
        }
        return value;
    }

    private @Nullable Object value(int depth) {
        if (depth > DEEPEST) {
            throw wrong();
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        blanks();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            if (peek() != '"') {
                throw wrong();
            }
            String name = string();
            blanks();
            expect(':');
            blanks();
            if (members.containsKey(name)) {
                throw wrong();
            }
            members.put(name, value(depth + 1));
            blanks();
            if (peek() == '}') {
                at++;
                return members;
            }
            expect(',');
            blanks();
        }
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        blanks();
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            elements.add(value(depth + 1));
            blanks();
            if (peek() == ']') {
                at++;
                return elements;
            }
            expect(',');
            blanks();
        }
    }

    private String string() {
        int start = ++at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return text.substring(start, at++);
            }
            if (c == '\\') {
                return escaped(start);
            }
            if (c < 0x20) {
                throw wrong();
            }
            at++;
        }
        throw wrong();
    }

    private String escaped(int start) {
        StringBuilder plain = new StringBuilder(text.substring(start, at));
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return plain.toString();
            }
            if (c < 0x20) {
                throw wrong();
            }
            plain.append(c == '\\' ? escape() : c);
        }
        throw wrong();
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong();
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw wrong();
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Number number() {
        int start = at;
        if (at < text.length() && text.charAt(at) == '-') {
            at++;
        }
        int whole = digits();
        if (whole == 0 || (whole > 1 && text.charAt(at - whole) == '0')) {
            throw wrong();
        }
        boolean integer = true;
        if (at < text.length() && text.charAt(at) == '.') {
            integer = false;
            at++;
            requireDigits();
        }
        if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            integer = false;
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            requireDigits();
        }
        if (at - start > LONGEST_NUMBER) {
            throw wrong();
        }
        String digits = text.substring(start, at);
        if (integer && digits.length() <= 18) {
            return Long.parseLong(digits);
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw wrong(); // its exponent is beyond what a computer can hold
        }
    }

    private void requireDigits() {
        if (digits() == 0) {
            throw wrong();
        }
    }

    private int digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    private @Nullable Object word(String word, @Nullable Object meaning) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return meaning;
    }

    private void blanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong();
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private NotJson wrong() {
        if (text.isEmpty()) {
            return new NotJson("empty");
        }
        int line = 1;
        int column = 1;
        for (int i = 0; i < at && i < text.length(); i++) {
            column = text.charAt(i) == '\n' ? 1 : column + 1;
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return new NotJson("not JSON at line " + line + ", column " + column);
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

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    // A lone surrogate cannot be written as UTF-8.
                    if (c < 0x20 || (Character.isSurrogate(c) && lone(text, i))) {
                        json.append("\\u")
                                .append(HEX[c >> 12])
                                .append(HEX[(c >> 8) & 15])
                                .append(HEX[(c >> 4) & 15])
                                .append(HEX[c & 15]);
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static boolean lone(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
}
