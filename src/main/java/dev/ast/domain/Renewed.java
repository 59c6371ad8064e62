package dev.ast.domain;

import java.util.Optional;

/**
 * A session's tokens after a renewal.
 *
 * @param unsaved why they could not be stored, if so; they are good all the same
 */
public record Renewed(TokenSet tokens, Optional<Failure> unsaved) {}
