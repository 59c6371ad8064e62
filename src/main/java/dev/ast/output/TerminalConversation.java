package dev.ast.output;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.host.Foreground;
import dev.ast.host.Interrupts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The conversation outside of the interactive shell: printed on standard error, answered on standard input when that is
 * a terminal. Ctrl-C breaks a question as well as work.
 */
public final class TerminalConversation implements Conversation {
    private static final int TRIES = 3;
    private static final String LINK = "\u001b]8;;";
    private static final String END = "\u001b\\";
    /** The shortest time in seconds, from which on a wait shows how to end it. */
    private static final int LONG = 3;

    private final Screen screen;
    private final Keyboard keyboard;
    private final Interrupts interrupts;
    private final Redactor redactor;
    private final Options options;
    private final Progress progress;

    /**
     * What one command prints and asks.
     *
     * @param quiet only warnings are printed, and no progress
     * @param noInput nothing is asked
     * @param coloring when colours are used
     */
    public record Options(boolean quiet, boolean noInput, Coloring coloring) {}

    /** The conversation of one command. */
    public TerminalConversation(
            Screen screen, Keyboard keyboard, Interrupts interrupts, Redactor redactor, Options options) {
        this.screen = screen;
        this.keyboard = keyboard;
        this.interrupts = interrupts;
        this.redactor = redactor;
        this.options = options;
        this.progress = new Progress(screen, options.coloring());
    }

    @Override
    public void say(String line) {
        if (!options.quiet()) {
            print(line);
        }
    }

    @Override
    public void show(String line) {
        print(line);
    }

    @Override
    public void showAddress(String before, String address) {
        String shown = shown(address);
        boolean link = controllable() && TerminalKind.links(screen.environment());
        progress.print(shown(before) + (link ? LINK + shown + END + shown + LINK + END : shown) + "\n");
    }

