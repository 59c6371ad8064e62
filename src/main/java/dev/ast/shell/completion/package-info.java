/** Completion: for the Tab key of the interactive shell, and for bash. */
@NullMarked
package dev.ast.shell.completion;

import org.jspecify.annotations.NullMarked;
