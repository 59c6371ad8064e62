package dev.ast.config;

import dev.ast.command.GlobalOptions;
import dev.ast.host.AstHome;
import dev.ast.host.Interrupts;
import dev.ast.output.Conversation;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.output.StandardInput;
import dev.ast.output.TerminalConversation;
import dev.ast.shell.Surface;
import dev.ast.shell.interactive.HistoryFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What differs between the interactive shell and everything else: how questions are asked, what clears the screen, where
 * the history is. Outside the shell it is the plain terminal; the shell puts its own in place before the first line.
 */
public final class ShellScreen {
    private final AtomicReference<Optional<Interactive>> interactive = new AtomicReference<>(Optional.empty());
    private final Screen screen;
    private final Interrupts interrupts;
    private final Redactor redactor;

    ShellScreen(Screen screen, Interrupts interrupts, Redactor redactor) {
        this.screen = screen;
        this.interrupts = interrupts;
        this.redactor = redactor;
    }

    /** What the interactive shell brings. */
    public interface Interactive {
        /** Its way to speak with the person. */
        Function<GlobalOptions, Conversation> conversations();

        /** Clears the screen. */
        void clear();

        /** The lines typed so far. */
        List<String> history();
    }

    /** Puts the interactive shell in place. */
    public void use(Interactive shell) {
        interactive.set(Optional.of(shell));
    }

    Conversation conversation(GlobalOptions global) {
        return interactive
                .get()
                .map(shell -> shell.conversations().apply(global))
                .orElseGet(() -> new TerminalConversation(
                        screen,
                        new StandardInput(),
                        interrupts,
                        redactor,
                        new TerminalConversation.Manner(global.quiet(), global.noInput(), Surface.coloring(global))));
    }

    void clear() {
        interactive.get().ifPresent(Interactive::clear);
    }

    List<String> history(AstHome home) {
        return interactive.get().map(Interactive::history).orElseGet(() -> new HistoryFile(home.historyFile()).read());
    }
}
