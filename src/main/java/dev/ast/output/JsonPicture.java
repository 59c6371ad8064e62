package dev.ast.output;

import dev.ast.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON for people: indented, and coloured where there are colours. Names, texts and numbers stay as they are written. */
final class JsonPicture {
    private static final String STEP = "  ";
    private static final String SPACES = " \t\r\n";
    private static final String ENDS = SPACES + ",]}";

    private final String json;
    private final boolean colors;
    private final StringBuilder shown = new StringBuilder();
    private int depth;
    private int at;

    private JsonPicture(String json, boolean colors) {
        this.json = json;
        this.colors = colors;
    }

    /** The picture with a line end; empty when the bytes are not JSON. */
    static Optional<String> of(byte[] utf8, boolean colors) {
        try {
            Json.read(utf8);
        } catch (Json.NotJson e) {
            return Optional.empty();
        }
        JsonPicture picture = new JsonPicture(new String(utf8, StandardCharsets.UTF_8), colors);
        picture.draw();
        return Optional.of(picture.shown.append('\n').toString());
    }

    private void draw() {
        while (at < json.length()) {
            char c = json.charAt(at);
            switch (c) {
                case '{', '[' -> open(c);
                case '}', ']' -> {
                    depth--;
                    line().append(c);
                    at++;
                }
                case ',' -> {
                    shown.append(c);
                    line();
                    at++;
                }
                case ':' -> {
                    shown.append(": ");
                    at++;
                }
                case '"' -> text();
                default -> other(c);
            }
        }
    }

    private void open(char c) {
        shown.append(c);
        at = next(at + 1);
        char close = c == '{' ? '}' : ']';
        if (json.charAt(at) == close) {
            shown.append(close);
            at++;
        } else {
            depth++;
            line();
        }
    }

    private void text() {
        int end = at + 1;
        while (json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        end++;
        int after = next(end);
        boolean name = after < json.length() && json.charAt(after) == ':';
        paint(name ? Tone.NAME : Tone.TEXT, end);
    }

    private void other(char c) {
        if (SPACES.indexOf(c) >= 0) {
            at++;
            return;
        }
        int end = at;
        while (end < json.length() && ENDS.indexOf(json.charAt(end)) < 0) {
            end++;
        }
        paint(Tone.NUMBER, end);
    }

    private void paint(Tone tone, int end) {
        String piece = Visible.field(json.substring(at, end));
        shown.append(colors ? tone.paint(piece) : piece);
        at = end;
    }

    private int next(int from) {
        int place = from;
        while (place < json.length() && SPACES.indexOf(json.charAt(place)) >= 0) {
            place++;
        }
        return place;
    }

    private StringBuilder line() {
        return shown.append('\n').append(STEP.repeat(depth));
    }
}
