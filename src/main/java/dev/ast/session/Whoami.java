package dev.ast.session;

import dev.ast.domain.Identity;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import dev.ast.provider.TokenClaims;
import java.time.Instant;
import java.util.Optional;

/**
 * Who a command would act as.
 *
 * @param expiresAt when the access token ends; empty when it is unknown
 * @param renewable whether it is renewed by itself
 * @param claims the claims of a token that does not come from a sign-in; unverified
 */
public record Whoami(
        ProfileName profile,
        String provider,
        ServerOrigin server,
        Identity identity,
        Optional<SelectedContext> context,
        String credentialSource,
        Optional<Instant> expiresAt,
        boolean renewable,
        Optional<TokenClaims> claims) {}
