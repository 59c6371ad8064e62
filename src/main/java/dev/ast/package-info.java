/** The program: {@link dev.ast.AstApplication} and one package for each room of the house. */
@NullMarked
package dev.ast;

import org.jspecify.annotations.NullMarked;