    @Override
    public boolean copy(String text) {
        boolean can = controllable() && TerminalKind.clipboard(screen.environment());
        if (can) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            screen.errBeside("\u001b]52;c;" + Base64.getEncoder().encodeToString(bytes) + END);
        }
        return can;
    }

    private boolean controllable() {
        return screen.isTerminal(Screen.Stream.ERR) && screen.controllable();
    }

    // On a terminal lines break between words; an address, which has none, is left to the terminal.
    private void print(String line) {
        progress.print(fitting(shown(line)) + "\n");
    }

    private String fitting(String line) {
        boolean wraps = screen.isTerminal(Screen.Stream.ERR) && !line.startsWith(" ");
        return wraps ? String.join("\n", Wrapping.fit(line, screen.width(), 0)) : line;
    }

    @Override
    public void warn(String line) {
        String word = "warning:";
        boolean colors = screen.colors(options.coloring(), Screen.Stream.ERR);
        String text = fitting(word + " " + shown(line)).substring(word.length());
        progress.print((colors ? Tone.WARN.paint(word) : word) + text + "\n");
    }

    @Override
    public int columns() {
        return screen.width();
    }

    @Override
    public boolean canAsk() {
        return !options.noInput() && screen.isTerminal(Screen.Stream.IN) && screen.isTerminal(Screen.Stream.ERR);
    }

    @Override
    public boolean attended() {
        return screen.isTerminal(Screen.Stream.IN) || screen.isTerminal(Screen.Stream.ERR);
    }

    @Override
    public Typing typing(String question) {
        String prompt = question + " (not shown): ";
        progress.end();
        return new Typing(() -> {
            try {
                return keyboard.pasted(() -> progress.print(shown(prompt)));
            } finally {
                progress.print("\n");
            }
        });
    }

    @Override
    public boolean confirm(String question, String instead) {
        String answer = answer(question + " [y/N] ", instead, this::line).orElse("");
        return answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes");
    }

    @Override
    public String ask(String question, String instead) {
        return answer(question + ": ", instead, this::line)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .orElseThrow(() -> noAnswer(instead));
    }

    @Override
    public Secret askSecret(String question, String instead) {
        char[] typed = answer(question + " (not shown): ", instead, keyboard::secret)
                .filter(line -> line.length > 0)
                .orElseThrow(() -> noAnswer(instead));
        Secret secret = Secret.of(new String(typed).strip());
        Arrays.fill(typed, ' ');
        redactor.register(secret);
        return secret;
    }

    @Override
    public int choose(String question, List<Choice> choices, String instead) {
        requireTerminal(question, instead);
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            String detail = choice.detail().isEmpty() ? "" : "  " + choice.detail();
            String mark = choice.active() ? "*" : " ";
            progress.print(" " + mark + (i + 1) + "  " + shown(choice.name() + detail) + "\n");
        }
        for (int tries = 0; tries < TRIES; tries++) {
            String line = answer(question + " [1-" + choices.size() + "]: ", instead, this::line)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .orElseThrow(() -> noAnswer(instead));
            if (line.matches("[0-9]{1,6}")) {
                int number = Integer.parseInt(line);
                if (number >= 1 && number <= choices.size()) {
                    return number - 1;
                }
            }
        }
        throw noAnswer(instead);
    }

    @Override
    public Waiting waiting(String what) {
        if (options.quiet() || !progress.possible()) {
            return () -> {};
        }
        long begin = System.nanoTime();
        progress.beginSoon(() -> {
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            return what + (seconds == 0 ? "" : ", " + seconds + " s") + (seconds < LONG ? "" : ", Ctrl-C cancels");
        });
        return progress::end;
    }

    @Override
    public Waiting progress(Supplier<String> line) {
        if (options.quiet() || !progress.possible()) {
            return () -> {};
        }
        progress.beginAfter(Progress.LONG_WORK, line);
        return progress::end;
    }

    @Override
    public <T> T during(Supplier<String> line, Supplier<T> work) {
        interrupts.check();
        Thread working = Thread.currentThread();
        try (Interrupts.Registration ignored = interrupts.onInterrupt(working::interrupt)) {
            if (options.quiet()) {
                return work.get();
            }
            if (progress.possible()) {
                progress.end();
                return progress.during(() -> redactor.redact(line.get()), work);
            }
            say(line.get());
            return work.get();
        } catch (RuntimeException e) {
            // Interrupted work may report a lost connection, but the user stopped it.
            interrupts.check();
            throw e;
        } finally {
            if (interrupts.pending()) {
                Thread.interrupted();
            }
        }
    }

    @Override
    public boolean readsKeys() {
        return canAsk() && !options.quiet() && progress.possible() && Foreground.ofProcess();
    }

    @Override
    public <T> T during(Supplier<String> line, Key key, Supplier<T> work) {
        if (!readsKeys()) {
            return during(line, work);
        }
        try (KeyWatch watch = KeyWatch.ofProcess(key)) {
            assert watch != null;
            return during(line, work);
        }
    }

    private String shown(String line) {
        return Visible.field(screen.typed(redactor.redact(line)));
    }

    private void requireTerminal(String question, String instead) {
        if (!canAsk()) {
            throw Failure.usage("cannot ask here: " + question, "use " + instead);
        }
    }

    private static RuntimeException noAnswer(String instead) {
        return Failure.failed("no answer was given", "use " + instead);
    }

    private Optional<String> line(Runnable question) {
        question.run();
        return keyboard.line();
    }

    // At Ctrl-C the reading thread is left behind: the process, or the script, ends then anyway.
    private <T> Optional<T> answer(String prompt, String instead, Function<Runnable, Optional<T>> reading) {
        requireTerminal(prompt.strip(), instead);
        progress.end();
        interrupts.check();
        try {
            Optional<T> typed = interrupts.call(() -> reading.apply(() -> progress.print(shown(prompt))));
            interrupts.check();
            if (typed.isEmpty()) {
                progress.print("\n");
            }
            return typed;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailureException failure ? failure : noAnswer(instead);
        }
    }
}
