/** The file {@code credentials.json} and the lock files: the only code that writes files. */
@NullMarked
package dev.ast.credential.file;

import org.jspecify.annotations.NullMarked;
