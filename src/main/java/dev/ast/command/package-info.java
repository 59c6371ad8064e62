/**
 * What can be asked of the program: one small class per group of commands. A command takes a {@link
 * dev.ast.command.Call}, asks one use case and answers with a result record; it decides nothing and prints nothing.
 */
@NullMarked
package dev.ast.command;

import org.jspecify.annotations.NullMarked;
