package dev.ast.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * The id_token of a session (OpenID Connect Core section 2), for programs that want to know who the user is.
 *
 * @param issuedAt when the answer arrived, by this machine's clock
 * @param expiresAt when it ends, by its claims; absent when they do not say
 */
public record IdToken(Secret token, Instant issuedAt, Optional<Instant> expiresAt) {}
