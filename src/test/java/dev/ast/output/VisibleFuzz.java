package dev.ast.output;

import static dev.ast.support.Fuzzed.require;

import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.json.Json;
import dev.ast.json.LocalJson;
import dev.ast.support.Fuzzed;
import dev.ast.support.RecordedScreen;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Text of unknown origin on the screen: nothing hidden comes out, and no secret that is known. */
public final class VisibleFuzz {
    private VisibleFuzz() {}

    /** One input: a secret of 6 to 37 bytes, its length in front, and the text around it. */
    public static void fuzzerTestOneInput(byte[] input) {
        int length = Math.min(Redactor.SHORTEST + Fuzzed.choice(input, 0, 32), Math.max(0, input.length - 1));
        String text = Fuzzed.text(Fuzzed.after(input, 1 + length));
        require(shows(Visible.field(text), false), "something hidden is on the line");
        require(shows(Visible.lines(text), true), "something hidden is in the lines");
        require(Visible.field(text, 40).length() <= 40, "a field is too long");
        json(text);
        stream(Fuzzed.after(input, 1 + length));
        redacted(
                Fuzzed.text(java.util.Arrays.copyOfRange(
                        input, Math.min(1, input.length), Math.min(1 + length, input.length))),
                text);
    }

    private static boolean shows(String text, boolean lines) {
        return text.codePoints().noneMatch(c -> Visible.hidden(c) && !(lines && (c == '\n' || c == '\t')));
    }

    private static void json(String text) {
        Map<String, Object> value = Map.of("v", text);
        String shown = Visible.json(LocalJson.write(value));
        require(shows(shown, true), "something hidden is in the JSON");
        require(
                Json.readObject(shown.getBytes(StandardCharsets.UTF_8))
                        .members()
                        .equals(value),
                "making it visible changes the JSON");
    }

    private static void stream(byte[] bytes) {
        RecordedScreen screen = RecordedScreen.piped();
        VisibleStream stream = new VisibleStream(screen.screen());
        int half = bytes.length / 2;
        stream.write(bytes, 0, half);
        stream.write(bytes, half, bytes.length - half);
        stream.end();
        require(shows(screen.out(), true), "something hidden is in the stream");
    }

    private static void redacted(String value, String text) {
        // The mask itself could complete a secret that has a bracket in it, or is a word of it.
        if (value.length() < Redactor.SHORTEST || value.matches("(?s).*[\\[\\]].*") || Redactor.MASK.contains(value)) {
            return;
        }
        Redactor redactor = new Redactor();
        try {
            redactor.register(Secret.of(value));
        } catch (FailureException e) {
            return; // no secret can be that
        }
        String shown = redactor.redact(text + value + text);
        require(!shown.contains(value), "a known secret is shown");
    }
}
