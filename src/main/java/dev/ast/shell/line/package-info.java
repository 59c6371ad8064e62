/** What a line of the shell or of a script has beside a command: variables, programs and files, the last result. */
@NullMarked
package dev.ast.shell.line;

import org.jspecify.annotations.NullMarked;
