/** The interactive shell: prompt, keys, completion, history, questions. */
@NullMarked
package dev.ast.shell.interactive;

import org.jspecify.annotations.NullMarked;
