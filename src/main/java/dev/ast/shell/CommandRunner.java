package dev.ast.shell;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Interrupts;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.LostOutput;
import dev.ast.output.Screen;
import dev.ast.session.DeferredFailures;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.script.Script;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way from words to an exit code for the shell, one command and a script. It throws nothing but
 * {@link FullProgramNeeded}.
 */
public final class CommandRunner implements Script.Target {
    private final Execution execution;
    private final Screen screen;
    private final ErrorPrinter errors;
    private final Interrupts interrupts;
    private final Leave leave;
    private final DeferredFailures late;
    private final @Nullable Lines lines;

    /** What runs a command. */
    @FunctionalInterface
    public interface Execution {
        /**
         * Runs the command that the words name, and shows its result.
         *
         * @return its exit code
         * @throws FailureException for expected failures
         */
        int run(List<String> words);

        /** Runs the command of a line that was read already. Throws as {@link #run(List)}. */
        default int run(CommandLine line) {
            return run(line.typed());
        }
    }

    /** What a line of a shell or script is, beside the words of one command. */
    public interface Lines {
        /**
         * Runs a line.
         *
         * @param place {@code FILE:LINE} of a script, or empty
         * @return its exit code; what led to it is reported already
         * @throws FailureException for what is not
         */
        int run(String line, String place);

        /** The words that decide how errors of a line are printed; never fails. */
        List<String> options(String line);
    }

    /**
     * A runner over the given parts.
     *
     * @param late failures that a command survives, but that are reported at its end and decide its code
     */
    public CommandRunner(
            Execution execution,
            Screen screen,
            ErrorPrinter errors,
            Interrupts interrupts,
            Leave leave,
            DeferredFailures late) {
        this(execution, screen, errors, interrupts, leave, late, null);
    }

    private CommandRunner(
            Execution execution,
            Screen screen,
            ErrorPrinter errors,
            Interrupts interrupts,
            Leave leave,
            DeferredFailures late,
            @Nullable Lines lines) {
        this.execution = execution;
        this.screen = screen;
        this.errors = errors;
        this.interrupts = interrupts;
        this.leave = leave;
        this.late = late;
        this.lines = lines;
    }

    /** Runs the words of argv. @return the exit code */
    public int run(List<String> words) {
        return run(words, "");
    }

    /** Runs the words of a line of a script; a failure, also one without a message, is reported with its place. */
    public int run(List<String> words, String place) {
        return run(() -> execution.run(words), () -> ErrorOptions.of(words), place);
    }

    /** The same for a line that was read already. */
    public int run(CommandLine line, String place) {
        return run(() -> execution.run(line), () -> ErrorOptions.of(line.typed()), place);
    }

    /** The same runner for the lines of a shell or script. */
    public CommandRunner with(Lines meaning) {
        return new CommandRunner(execution, screen, errors, interrupts, leave, late, meaning);
    }

    /** Runs a line of the shell. @return the exit code */
    public int run(String line) {
        return run(line, "");
    }

    /** Runs a line of a script; a failure, also one without a message, is reported with its line. */
    @Override
    public int run(String line, String place) {
        Lines known = lines;
        return known == null
                ? run(
                        () -> execution.run(Tokenizer.words(line)),
                        () -> ErrorOptions.of(ErrorOptions.words(line)),
                        place)
                : guarded(() -> known.run(line, place), () -> ErrorOptions.of(known.options(line)), place);
    }

    @Override
    public int fail(Failure failure, String place) {
        return errors.print(failure.asException(), ErrorOptions.of(List.of()), place);
    }

    /** Whether nothing further should run: the command was {@code exit}, or output is lost. */
    @Override
    public boolean ended() {
        return leave.asked() || screen.lost();
    }

    @Override
    public OptionalInt left() {
        return leave.code();
    }

    @Override
    public Optional<Failure> interrupted() {
        try {
            interrupts.check();
            return Optional.empty();
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
    }

    private int run(IntSupplier command, Supplier<ErrorPrinter.Options> options, String place) {
        return guarded(
                () -> {
                    int code = command.getAsInt();
                    screen.flush();
                    Optional<Failure> survived = late.take();
                    if (survived.isPresent()) {
                        return errors.print(survived.get().asException(), options.get(), place);
                    }
                    if (code != Exit.OK.code() && !place.isEmpty() && !leave.asked()) {
                        errors.ended(code, options.get(), place);
                    }
                    return code;
                },
                options,
                place);
    }

    // Whatever goes wrong ends here, as one message and a code; errors of the virtual machine too.
    private int guarded(IntSupplier work, Supplier<ErrorPrinter.Options> options, String place) {
        try {
            interrupts.check();
            return work.getAsInt();
        } catch (FullProgramNeeded e) {
            throw e;
        } catch (Throwable thrown) {
            late.forget(); // or a later line would say what this one survived before it failed
            return errors.print(cause(thrown), options.get(), place);
        } finally {
            if (interrupts.pending()) {
                Thread.interrupted();
            }
        }
    }

    private Throwable cause(Throwable thrown) {
        Throwable cause = ErrorPrinter.cause(thrown);
        if (cause instanceof LostOutput) {
            return cause;
        }
        return interrupted().<Throwable>map(Failure::asException).orElse(cause);
    }
}
