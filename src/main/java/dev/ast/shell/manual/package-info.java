/** The manual pages, written by the build from the same descriptions as help. */
@NullMarked
package dev.ast.shell.manual;

import org.jspecify.annotations.NullMarked;
