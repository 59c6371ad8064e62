package dev.ast.protocol;

import dev.ast.credential.file.TokenFiles;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.host.Signals;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a program as a child of this process, as a shell or a script does. The program has the terminal: what the keyboard
 * sends reaches it directly, and this process only waits.
 */
public final class ChildProgram implements ProgramRunner {
    private static final int ENDED_BY_CTRL_C = 130;

    private final Supplier<Programs> programs;
    private final Environment environment;
    private final Signals signals;
    private final Interrupts interrupts;
    private final boolean terminal;
    private final Supplier<Optional<OutputStream>> output;
    private final TokenFiles files;
    private final TokenKeeper keeper;

    /**
     * Runs programs.
     *
     * @param terminal whether this process has a terminal, whose Ctrl-C reaches the program without our help
     * @param output where the results of this process go, if that is not its standard output
     */
    public ChildProgram(
            Supplier<Programs> programs,
            Environment environment,
            Signals signals,
            Interrupts interrupts,
            boolean terminal,
            Supplier<Optional<OutputStream>> output,
            TokenFiles files,
            TokenKeeper keeper) {
        this.programs = programs;
        this.environment = environment;
        this.signals = signals;
        this.interrupts = interrupts;
        this.terminal = terminal;
        this.output = output;
        this.files = files;
        this.keeper = keeper;
    }

    @Override
    public int run(List<String> program, ProgramAccess access) {
        List<String> command = new ArrayList<>(program);
        command.set(0, Programs.require(program.get(0), environment).toString());
        Map<String, String> variables = new HashMap<>();
        access.variable()
                .ifPresent(name -> variables.put(
                        name, access.credential().tokens().access().reveal()));
        if (access.fileVariable().isEmpty()) {
            return child(command, variables);
        }
        try (TokenFiles.Kept file = files.create()) {
            file.write(access.credential().tokens().access());
            variables.put(access.fileVariable().get(), file.path().toString());
            try (TokenKeeper.Keeping keeping = keeper.begin(file, access)) {
                assert keeping != null;
                return child(command, variables);
            }
        }
    }

    private int child(List<String> command, Map<String, String> variables) {
        Optional<OutputStream> elsewhere = output.get();
        Process process;
        try {
            process = programs.get()
                    .start(
                            command,
                            variables,
                            Programs.Stream.INHERIT,
                            elsewhere.isPresent() ? Programs.Stream.PIPE : Programs.Stream.INHERIT,
                            Programs.Stream.INHERIT);
        } catch (FailureException e) {
            throw new Failure.NotRun(e.failure().message(), e.failure().hint(), Exit.NOT_EXECUTABLE).asException();
        }
        boolean[] stopped = new boolean[1];
        int code;
        try (Interrupts.Registration lent = signals.lend(how -> {
            stopped[0] |= how == Exit.INTERRUPTED;
            pass(how, process);
        })) {
            assert lent != null;
            elsewhere.ifPresent(target -> copy(process, target));
            code = await(process);
        }
        if (stopped[0] && code == ENDED_BY_CTRL_C) {
            interrupts.interrupt(Exit.INTERRUPTED); // and so does the script that it is a line of
        }
        return code;
    }

    private void pass(Exit how, Process process) {
        if (how == Exit.TERMINATED) {
            process.destroy();
        } else if (!terminal) {
            Programs.signal(process, "INT");
        }
    }

    private static void copy(Process process, OutputStream target) {
        try (InputStream from = process.getInputStream()) {
            from.transferTo(target);
        } catch (IOException e) {
            return; // the program has closed it; its exit code tells the rest
        }
    }

    private static int await(Process process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    interrupted = true; // a signal, which is the program's
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
