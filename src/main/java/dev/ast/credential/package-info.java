/** Where tokens are kept: the repository that every store implements, the choice between them, and the lock. */
@NullMarked
package dev.ast.credential;

import org.jspecify.annotations.NullMarked;
