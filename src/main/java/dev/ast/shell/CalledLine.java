package dev.ast.shell;

import dev.ast.shell.grammar.CommandLine;
import org.springframework.shell.core.InputReader;

/**
 * The line that a command is called with. It is passed where Spring Shell passes the reader of further input, which no
 * command uses: they ask through their conversation.
 */
record CalledLine(CommandLine line) implements InputReader {}
