/** What can stand at the cursor: for the Tab key of the shell, and for the completion of the user's own shell. */
@NullMarked
package dev.ast.shell.completion;

import org.jspecify.annotations.NullMarked;
