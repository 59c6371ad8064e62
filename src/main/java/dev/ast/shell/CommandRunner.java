package dev.ast.shell;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Interrupts;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.LostOutput;
import dev.ast.output.Screen;
import dev.ast.session.DeferredFailures;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.script.Script;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
    private final UnaryOperator<List<String>> completion;

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
        this(execution, screen, errors, interrupts, leave, late, UnaryOperator.identity());
    }

    private CommandRunner(
            Execution execution,
            Screen screen,
            ErrorPrinter errors,
            Interrupts interrupts,
            Leave leave,
            DeferredFailures late,
            UnaryOperator<List<String>> completion) {
        this.execution = execution;
        this.screen = screen;
        this.errors = errors;
        this.interrupts = interrupts;
        this.leave = leave;
        this.late = late;
        this.completion = completion;
    }

    /** Runs the words of argv. @return the exit code */
    public int run(List<String> words) {
        return run(() -> words, () -> ErrorOptions.of(words), "");
    }

    /** The same runner for lines of a shell or script whose words are completed first. */
    public CommandRunner with(UnaryOperator<List<String>> completion) {
        return new CommandRunner(execution, screen, errors, interrupts, leave, late, completion);
    }

    /** Runs a line of the shell. @return the exit code */
    public int run(String line) {
        return run(line, "");
    }

    /** Runs a line of a script; a failure, also one without a message, is reported with its line. */
    @Override
    public int run(String line, String place) {
        return run(
                () -> completion.apply(Tokenizer.words(line)),
                () -> ErrorOptions.of(completion.apply(ErrorOptions.words(line))),
                place);
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
    public Optional<Failure> interrupted() {
        try {
            interrupts.check();
            return Optional.empty();
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
    }

    // Whatever goes wrong ends here, as one message and a code; errors of the virtual machine too.
    private int run(Supplier<List<String>> words, Supplier<ErrorPrinter.Options> options, String place) {
        try {
            interrupts.check();
            int code = execution.run(words.get());
            screen.flush();
            Optional<Failure> survived = late.take();
            if (survived.isPresent()) {
                return errors.print(survived.get().asException(), options.get(), place);
            }
            if (code != Exit.OK.code() && !place.isEmpty()) {
                errors.ended(code, options.get(), place);
            }
            return code;
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
