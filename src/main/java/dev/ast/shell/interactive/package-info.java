/** The shell that a person types into: prompt, keys, completion, history, questions. */
@NullMarked
package dev.ast.shell.interactive;

import org.jspecify.annotations.NullMarked;
