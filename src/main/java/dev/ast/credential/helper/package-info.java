/** Tokens in whatever a credential helper of docker's keeps them in. */
@NullMarked
package dev.ast.credential.helper;

import org.jspecify.annotations.NullMarked;
