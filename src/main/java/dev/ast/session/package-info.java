/**
 * The session: which profile, server and credential a command uses, and how a session stays alive. A credential comes
 * from the option, else the environment, else the stored login; a stored one that is about to end is renewed first.
 */
@NullMarked
package dev.ast.session;

import org.jspecify.annotations.NullMarked;
