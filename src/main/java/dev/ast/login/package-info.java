/** Signing in and out: by device code, by a token that the user already has; logout with revocation. */
@NullMarked
package dev.ast.login;

import org.jspecify.annotations.NullMarked;
