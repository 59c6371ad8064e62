package dev.ast.output;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.json.LocalJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints on standard error why a command did not do what it was asked, and returns the exit code. */
public final class ErrorPrinter {
    private static final int LONGEST = 4000;
    private static final int INDENT = 5;

    private final Screen screen;
    private final Redactor redactor;

    /**
     * How errors are printed.
     *
     * @param format one JSON object for {@link Format#JSON}, lines otherwise
     * @param coloring when colours are used
     * @param verbose whether the stack trace is shown too
     */
    public record Options(Format format, Coloring coloring, boolean verbose) {}

    /** Prints on the screen's standard error; every text goes through the redactor. */
    public ErrorPrinter(Screen screen, Redactor redactor) {
        this.screen = screen;
        this.redactor = redactor;
    }

    /**
     * What decides the message: an expected failure inside of what was thrown, else that itself. Spring wraps what a bean
     * throws while it is made.
     */
    public static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        for (Throwable inner = thrown; inner != null; inner = inner.getCause()) {
            if (inner instanceof FailureException || inner instanceof LostOutput) {
                cause = inner;
            }
        }
        return cause;
    }

    /**
     * Prints what was thrown. A {@link FailureException} speaks for itself; anything else but {@link LostOutput} is a
     * bug, of which only the type is named.
     *
     * @param place {@code FILE:LINE} of a script, or empty
     * @return the exit code
     */
    public int print(Throwable thrown, Options options, String place) {
        if (thrown instanceof LostOutput lost && lost.quiet()) {
            return Exit.FAILURE.code();
        }
        Failure failure = failure(thrown, options);
        if (failure instanceof Failure.Left && place.isEmpty() && options.format() != Format.JSON) {
            return failure.exit().code();
        }
        String message = shown((place.isEmpty() ? "" : place + ": ") + failure.message());
        Optional<String> hint = failure.hint().map(screen::typed).map(this::shown);
        Optional<String> trace = options.verbose() ? Optional.of(trace(thrown)) : Optional.empty();
        screen.err(
                options.format() == Format.JSON
                        ? json(failure.exit().word(), failure.exit().code(), message, hint, trace)
                        : text(failure.exit(), message, hint, trace, options));
        return failure.exit().code();
    }

    /** Prints that a line of a script ended with a code and without a message. */
    public void ended(int code, Options options, String place) {
        String message = shown(place + ": ended with exit code " + code);
        screen.err(
                options.format() == Format.JSON
                        ? json(word(code), code, message, Optional.empty(), Optional.empty())
                        : text(Exit.FAILURE, message, Optional.empty(), Optional.empty(), options));
    }

    private static String word(int code) {
        return Arrays.stream(Exit.values())
                .filter(exit -> exit.code() == code)
                .findFirst()
                .orElse(Exit.FAILURE)
                .word();
    }

    private static Failure failure(Throwable thrown, Options options) {
        if (thrown instanceof FailureException expected) {
            return expected.failure();
        }
        if (thrown instanceof LostOutput lost) {
            return new Failure.Failed(Optional.ofNullable(lost.getMessage()).orElse(""), Optional.empty());
        }
        return new Failure.Failed(
                "internal error: " + thrown.getClass().getName(),
                options.verbose() ? Optional.empty() : Optional.of("add --verbose to see where it comes from"));
    }

    private String text(Exit exit, String message, Optional<String> hint, Optional<String> trace, Options options) {
        boolean colors = screen.colors(options.coloring(), Screen.Stream.ERR);
        StringBuilder text = new StringBuilder();
        if (exit == Exit.INTERRUPTED && screen.isTerminal(Screen.Stream.ERR)) {
            text.append('\n'); // The terminal has echoed ^C into the current line.
        }
        text.append(line(colors ? Tone.BAD.paint("ast:") : "ast:", message));
        hint.ifPresent(next -> text.append(line(colors ? Tone.DIM.paint("hint:") : "hint:", next)));
        trace.ifPresent(text::append);
        return text.toString();
    }

    // On a terminal lines break between words.
    private String line(String label, String text) {
        String line = label + " " + text;
        return (screen.isTerminal(Screen.Stream.ERR)
                        ? String.join("\n", Wrapping.fit(line, screen.width(), INDENT))
                        : line)
                + "\n";
    }

    private static String json(String word, int code, String message, Optional<String> hint, Optional<String> trace) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", word);
        error.put("message", message);
        error.put("hint", hint.orElse(null));
        error.put("exit", code);
        trace.ifPresent(lines -> error.put("trace", List.of(lines.strip().split("\n"))));
        return Visible.json(LocalJson.write(Map.of("error", error))) + "\n";
    }

    private String shown(String text) {
        return Visible.field(redactor.redact(text), LONGEST);
    }

    private String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return Visible.lines(redactor.redact(trace.toString()));
    }
}
