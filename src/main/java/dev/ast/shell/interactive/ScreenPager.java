package dev.ast.shell.interactive;

import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.ProgramPipe;
import dev.ast.host.Programs;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.line.Pager;
import java.io.ByteArrayInputStream;
import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;

/** The pager of the shell: JLine's {@code less}, or a program of the user's settings. */
public final class ScreenPager implements Pager {
    private static final String AUTO = "auto";
    private static final String NEVER = "never";

    private final ShellControls controls;
    private final Interrupts interrupts;
    private final Environment environment;
    private final Supplier<String> setting;
    private final Supplier<Programs> programs;

    /**
     * A pager for the shell that the controls know.
     *
     * @param setting {@code auto}, {@code never}, or a program with its arguments
     * @param programs starts other programs
     */
    public ScreenPager(
            ShellControls controls,
            Interrupts interrupts,
            Environment environment,
            Supplier<String> setting,
            Supplier<Programs> programs) {
        this.controls = controls;
        this.interrupts = interrupts;
        this.environment = environment;
        this.setting = setting;
        this.programs = programs;
    }

    @Override
    public boolean show(byte[] text) {
        Optional<ShellTerminal> terminal = controls.terminal().filter(shown -> !shown.dumb());
        if (terminal.isEmpty() || fits(new String(text, StandardCharsets.UTF_8), terminal.get())) {
            return false;
        }
        String wanted = setting.get();
        if (wanted.equals(NEVER)) {
            return false;
        }
        if (wanted.equals(AUTO)) {
            builtIn(text, terminal.get());
        } else {
            program(Tokenizer.words(wanted), text);
        }
        return true;
    }

    // The prompt needs a row, too.
    static boolean fits(String text, ShellTerminal terminal) {
        int rows = 1;
        for (String line : text.lines().toList()) {
            int columns = AttributedString.fromAnsi(line).columnLength();
            rows += Math.max(1, (columns + terminal.width() - 1) / terminal.width());
            if (rows > terminal.height()) {
                return false;
            }
        }
        return true;
    }

    private void builtIn(byte[] text, ShellTerminal terminal) {
        Pages less = new Pages(terminal.jline());
        Thread reading = Thread.currentThread();
        try (Interrupts.Registration leaving = interrupts.onInterrupt(reading::interrupt)) {
            assert leaving != null;
            less.run(new Source.InputStreamSource(new ByteArrayInputStream(text), true, "result"));
        } catch (IOException | InterruptedException | IOError | RuntimeException e) {
            if (!ShellTerminal.isInterruption(e)) {
                throw new IllegalStateException(e);
            }
        } finally {
            less.leave();
            terminal.restore();
        }
    }

    private void program(List<String> words, byte[] text) {
        ProgramPipe pipe = programs.get().pipe(List.of(words), Optional.empty(), environment, interrupts);
        try (Interrupts.Registration ending = pipe.endAtInterrupt()) {
            assert ending != null;
            try {
                pipe.input().write(text);
            } catch (IOException e) {
                // The user has seen enough.
            }
            pipe.endInput();
            pipe.await();
        }
    }

    /**
     * JLine's pager with a screen of its own that is left for good: a resize is drawn by the thread of the signal, which
     * otherwise may still write when the keys have ended the pager.
     */
    private static final class Pages extends Less {
        private boolean left;

        Pages(Terminal terminal) {
            super(terminal, Path.of(""));
            ignoreCaseCond = true;
            noInit = true;
            terminal.puts(Capability.enter_ca_mode);
        }

        @Override
        public synchronized void handle(Signal signal) {
            if (!left) {
                super.handle(signal);
            }
        }

        synchronized void leave() {
            left = true;
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
        }
    }
}
