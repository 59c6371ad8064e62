package dev.ast.shell.interactive;

import java.util.Optional;

/**
 * How the user wants the shell to look.
 *
 * @param prompt a prompt of the user's own
 * @param title whether the title of the window shows the profile
 */
public record ShellLook(Optional<PromptTemplate> prompt, boolean title) {}
