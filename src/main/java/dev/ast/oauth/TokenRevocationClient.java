package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Token revocation (RFC 7009), which Spring Security's client does not have. The refresh token goes first: some servers
 * let it live when only the access token is revoked. Any answer of 200 is success, whatever its body. At most five
 * seconds a request.
 */
public final class TokenRevocationClient {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    // RFC 7009 section 2.2.1: such as access tokens that are JWTs.
    private static final String UNSUPPORTED = "unsupported_token_type";

    private final Http http;
    private final ServerMetadata metadata;
    private final ClientAuthenticator authenticator;

    /** Revokes over the given client. */
    public TokenRevocationClient(Http http, ClientKeys keys) {
        this.http = http;
        this.authenticator = new ClientAuthenticator(keys);
        this.metadata = new ServerMetadata(http, DEADLINE);
    }

    /** How a revocation ended. */
    public sealed interface Outcome {
        /** The server has revoked the tokens. */
        record Revoked() implements Outcome {}

        /** The server has revoked what it can; access tokens it cannot (RFC 7009 section 2.2.1). */
        record AccessTokenKept() implements Outcome {}

        /** The server offers no revocation. */
        record NotOffered() implements Outcome {}

        /**
         * The server did not revoke.
         *
         * @param why for the user
         */
        record NotRevoked(String why) implements Outcome {}
    }

    /** Revokes both tokens of a session at the server that issued them; never throws for what the network does. */
    public Outcome revoke(OAuthClient registered, Endpoints endpoints, TokenSet tokens) {
        OAuthClient client = registered.of(tokens);
        Optional<URI> place;
        try {
            place = endpoints.revocation().or(() -> published(client, tokens));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return new Outcome.NotRevoked(e.failure().message());
        }
        if (place.isEmpty()) {
            return new Outcome.NotOffered();
        }
        ServerOrigin target = ServerOrigin.of(place.get());
        if (!target.equals(tokens.authority()) && !client.options().trusts(target)) {
            return new Outcome.NotRevoked(
                    "the tokens were issued by " + tokens.authority() + ", the provider now names " + target);
        }
        Optional<String> refusal = Optional.empty();
        if (tokens.refresh().isPresent()) {
            refusal = send(place.get(), client, endpoints, tokens.refresh().get(), "refresh_token");
        }
        // Also where the first was refused: some servers revoke one kind only (RFC 7009 section 2.2.1).
        Optional<String> second = send(place.get(), client, endpoints, tokens.access(), "access_token");
        if (refusal.isEmpty() && second.filter(UNSUPPORTED::equals).isPresent()) {
            return new Outcome.AccessTokenKept();
        }
        return refusal.or(() -> second).<Outcome>map(Outcome.NotRevoked::new).orElseGet(Outcome.Revoked::new);
    }

    /**
     * Whether the server of a client offers revocation.
     *
     * @throws FailureException (unreachable) when it has to be asked, and cannot
     */
    public boolean offered(OAuthClient client, Endpoints endpoints) {
        boolean configured = client.given().token().isPresent();
        return endpoints.revocation().isPresent()
                || (configured
                        && metadata.find(client).flatMap(Endpoints::revocation).isPresent());
    }

    // Where the addresses are configured, the server has not been asked yet what else it offers. Who issued a token
    // that the user brought is not known.
    private Optional<URI> published(OAuthClient client, TokenSet tokens) {
        boolean issuedThere = client.given()
                .token()
                .filter(place -> ServerOrigin.of(place).equals(tokens.authority()))
                .isPresent();
        return issuedThere ? metadata.find(client).flatMap(Endpoints::revocation) : Optional.empty();
    }

    private Optional<String> send(URI place, OAuthClient client, Endpoints endpoints, Secret token, String hint) {
        try {
            HttpAnswer answer = http.send(authenticator.at(
                    HttpCall.post(place).deadline(DEADLINE),
                    ProfileRegistration.registration(client, endpoints),
                    List.of(Map.entry("token", token.reveal()), Map.entry("token_type_hint", hint))));
            if (answer.isRedirect()) {
                return Optional.of(answer.redirectMessage());
            }
            if (Json.tryObject(answer.body())
                    .flatMap(body -> body.text("error"))
                    .filter(UNSUPPORTED::equals)
                    .isPresent()) {
                return Optional.of(UNSUPPORTED);
            }
            return answer.status() == 200 || answer.status() == 204
                    ? Optional.empty()
                    : Optional.of(ServerOrigin.of(place) + " answered with HTTP " + answer.status());
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return Optional.of(e.failure().message());
        }
    }
}
