package dev.ast.shell.interactive;

import dev.ast.command.GlobalOptions;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.output.Conversation;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.output.StandardInput;
import dev.ast.output.TerminalConversation;
import dev.ast.shell.Surface;
import org.jspecify.annotations.Nullable;

/** Makes the conversation of each command: the plain one, and the line editor's once the interactive shell runs. */
public final class ShellConversations {
    private final Screen screen;
    private final Interrupts interrupts;
    private final Redactor redactor;
    private final ThreadLocal<Boolean> quiet = ThreadLocal.withInitial(() -> false);
    private volatile @Nullable ShellTerminal terminal;
    private volatile @Nullable Conversation current;

    /** Conversations on a screen. */
    public ShellConversations(Screen screen, Interrupts interrupts, Redactor redactor) {
        this.screen = screen;
        this.interrupts = interrupts;
        this.redactor = redactor;
    }

    /** From now on questions are asked in the shell's terminal. */
    public void askIn(ShellTerminal shell) {
        terminal = shell;
    }

    /** Does work behind the person's back: on its behalf nobody is asked or told anything. */
    public void quietly(Runnable work) {
        quiet.set(true);
        try {
            work.run();
        } finally {
            quiet.remove();
        }
    }

    /** Whether the person can be asked something by the command that runs now. */
    public boolean canAsk() {
        Conversation now = quiet.get() ? null : current;
        return now != null && now.canAsk();
    }

    /** Says a line to the person, in the manner of the command that runs now. */
    public void tell(String line) {
        Conversation now = quiet.get() ? null : current;
        if (now != null) {
            now.say(line);
        }
    }

    /** The conversation of a command with these options. */
    public Conversation of(GlobalOptions global) {
        Conversation made = make(global);
        current = made;
        return made;
    }

    private Conversation make(GlobalOptions global) {
        Conversation plain = new TerminalConversation(
                screen,
                new StandardInput(new Input(interrupts, screen.isTerminal(Screen.Stream.IN))),
                interrupts,
                redactor,
                new TerminalConversation.Options(global.quiet(), global.noInput(), Surface.coloring(global)));
        ShellTerminal shell = terminal;
        return shell == null || global.noInput() ? plain : new JLineConversation(shell, interrupts, redactor, plain);
    }
}
