package dev.ast.provider;

import static dev.ast.provider.PlatformClient.text;

import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.http.Http;
import dev.ast.json.JsonObject;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.IdTokens;
import dev.ast.oauth.OAuthClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads who is signed in: from the platform's own API where it has one, else from an id_token that passed its checks,
 * else from the userinfo endpoint (OpenID Connect Core section 5.3). An unverified token is never used.
 */
public final class Identities {
    private final PlatformClient client;
    private final IdTokens idTokens;
    private final Map<String, Platform> platforms;

    /** Asks over the given client. */
    public Identities(Http http, IdTokens idTokens) {
        this.client = new PlatformClient(http);
        this.idTokens = idTokens;
        this.platforms = Map.of(
                "accounts",
                new Accounts(client),
                Astronomer.API,
                new Astronomer(client),
                Houston.API,
                new Houston(http),
                Seqera.API,
                new Seqera(client));
    }

    /**
     * What the server reported.
     *
     * @param contexts what can be selected
     */
    public record Known(Identity identity, List<SelectedContext> contexts) {
        /** Nothing is known. */
        public static final Known NOTHING = new Known(Identity.UNKNOWN, List.of());

        /** Copies the list. */
        public Known {
            contexts = List.copyOf(contexts);
        }
    }

    /**
     * Reads the identity.
     *
     * @param answer the token answer of a fresh sign-in
     * @throws FailureException (unreachable) when the server cannot be asked, or its id_token is not valid;
     *     (session_ended) when it refuses the token
     */
    public Known read(
            Provider provider,
            Profile profile,
            OAuthClient asking,
            Endpoints endpoints,
            TokenSet tokens,
            Optional<JsonObject> answer) {
        Optional<Platform> platform = provider.shape().map(platforms::get);
        if (platform.isPresent()) {
            return platform.get().read(new Platform.Question(provider, profile, asking, endpoints, tokens));
        }
        Optional<String> idToken = answer.flatMap(object -> object.text("id_token"));
        if (idToken.isPresent()
                && endpoints.jwkSet().isPresent()
                && asking.issuer().isPresent()) {
            return ofClaims(idTokens.verify(idToken.get(), asking, endpoints));
        }
        return endpoints
                .userInfo()
                .flatMap(place -> client.get(profile, place, at(place, asking, tokens)))
                .map(Identities::ofClaims)
                .orElse(Known.NOTHING);
    }

    /**
     * Asks whether the token of a session is good, and whose it is.
     *
     * @throws FailureException as {@link #read}; (denied) when userinfo refuses the token with 403
     */
    public Known check(Provider provider, Profile profile, OAuthClient asking, Endpoints endpoints, TokenSet tokens) {
        return provider.shape().isPresent()
                ? read(provider, profile, asking, endpoints, tokens, Optional.empty())
                : endpoints
                        .userInfo()
                        .flatMap(place -> client.checked(profile, place, at(place, asking, tokens)))
                        .map(Identities::ofClaims)
                        .orElse(Known.NOTHING);
    }

    // Also a server that the user named beside the issuer's may see the token.
    private static TokenSet at(URI place, OAuthClient asking, TokenSet tokens) {
        ServerOrigin origin = ServerOrigin.of(place);
        return asking.options().trusts(origin) ? tokens.issuedBy(origin) : tokens;
    }

    /** Whether there is anything to ask. */
    public static boolean canAsk(Provider provider, Endpoints endpoints) {
        return provider.shape().isPresent() || endpoints.userInfo().isPresent();
    }

    /** The identity in the token answer, for platforms that put a {@code user} there. */
    public static Optional<Identity> fromAnswer(Optional<JsonObject> answer) {
        return answer.flatMap(object -> object.object("user"))
                .map(user -> Accounts.identity(user, Optional.empty(), List.of()));
    }

    private static Known ofClaims(JsonObject claims) {
        return new Known(
                new Identity(
                        text(claims, "sub"),
                        text(claims, "name"),
                        text(claims, "email"),
                        text(claims, "preferred_username"),
                        List.of()),
                List.of());
    }
}
