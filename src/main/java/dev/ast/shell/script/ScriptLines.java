package dev.ast.shell.script;

import dev.ast.domain.Failure;
import dev.ast.domain.Utf8;
import dev.ast.shell.grammar.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * The commands of a script, one after the other as they arrive: continued lines joined; comments, empty lines, a byte
 * order mark and the carriage returns of line ends left out.
 */
final class ScriptLines {
    /** The longest command, in bytes, continuations included. */
    static final int LONGEST = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private int read;
    private int first;

    /**
     * One line of the file.
     *
     * @param text without its end and without the backslash that continues it
     * @param continued whether the next line belongs to it
     * @param problem why it cannot be run; then there is no text
     */
    private record Line(String text, boolean continued, Optional<String> problem) {
        boolean isNothing() {
            String shown = text.strip();
            return problem.isEmpty() && (shown.startsWith("#") || (shown.isEmpty() && !continued));
        }
    }

    ScriptLines(InputStream in) {
        this.in = in;
    }

    /** The number of the line that the latest command begins with, or that is waited for, from 1. */
    int number() {
        return first;
    }

    /**
     * The next command, or nothing at the end.
     *
     * @throws dev.ast.domain.FailureException (usage) for one that is too long, not UTF-8, contains a NUL, or is continued
     *     after the end; the next call continues after its lines
     * @throws IOException when the script cannot be read further
     */
    Optional<String> next() throws IOException {
        Optional<Line> line;
        do {
            first = read + 1; // also while it is waited for
            line = line("");
        } while (line.isPresent() && line.get().isNothing());
        if (line.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder command = new StringBuilder();
        Optional<String> problem = Optional.empty();
        while (true) {
            Line piece = line.get();
            problem = problem.or(piece::problem);
            if (command.length() + piece.text.length() > LONGEST) {
                problem = problem.or(ScriptLines::tooLong);
            }
            if (problem.isEmpty()) {
                command.append(piece.text);
            }
            if (!piece.continued) {
                break;
            }
            line = line(command.toString());
            if (line.isEmpty()) {
                problem = problem.or(() -> Optional.of("the script ends where a line is to be continued"));
                break;
            }
        }
        problem.ifPresent(text -> {
            throw Failure.usage(text);
        });
        return Optional.of(command.toString());
    }

    // What is longer than allowed is read to its end, but not kept. The text before it decides whether it ends in a
    // comment.
    private Optional<Line> line(String before) throws IOException {
        int b = octet();
        if (b < 0) {
            return Optional.empty();
        }
        read++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean tooLong = false;
        int backslashes = 0;
        for (; b >= 0 && b != '\n'; b = octet()) {
            backslashes = b == '\\' ? backslashes + 1 : b == '\r' ? backslashes : 0;
            tooLong |= bytes.size() >= LONGEST;
            if (!tooLong) {
                bytes.write(b);
            }
        }
        // Two backslashes are one that is quoted, and none is left to continue the line.
        boolean escaped = backslashes % 2 == 1;
        Optional<String> problem = tooLong ? tooLong() : Optional.empty();
        String text = "";
        if (problem.isEmpty()) {
            try {
                text = text(bytes.toByteArray());
            } catch (CharacterCodingException e) {
                problem = Optional.of("the line is not UTF-8");
            }
        }
        if (text.indexOf('\0') >= 0) {
            problem = Optional.of("a script cannot hold a NUL character");
        }
        boolean continued = escaped && !Tokenizer.endsInComment(before + text);
        String kept = continued && problem.isEmpty() ? text.substring(0, text.length() - 1) : text;
        return Optional.of(new Line(problem.isEmpty() ? kept : "", continued, problem));
    }

    // A pipe gives what has arrived so far; a BufferedInputStream takes a lock for each byte.
    private int octet() throws IOException {
        if (at >= end) {
            at = 0;
            end = in.read(buffer);
        }
        return end < 0 ? -1 : buffer[at++] & 0xff;
    }

    private String text(byte[] bytes) throws CharacterCodingException {
        String text = Utf8.text(bytes).orElseThrow(CharacterCodingException::new);
        if (read == 1 && text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<String> tooLong() {
        return Optional.of("the line is longer than " + LONGEST + " bytes");
    }
}
