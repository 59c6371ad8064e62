/** Tells the user how the program stands, and why it does what it does. */
@NullMarked
package dev.ast.diagnosis;

import org.jspecify.annotations.NullMarked;
