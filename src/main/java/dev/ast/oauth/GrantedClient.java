package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;
import java.util.Optional;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * An authorized client with all that came with its access token (RFC 6749 section 5.1), of which Spring Security's own
 * class keeps the two tokens only. Every provider and the manager return one, so that a grant's result is a return value.
 */
public final class GrantedClient extends OAuth2AuthorizedClient {
    private static final long serialVersionUID = 1L;

    private final transient Granted granted;
    private final transient Optional<Failure> unsaved;

    private GrantedClient(
            ClientRegistration registration, String principal, Granted granted, Optional<Failure> unsaved) {
        super(
                registration,
                principal,
                new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER,
                        granted.tokens().access().reveal(),
                        null,
                        null),
                granted.tokens()
                        .refresh()
                        .map(refresh -> new OAuth2RefreshToken(refresh.reveal(), null))
                        .orElse(null));
        this.granted = granted;
        this.unsaved = unsaved;
    }

    /** What the token endpoint granted in this context. */
    static GrantedClient of(OAuth2AuthorizationContext context, OAuth2AccessTokenResponse response) {
        return new GrantedClient(
                context.getClientRegistration(),
                context.getPrincipal().getName(),
                TokenEndpoint.granted(response),
                Optional.empty());
    }

    /** A client with tokens that were granted earlier. */
    static GrantedClient of(ClientRegistration registration, String principal, TokenSet tokens) {
        return new GrantedClient(registration, principal, new Granted(tokens, new JsonObject()), Optional.empty());
    }

    /** The same grant with the tokens that it leaves the session with. */
    GrantedClient with(TokenSet tokens) {
        return new GrantedClient(
                getClientRegistration(), getPrincipalName(), new Granted(tokens, granted.answer()), unsaved);
    }

    /** The same grant, which could not be stored. */
    GrantedClient unsaved(Failure why) {
        return new GrantedClient(getClientRegistration(), getPrincipalName(), granted, Optional.of(why));
    }

    /** The tokens with the endpoint's whole answer, which is empty for tokens that were read from the store. */
    public Granted granted() {
        return granted;
    }

    /** The tokens: of a sign-in those of the answer, else those of the session, after a renewal the renewed ones. */
    public TokenSet tokens() {
        return granted.tokens();
    }

    /** Why the tokens could not be stored, if so; they are good all the same. */
    public Optional<Failure> unsaved() {
        return unsaved;
    }
}
