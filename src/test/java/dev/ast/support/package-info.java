/** Test equipment: whole working things (servers, a terminal, the packaged program), no lists of expected calls. */
@NullMarked
package dev.ast.support;

import org.jspecify.annotations.NullMarked;
