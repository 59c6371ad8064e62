/** The native calls of the Windows Credential Manager. */
@NullMarked
package dev.ast.credential.keyring.windows;

import org.jspecify.annotations.NullMarked;
