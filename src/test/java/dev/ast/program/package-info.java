/** What the packaged program shows: every test here runs {@code bin/ast} as a process of its own. */
@NullMarked
package dev.ast.program;

import org.jspecify.annotations.NullMarked;
