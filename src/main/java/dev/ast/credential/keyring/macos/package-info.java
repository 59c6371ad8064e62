/** The native calls of the macOS Keychain. */
@NullMarked
package dev.ast.credential.keyring.macos;

import org.jspecify.annotations.NullMarked;
