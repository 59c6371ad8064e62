package dev.ast.shell.script;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Input;
import dev.ast.shell.grammar.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs commands from a file or from standard input, each as soon as its line has arrived. Replaces Spring Shell's own
 * script command, which has no {@code #} comments, ends at a comment, and ends with 0 after failures (issue 1270).
 */
public final class Script {
    private Script() {}

    /** What runs the lines. */
    public interface Target {
        /** Runs a line, and prints an error with the place before it. @return the exit code */
        int run(String line, String place);

        /** Prints what is wrong with the script itself. @return the exit code */
        int fail(Failure failure, String place);

        /** Whether to end here, also with {@code --keep-going}. */
        boolean ended();

        /** The code that the script is to end with, if a line has named one. */
        default OptionalInt left() {
            return OptionalInt.empty();
        }

        /** The interruption by a signal, if there was one. */
        Optional<Failure> interrupted();
    }

    /**
     * Opens a script, {@code -} for standard input. A pipe is read as it comes.
     *
     * @param input where it comes from
     * @throws FailureException (usage) when there is none, or it cannot be read
     */
    public static InputStream open(String name, Input input) {
        if (name.equals("-")) {
            return input.standard();
        }
        try {
            Path file = Path.of(name);
            if (Files.isDirectory(file)) {
                throw Failure.usage("the script " + name + " is a directory");
            }
            return input.file(file);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw Failure.usage("there is no script " + name);
        } catch (IOException e) {
            throw Failure.usage("cannot read the script " + name);
        }
    }

    /**
     * Runs a script to its end, its first failing line, or {@code exit}.
     *
     * @param name printed before messages, as {@code NAME:LINE}
     * @param source UTF-8; stays open
     * @param keepGoing runs on after failing lines
     * @return 0, the code of the first line that failed, or that of the signal that ended it
     */
    public static int run(String name, InputStream source, boolean keepGoing, Target target) {
        ScriptLines lines = new ScriptLines(source);
        int result = Exit.OK.code();
        while (true) {
            int code;
            try {
                Optional<String> line = lines.next();
                if (line.isEmpty()) {
                    return result;
                }
                code = run(line.get(), name + ":" + lines.number(), target);
            } catch (FailureException e) {
                code = target.fail(e.failure(), name + ":" + lines.number());
            } catch (IOException e) {
                int unreadable =
                        target.fail(new Failure.Failed("cannot read the script any further", Optional.empty()), name);
                return result == Exit.OK.code() ? unreadable : result;
            }
            Optional<Failure> signal = target.interrupted();
            if (signal.isPresent()) {
                // A line that ended before it noticed has printed nothing, and earlier failures no longer matter.
                int broken = signal.get().exit().code();
                return code == broken ? code : target.fail(signal.get(), name + ":" + lines.number());
            }
            result = result == Exit.OK.code() ? code : result;
            if (target.ended() && target.left().isPresent()) {
                return target.left().getAsInt();
            }
            if (target.ended() || (code != Exit.OK.code() && !keepGoing)) {
                return result;
            }
        }
    }

    private static int run(String line, String place, Target target) {
        if (line.contains("--script")) {
            String first = Tokenizer.parse(line, line.length()).tokens().get(0).text();
            if (first.equals("--script") || first.startsWith("--script=")) {
                throw Failure.usage("a script cannot run another script");
            }
        }
        return target.run(line, place);
    }
}
