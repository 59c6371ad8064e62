package dev.ast.shell.interactive;

import dev.ast.host.Environment;
import dev.ast.host.Programs;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What editing a line needs beyond the commands.
 *
 * @param environment names the user's editor
 * @param programs starts it; may wait
 * @param home where its file lies
 */
public record Editing(Environment environment, Supplier<Programs> programs, Path home) {}
