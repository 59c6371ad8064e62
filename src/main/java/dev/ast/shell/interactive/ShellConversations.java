package dev.ast.shell.interactive;

import dev.ast.command.GlobalOptions;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.output.Conversation;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.output.StandardInput;
import dev.ast.output.TerminalConversation;
import dev.ast.shell.PlainExecution;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes the conversation of each command: the plain one, and the line editor's once the interactive shell runs. */
public final class ShellConversations {
    private final Screen screen;
    private final Interrupts interrupts;
    private final Redactor redactor;
    private final ThreadLocal<Boolean> quiet = ThreadLocal.withInitial(() -> false);
    private volatile ToDoubleFunction<String> rank = name -> 0;
    private volatile @Nullable ShellTerminal terminal;
    private volatile @Nullable Conversation current;
    private volatile boolean detailed;

    /** Conversations on a screen. */
    public ShellConversations(Screen screen, Interrupts interrupts, Redactor redactor) {
        this.screen = screen;
        this.interrupts = interrupts;
        this.redactor = redactor;
    }

    /**
     * Asks questions in the shell's terminal from now on.
     *
     * @param used how recently and often a name was used, for the order of what matches
     */
    public void askIn(ShellTerminal shell, ToDoubleFunction<String> used) {
        rank = used;
        terminal = shell;
    }

    /** Does work in the background, which asks and prints nothing. */
    public void quietly(Runnable work) {
        quiet.set(true);
        try {
            work.run();
        } finally {
            quiet.remove();
        }
    }

    /** Whether the running command can ask the user. */
    public boolean canAsk() {
        Conversation now = quiet.get() ? null : current;
        return now != null && now.canAsk();
    }

    /** Prints a message with the options of the running command. */
    public void tell(String line) {
        Conversation now = quiet.get() ? null : current;
        if (now != null) {
            now.say(line);
        }
    }

    /** Prints what only {@code --verbose} shows. */
    public void detail(String line) {
        if (detailed) {
            tell(line);
        }
    }

    /** Prints a line of the shell itself, between commands. */
    public void announce(String line) {
        of(GlobalOptions.NONE).say(line);
    }

    /** The conversation of a command with these options. */
    public Conversation of(GlobalOptions global) {
        Conversation made = make(global);
        current = made;
        detailed = global.verbose();
        return made;
    }

    private Conversation make(GlobalOptions global) {
        Conversation plain = new TerminalConversation(
                screen,
                new StandardInput(new Input(interrupts, screen.isTerminal(Screen.Stream.IN))),
                interrupts,
                redactor,
                new TerminalConversation.Options(global.quiet(), global.noInput(), PlainExecution.coloring(global)));
        ShellTerminal shell = terminal;
        return shell == null || global.noInput()
                ? plain
                : new JLineConversation(shell, interrupts, redactor, plain, rank);
    }
}
