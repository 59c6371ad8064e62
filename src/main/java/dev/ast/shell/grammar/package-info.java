/**
 * From a line to a call: quoting, the catalog of commands, options and arguments, and usage errors. The shell, a single
 * command and a script share these classes. Plain Java.
 */
@NullMarked
package dev.ast.shell.grammar;

import org.jspecify.annotations.NullMarked;
