package dev.ast.oauth;

import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;

/**
 * What a token endpoint granted: the tokens, and the whole answer for what Spring Security's client does not keep
 * (id_token, refresh-token expiry, members of one platform). The answer holds secrets and is not kept.
 */
public record Granted(TokenSet tokens, JsonObject answer) {

    @Override
    public String toString() {
        return "Granted[" + tokens.origin() + "]";
    }
}
