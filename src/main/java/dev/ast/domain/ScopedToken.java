package dev.ast.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * An access token of a session that is good for one organization only.
 *
 * @param issuedAt when the answer arrived, by this machine's clock
 * @param expiresAt when it ends; absent when the server did not say
 */
public record ScopedToken(Secret access, Instant issuedAt, Optional<Instant> expiresAt) {}
