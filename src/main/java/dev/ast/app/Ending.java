package dev.ast.app;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Interrupts;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Screen;
import dev.ast.shell.ErrorOptions;
import dev.ast.shell.script.Script;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reports that a signal ended the program where no command can report it: during the start, and in an operation that
 * no signal interrupts.
 */
public final class Ending implements AutoCloseable {
    private final Foundation foundation;
    private final List<String> words;
    private final Interrupts.Registration registration;
    private final Interrupts.Registration starting;
    private volatile String place = "";

    private Ending(Foundation foundation, List<String> words) {
        this.foundation = foundation;
        this.words = words;
        this.registration = foundation.signals().beforeHalt(this::say);
        this.starting = foundation.signals().attend(how -> {
            foundation.interrupts().interrupt(how);
            foundation.signals().halt(how);
        });
    }

    /**
     * The ending of a process, until closed.
     *
     * @param words the command line, which decides how errors are printed
     */
    public static Ending of(Foundation foundation, List<String> words) {
        return new Ending(foundation, words);
    }

    /** From now on a signal ends what runs in order, not the process at once. */
    public void started() {
        starting.close();
    }

    /** The same target; the ending names the line that it runs. */
    public Script.Target noting(Script.Target target) {
        return new Script.Target() {
            @Override
            public int run(String line, String at) {
                place = at;
                return target.run(line, at);
            }

            @Override
            public int fail(Failure failure, String at) {
                return target.fail(failure, at);
            }

            @Override
            public boolean ended() {
                return target.ended();
            }

            @Override
            public OptionalInt left() {
                return target.left();
            }

            @Override
            public Optional<Failure> interrupted() {
                return target.interrupted();
            }
        };
    }

    private void say() {
        try {
            foundation.interrupts().check();
        } catch (FailureException e) {
            // With its own screen: that of the process may be blocked by a slow reader.
            new ErrorPrinter(Screen.ofProcess(foundation.environment()), foundation.redactor())
                    .print(e, ErrorOptions.of(words), place);
        }
    }

    @Override
    public void close() {
        started();
        registration.close();
    }
}
