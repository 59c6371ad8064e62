package dev.ast.output;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.host.Input;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The keyboard behind standard input, when that is a terminal. */
public final class StandardInput implements Keyboard {
    /** The longest line that is accepted, in bytes. */
    static final int LONGEST = 64 * 1024;

    private final Supplier<InputStream> opener;

    /** The standard input of this process. */
    public StandardInput(Input input) {
        this(input::standard);
    }

    StandardInput(Supplier<InputStream> opener) {
        this.opener = opener;
    }

    // Byte by byte, so that nothing behind the line is taken from a program that is started afterwards.
    @Override
    public Optional<String> line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = opener.get()) {
            int b = in.read();
            if (b < 0) {
                return Optional.empty();
            }
            while (b >= 0 && b != '\n' && line.size() < LONGEST) {
                line.write(b);
                b = in.read();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    @SuppressWarnings("SystemConsoleNull") // it is null again on 25, and on 17 it always was, without a terminal
    @Override
    public Optional<char[]> secret(Runnable question) {
        Console console = System.console();
        if (console != null) {
            // It turns echo off before it formats its prompt, and restores it, also when a signal ends
            // the process.
            return Optional.ofNullable(console.readPassword("%s", new Question(question)));
        }
        return unechoed(question);
    }

    @Override
    public Optional<char[]> pasted(Runnable question) {
        return PastedLine.read(question);
    }

    /** Asks when it is formatted, and adds nothing to the text: the question goes to standard error. */
    private record Question(Runnable question) {
        @Override
        public String toString() {
            question.run();
            return "";
        }
    }

    // With standard output in a file or pipe Java 17 has no console, though the user still sits at a keyboard.
    private static Optional<char[]> unechoed(Runnable question) {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .systemOutput(TerminalBuilder.SystemOutput.ForcedSysErr)
                .build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .variable(LineReader.DISABLE_HISTORY, true)
                    .build();
            terminal.echo(false);
            question.run();
            return Optional.of(reader.readLine("", '\0').toCharArray());
        } catch (UserInterruptException e) {
            // While the line is edited the terminal sends no signal for Ctrl-C.
            throw new Failure.Interrupted(Exit.INTERRUPTED).asException();
        } catch (IOException | EndOfFileException e) {
            return Optional.empty();
        }
    }
}
