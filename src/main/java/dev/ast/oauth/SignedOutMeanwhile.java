package dev.ast.oauth;

import dev.ast.domain.TokenSet;

/** A renewal brought tokens for a profile that was signed out while it was under way. They are stored nowhere. */
final class SignedOutMeanwhile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TokenSet tokens;

    SignedOutMeanwhile(TokenSet tokens) {
        super("signed out meanwhile", null, false, false);
        this.tokens = tokens;
    }

    /** What was granted, to be revoked. */
    TokenSet tokens() {
        return tokens;
    }
}
