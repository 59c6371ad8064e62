package dev.ast.host;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Programs that read from this one, each from the one before it. The last one writes to where our standard output goes, or
 * to a file.
 */
public final class ProgramPipe {
    // 128 + SIGPIPE: a program before the last may lose its reader, as before head.
    private static final int LOST_READER = 141;
    private static final long STEP_MILLIS = 200;

    private final List<String> names;
    private final List<Process> processes;
    private final Interrupts interrupts;

    ProgramPipe(List<String> names, List<Process> processes, Interrupts interrupts) {
        this.names = names;
        this.processes = processes;
        this.interrupts = interrupts;
    }

    /** The standard input of the first program. */
    public OutputStream input() {
        return processes.get(0).getOutputStream();
    }

    /** Ends the input of the first program. */
    public void endInput() {
        try {
            input().close();
        } catch (IOException e) {
            // It has stopped reading; what it ends with is what counts.
            return;
        }
    }

    /**
     * Ends the programs when the user presses Ctrl-C or the process is terminated.
     *
     * @return to be closed when they have ended
     */
    public Interrupts.Registration endAtInterrupt() {
        return interrupts.onInterrupt(() -> processes.forEach(Process::destroy));
    }

    /**
     * Waits for the programs.
     *
     * @return what is to be reported of the first one that failed, if one did: {@code NAME exited with N}
     * @throws dev.ast.domain.FailureException (interrupted) when the thread was interrupted
     */
    public Optional<String> await() {
        List<Integer> codes = new ArrayList<>();
        for (Process process : processes) {
            codes.add(await(process));
        }
        for (int i = 0; i < codes.size(); i++) {
            int code = codes.get(i);
            boolean expected = code == 0 || (code == LOST_READER && i < codes.size() - 1);
            if (!expected) {
                return Optional.of(names.get(i) + " exited with " + code);
            }
        }
        return Optional.empty();
    }

    private int await(Process process) {
        try {
            boolean asked = false;
            while (!process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                // One that goes on in spite of the request is ended at the second look.
                if (asked) {
                    process.destroyForcibly();
                }
                asked = interrupts.pending();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            processes.forEach(Process::destroyForcibly);
            throw interrupts.interrupted();
        }
    }
}
