/** The program: {@link dev.ast.AstApplication} and one package for each area. */
@NullMarked
package dev.ast;

import org.jspecify.annotations.NullMarked;
