package dev.ast.session;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import java.util.Optional;

/**
 * A token, and where it came from.
 *
 * @param notRenewed why a token that is still good was not renewed, although it was to be
 */
public record Credential(CredentialSource source, TokenSet tokens, Optional<Failure> notRenewed) {
    /** A token that did not have to be renewed, or has been. */
    public Credential(CredentialSource source, TokenSet tokens) {
        this(source, tokens, Optional.empty());
    }

    /**
     * The same for another program.
     *
     * @throws dev.ast.domain.FailureException (failed) when it is bound to a key (RFC 9449), which stays here
     */
    public Credential forPrograms(ProfileName profile) {
        if (tokens.isBound()) {
            throw Failure.failed(
                    "the token of " + profile + " is bound to a key (DPoP) that only ast has",
                    "use ast api, or sign in for other programs: " + profile.loginCommand() + " --no-dpop");
        }
        return this;
    }
}
