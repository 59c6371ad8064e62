package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.host.Interrupts;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * The token endpoint (RFC 6749 section 3.2) for every grant. What Spring Security's response object loses is among its
 * additional parameters, see {@link #granted}. A request is never repeated: after an unknown outcome a rotating server
 * may already have spent the credential.
 */
final class TokenEndpoint {
    private static final String GRANTED = TokenEndpoint.class.getName() + ".GRANTED";
    /** How long a poll under way may hold up Ctrl-C: most of them bring nothing. */
    private static final Duration POLL_PATIENCE = Duration.ofMillis(500);

    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,400}(?:\\.[0-9]{1,400})?(?:[eE]\\+?[0-9]{1,4})?");
    private static final String PROOF_HINT =
            "add --dpop if this client needs it, else check the clock of this machine: ast doctor";
    /** Not found, method not allowed, gone (RFC 9110 section 15.5). */
    static final Set<Integer> ABSENT = Set.of(404, 405, 410);

    private final Http http;
    private final InstantSource clock;
    private final ClientAuthenticator authenticator;
    private final DpopProofs proofs;

    TokenEndpoint(Http http, InstantSource clock, ClientAuthenticator authenticator) {
        this.http = http;
        this.clock = clock;
        this.authenticator = authenticator;
        this.proofs = new DpopProofs(clock);
    }

    /** A request failed with a temporary error; whether the server processed it is unknown. */
    static final class Passing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> retryAfter;

        Passing(Optional<Duration> retryAfter) {
            super("temporary error", null, false, false);
            this.retryAfter = retryAfter;
        }

        Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    /** A request failed because there is no token endpoint at that address, so nothing was spent. */
    static final class Absent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Absent() {
            super("no token endpoint", null, false, false);
        }
    }

    /**
     * A client of this endpoint for one kind of grant.
     *
     * @param parameters those of the grant, beside {@code grant_type} and the client's own
     */
    <T extends AbstractOAuth2AuthorizationGrantRequest> OAuth2AccessTokenResponseClient<T> client(
            Function<T, Map<String, String>> parameters) {
        return request -> {
            ProfileRegistration registration = ProfileRegistration.of(request.getClientRegistration());
            List<Map.Entry<String, String>> fields =
                    new ArrayList<>(registration.client().purpose());
            parameters.apply(request).forEach((name, value) -> fields.add(Map.entry(name, value)));
            boolean poll = AuthorizationGrantType.DEVICE_CODE.equals(request.getGrantType());
            HttpCall call = call(registration, poll ? POLL_PATIENCE : Interrupts.PATIENCE);
            // Made anew for each time that it is sent: a server may take an assertion of the client once only.
            return send(registration, () -> authenticator.at(call, request, fields));
        };
    }

    private static HttpCall call(ProfileRegistration registration, Duration patience) {
        return HttpCall.post(registration.tokenUri())
                .header("Accept", "application/json")
                .protectedFor(
                        patience,
                        "waiting for " + ServerOrigin.of(registration.tokenUri())
                                + ", because what was sent can be used only once; Ctrl-C again gives up its answer");
    }

    /**
     * Sends a request to the token endpoint, with a proof of the key that the tokens are or will be bound to. Where the
     * server wants another nonce in the proof (RFC 9449 section 8), nothing was spent, and it is sent once more.
     */
    OAuth2AccessTokenResponse send(ProfileRegistration registration, Supplier<HttpCall> call) {
        Optional<Secret> key = registration.client().options().proofKey();
        return response(
                registration,
                key.isPresent()
                        ? proofs.send(http, () -> proofs.proven(call.get(), key.get(), Optional.empty()))
                        : http.send(call.get()));
    }

    private OAuth2AccessTokenResponse response(ProfileRegistration registration, HttpAnswer answer) {
        try {
            return response(read(registration, OAuthAnswers.read(answer)));
        } catch (FailureException e) {
            if (OAuthAnswers.passing(answer)) {
                e.initCause(new Passing(answer.retryAfter(clock.instant())));
            } else if (answer.isRedirect() || ABSENT.contains(answer.status())) {
                e.initCause(new Absent());
            }
            throw e;
        }
    }

    /**
     * Reads an answer of our own, so that the server's is read without a class to load: as little time as possible lies
     * between the server's answer and the durable write.
     */
    void prepareToRead(ProfileRegistration registration) {
        JsonObject answer =
                Json.tryObject("""
                {"access_token":"-","refresh_token":"-","token_type":"Bearer","expires_in":1,"scope":"-"}""".getBytes(StandardCharsets.US_ASCII)).orElseThrow();
        granted(response(read(registration, answer)));
    }

    private static OAuth2AccessTokenResponse response(Granted granted) {
        TokenSet tokens = granted.tokens();
        OAuth2AccessTokenResponse.Builder response = OAuth2AccessTokenResponse.withToken(
                        tokens.access().reveal())
                .tokenType(OAuth2AccessToken.TokenType.BEARER)
                .additionalParameters(Map.of(GRANTED, granted))
                // A missing lifetime is kept as missing in the TokenSet; Spring Security would make it one second.
                .expiresIn(tokens.expiresAt()
                        .map(end -> Math.max(
                                1, Duration.between(tokens.issuedAt(), end).toSeconds()))
                        .orElse(LONGEST.toSeconds()));
        tokens.refresh().ifPresent(refresh -> response.refreshToken(refresh.reveal()));
        return response.build();
    }

    /**
     * What a response of this endpoint carries.
     *
     * @throws IllegalArgumentException for any other response
     */
    static Granted granted(OAuth2AccessTokenResponse response) {
        if (response.getAdditionalParameters().get(GRANTED) instanceof Granted granted) {
            return granted;
        }
        throw new IllegalArgumentException("not a response of this token endpoint");
    }

    Granted read(ProfileRegistration registration, JsonObject answer) {
        URI place = registration.tokenUri();
        ServerOrigin authority = ServerOrigin.of(place);
        // RFC 6749 section 5.1 requires it, but WorkOS and others leave it out where it is Bearer.
        Object named = answer.get("token_type");
        String type = named == null ? "Bearer" : named.toString().strip();
        Optional<Secret> key = registration.client().options().proofKey();
        boolean bound = type.equalsIgnoreCase(TokenSet.DPOP);
        if (bound && key.isEmpty()) {
            throw Failure.unreachable(
                    authority + " answered the token request with a token that is bound to a key (DPoP)",
                    registration.client().profile().loginCommand() + " --dpop");
        }
        if (!bound && !type.equalsIgnoreCase("bearer")) {
            throw invalid(authority, "a token of type '" + (type.length() > 40 ? type.substring(0, 40) : type) + "'");
        }
        Secret access = secret(answer, "access_token", authority, Secret::requireBearer)
                .orElseThrow(() -> invalid(authority, "no usable access_token"));
        Instant now = clock.instant();
        return new Granted(
                new TokenSet(
                        registration.server(),
                        authority,
                        access,
                        bound ? TokenSet.DPOP : "Bearer",
                        // A machine repeats the exchange instead, so that nothing of it outlives its token.
                        secret(answer, "refresh_token", authority, secret -> secret)
                                .filter(any -> !registration
                                        .client()
                                        .options()
                                        .workload()
                                        .isUsed()),
                        now,
                        lifetime(answer, "expires_in", authority)
                                .map(now::plus)
                                .or(() -> UnverifiedJwt.claims(access).flatMap(UnverifiedJwt::expiry))
                                .or(() -> registration.assumedLife().map(now::plus)),
                        // Keycloak sends 0 for "no end"; the name is not standard but common.
                        lifetime(answer, "refresh_expires_in", authority)
                                .filter(life -> !life.isZero())
                                .or(() -> lifetime(answer, "refresh_token_expires_in", authority))
                                .filter(life -> !life.isZero())
                                .map(now::plus),
                        scopes(answer),
                        Map.of(),
                        Optional.of(place),
                        registration.kept(),
                        GrantedIdToken.of(answer, registration.client(), now),
                        key),
                answer);
    }

    // RFC 6749 section 3.3 separates by spaces; GitHub writes commas, and others a list.
    private static List<String> scopes(JsonObject answer) {
        return answer.texts("scope").or(() -> answer.text("scope").map(List::of)).orElse(List.of()).stream()
                .flatMap(text -> Arrays.stream(text.split("[ ,]+", -1)))
                .filter(scope -> !scope.isEmpty())
                .toList();
    }

    private static Optional<Secret> secret(
            JsonObject answer, String name, ServerOrigin authority, UnaryOperator<Secret> check) {
        Object value = answer.get(name);
        if (value == null || "".equals(value)) {
            return Optional.empty();
        }
        try {
            // RFC 6749 appendix A.12 and A.17: visible ASCII and spaces.
            if (value instanceof String text && !text.isBlank() && text.chars().allMatch(c -> c < 128)) {
                return Optional.of(check.apply(Secret.of(text)));
            }
        } catch (FailureException e) {
            // Reported below, with the name of the member.
        }
        throw invalid(authority, "an unusable " + name);
    }

    /** Seconds as number or numeric text; a negative one or another text is refused, more than ten years are ten. */
    private static Optional<Duration> lifetime(JsonObject answer, String name, ServerOrigin authority) {
        Object value = answer.get(name);
        if (value == null) {
            return Optional.empty();
        }
        String written = value.toString().strip();
        if (!SECONDS.matcher(written).matches()) {
            throw invalid(authority, "an unusable " + name);
        }
        double seconds = Double.parseDouble(written);
        return Optional.of(Duration.ofSeconds((long) Math.min(seconds, (double) LONGEST.toSeconds())));
    }

    private static FailureException invalid(ServerOrigin authority, String what) {
        return Failure.unreachable(
                authority + " answered the token request with " + what, "contact the operator of the server");
    }

    // RFC 9449 section 5 has a code for a bad proof; for a missing one servers have several, with that word beside it.
    private static boolean isAboutProof(OAuth2Error error) {
        return (error.getErrorCode() + " " + error.getDescription())
                .toLowerCase(Locale.ROOT)
                .contains("dpop");
    }

    /** Converts a final OAuth error into a failure with the server's text. */
    static FailureException refused(OAuth2AuthorizationException e, ServerOrigin authority) {
        String code = e.getError().getErrorCode();
        String message = authority + " refused: " + OAuthAnswers.text(e.getError());
        return OAuthErrors.denies(code)
                ? Failure.denied(message, "contact the operator of the server")
                : Failure.failed(message, isAboutProof(e.getError()) ? PROOF_HINT : OAuthErrors.hint(code));
    }
}
