/** The vocabulary of the program: values and expected failures. Nothing but the JDK, no input or output. */
@NullMarked
package dev.ast.domain;

import org.jspecify.annotations.NullMarked;
