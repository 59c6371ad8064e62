/**
 * The system keyring as a store of tokens: one port, {@link dev.ast.credential.keyring.Keyring}, and behind it the
 * Secret Service of Linux desktops, the Keychain of macOS and the Credential Manager of Windows.
 */
@NullMarked
package dev.ast.credential.keyring;

import org.jspecify.annotations.NullMarked;
