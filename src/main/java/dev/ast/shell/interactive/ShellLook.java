package dev.ast.shell.interactive;

import java.util.Optional;

/**
 * How the user wants the shell to look.
 *
 * @param prompt a prompt of the user's own
 * @param title whether the title of the window shows the profile
 * @param suggest whether a list of what may be meant is shown while a word is typed
 */
public record ShellLook(Optional<PromptTemplate> prompt, boolean title, boolean suggest) {

    /** As it looks without settings. */
    public static final ShellLook USUAL = new ShellLook(Optional.empty(), true, true);
}
