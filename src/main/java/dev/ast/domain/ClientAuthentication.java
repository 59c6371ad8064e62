package dev.ast.domain;

import java.util.Optional;

/**
 * How the client of a session shows who it is, kept with the session's tokens for renewal and revocation.
 *
 * @param method what the server was shown at sign-in
 * @param secret the client secret; empty where the settings have it, or the method needs none
 * @param renews whether the client gets new tokens by this alone (RFC 6749 section 4.4), without a refresh token
 */
public record ClientAuthentication(ClientMethod method, Optional<Secret> secret, boolean renews) {}
