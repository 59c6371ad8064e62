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
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutionException;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Replaces Spring Shell's runners, which join argv and split it again, end with 0 after failures, and show stack traces
 * (issues 1278, 1339, 1376). The one way from words to an exit code for the shell, one command and a script; never
 * throws.
 */
public final class CommandRunner implements Script.Target {
    private final AstCommandParser parser;
    private final AstCommandRegistry registry;
    private final CommandExecutor executor;
    private final Screen screen;
    private final ErrorPrinter errors;
    private final Interrupts interrupts;
    private final Leave leave;
    private final DeferredFailures late;
    private final PrintWriter writer;
    private final UnaryOperator<List<String>> completion;

    /**
     * Runs the registry's commands.
     *
     * @param late what a command survived, but must be said at its end and decides its code
     */
    public CommandRunner(
            AstCommandParser parser,
            AstCommandRegistry registry,
            Screen screen,
            ErrorPrinter errors,
            Interrupts interrupts,
            Leave leave,
            DeferredFailures late) {
        this.parser = parser;
        this.registry = registry;
        this.executor = new CommandExecutor(registry);
        this.screen = screen;
        this.errors = errors;
        this.interrupts = interrupts;
        this.leave = leave;
        this.late = late;
        this.writer = new PrintWriter(new OutputStreamWriter(screen.bytes(), StandardCharsets.UTF_8));
        this.completion = UnaryOperator.identity();
    }

    private CommandRunner(CommandRunner other, UnaryOperator<List<String>> completion) {
        this.parser = other.parser;
        this.registry = other.registry;
        this.executor = other.executor;
        this.screen = other.screen;
        this.errors = other.errors;
        this.interrupts = other.interrupts;
        this.leave = other.leave;
        this.late = other.late;
        this.writer = other.writer;
        this.completion = completion;
    }

    /** Runs the words of argv. @return the exit code */
    public int run(List<String> words) {
        return run(() -> words, () -> LineManner.of(words), "");
    }

    /** The same runner for lines of a shell or script whose words are completed first. */
    public CommandRunner with(UnaryOperator<List<String>> completion) {
        return new CommandRunner(this, completion);
    }

    /** Runs a line of the shell. @return the exit code */
    public int run(String line) {
        return run(line, "");
    }

    /** Runs a line of a script; a failure, also a silent one, is said with the place. */
    @Override
    public int run(String line, String place) {
        return run(
                () -> completion.apply(Tokenizer.words(line)),
                () -> LineManner.of(completion.apply(LineManner.words(line))),
                place);
    }

    @Override
    public int fail(Failure failure, String place) {
        return errors.print(failure.asException(), LineManner.of(List.of()), place);
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
            int code = executor.execute(context(parser.parse(words.get()))).code();
            screen.flush();
            Optional<Failure> survived = late.take();
            if (survived.isPresent()) {
                return errors.print(survived.get().asException(), options.get(), place);
            }
            if (code != Exit.OK.code() && !place.isEmpty()) {
                errors.ended(code, options.get(), place);
            }
            return code;
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
        Throwable cause =
                thrown instanceof CommandExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        // A bean that is made at its first use throws through Spring, which wraps it.
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof FailureException failure) {
                cause = failure;
            }
        }
        if (cause instanceof LostOutput) {
            return cause;
        }
        return interrupted().<Throwable>map(Failure::asException).orElse(cause);
    }

    private CommandContext context(ParsedInput input) {
        return new CommandContext(input, registry, writer, new InputReader() {});
    }
}
