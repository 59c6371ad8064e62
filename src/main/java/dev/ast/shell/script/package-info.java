/** Scripts: lines from a file or from standard input. */
@NullMarked
package dev.ast.shell.script;

import org.jspecify.annotations.NullMarked;
