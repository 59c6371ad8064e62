/** Explains to the user what a command would use, and why. */
@NullMarked
package dev.ast.diagnosis;

import org.jspecify.annotations.NullMarked;
