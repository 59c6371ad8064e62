/**
 * The commands: one small class per group. A command takes a {@link
 * dev.ast.command.Call}, calls one use case and returns a result record; it decides nothing and prints nothing.
 */
@NullMarked
package dev.ast.command;

import org.jspecify.annotations.NullMarked;
