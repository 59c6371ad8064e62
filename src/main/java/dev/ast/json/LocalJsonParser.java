package dev.ast.json;

import dev.ast.domain.Utf8;
import dev.ast.json.Json.NotJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parser of {@link LocalJson}. Errors have the position, never the text. */
final class LocalJsonParser {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;

    private final String text;
    // The same once more: a short command runs without a compiler, where each call of charAt counts.
    private final char[] chars;
    private int at;

    private LocalJsonParser(String text) {
        this.text = text;
        this.chars = text.toCharArray();
    }

    /** The one value that the bytes hold. @throws NotJson when they hold something else */
    static @Nullable Object read(byte[] utf8) {
        Optional<String> text = Utf8.text(utf8);
        if (text.isEmpty()) {
            throw new NotJson("not UTF-8");
        }
        LocalJsonParser reader = new LocalJsonParser(text.get());
        if (reader.text.startsWith("\ufeff")) {
            reader.at = 1;
        }
        reader.skipSpaces();
        Object value = reader.value(0);
        reader.skipSpaces();
        if (reader.at < reader.chars.length) {
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
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        skipSpaces();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            if (peek() != '"') {
                throw wrong();
            }
            String name = string();
            skipSpaces();
            expect(':');
            skipSpaces();
            if (members.containsKey(name)) {
                throw wrong();
            }
            members.put(name, value(depth + 1));
            skipSpaces();
            if (peek() == '}') {
                at++;
                return members;
            }
            expect(',');
            skipSpaces();
        }
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        skipSpaces();
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            elements.add(value(depth + 1));
            skipSpaces();
            if (peek() == ']') {
                at++;
                return elements;
            }
            expect(',');
            skipSpaces();
        }
    }

    private String string() {
        int start = ++at;
        while (at < chars.length) {
            char c = chars[at];
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
        while (at < chars.length) {
            char c = chars[at++];
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
        if (at < chars.length && chars[at] == '-') {
            at++;
        }
        int whole = digits();
        if (whole == 0 || (whole > 1 && text.charAt(at - whole) == '0')) {
            throw wrong();
        }
        boolean integer = true;
        if (at < chars.length && chars[at] == '.') {
            integer = false;
            at++;
            requireDigits();
        }
        if (at < chars.length && (chars[at] | 0x20) == 'e') {
            integer = false;
            at++;
            if (at < chars.length && (chars[at] == '+' || chars[at] == '-')) {
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
        while (at < chars.length && chars[at] >= '0' && chars[at] <= '9') {
            at++;
        }
        return at - start;
    }

    private @Nullable Object literal(String word, @Nullable Object meaning) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return meaning;
    }

    private void skipSpaces() {
        while (at < chars.length && " \t\n\r".indexOf(chars[at]) >= 0) {
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
        if (at >= chars.length) {
            throw wrong();
        }
        return chars[at];
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
}
