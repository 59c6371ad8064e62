package dev.ast.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Checks an id_token (OpenID Connect Core section 3.1.3.7): signature by the issuer's published keys, then issuer,
 * audience, authorized party and times by Spring Security's validator. RSA and EC signatures are accepted, not only
 * RS256; never {@code none}, never a shared secret.
 */
public final class IdTokens {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final Http http;
    private final InstantSource clock;

    /** Fetches keys over the given client. */
    public IdTokens(Http http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * The claims of a token that passes every check.
     *
     * @throws FailureException (unreachable) when it does not, or the keys cannot be read
     */
    public JsonObject verify(String idToken, OAuthClient client, Endpoints endpoints) {
        return verify(idToken, client, endpoints, Optional.empty());
    }

    /**
     * The same for an id_token that must repeat the nonce of its request.
     *
     * @throws FailureException (unreachable) also when it does not
     */
    public JsonObject verify(String idToken, OAuthClient client, Endpoints endpoints, Optional<String> nonce) {
        URI keys = endpoints
                .jwkSet()
                .orElseThrow(() -> Failure.unreachable(
                        "the issuer publishes no keys, so its id_token cannot be checked", "check the issuer"));
        HttpAnswer answer = http.send(HttpCall.get(keys).header("Accept", "application/json"));
        if (answer.isRedirect()) {
            throw Failure.unreachable(answer.redirectMessage(), "check the issuer");
        }
        if (!answer.isSuccess()) {
            throw Failure.unreachable(
                    answer.origin() + " answered the request for its keys with HTTP " + answer.status(),
                    "try again later");
        }
        return verify(idToken, answer.text(), client, endpoints, nonce);
    }

    JsonObject verify(String idToken, String keys, OAuthClient client, Endpoints endpoints, Optional<String> nonce) {
        try {
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(JWKSet.parse(keys))));
            // Times and parties are checked below, with a clock that tests can set.
            processor.setJWTClaimsSetVerifier((claims, context) -> {});
            JWTClaimsSet claims = processor.process(idToken, null);
            validate(
                    idToken,
                    claims,
                    ProfileRegistration.registration(
                            client.of(
                                    Optional.ofNullable(claims.getIssuer()),
                                    Optional.ofNullable(claims.getStringClaim("tid")),
                                    endpoints),
                            endpoints));
            // OpenID Connect Core section 3.1.3.7, rule 11.
            if (nonce.isPresent() && !nonce.get().equals(claims.getStringClaim("nonce"))) {
                throw invalid(client, "its nonce is not the one that was sent");
            }
            return Json.readObject(claims.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (ParseException | BadJOSEException | JOSEException | Json.NotJson | IllegalArgumentException e) {
            throw invalid(client, e.getClass().getSimpleName());
        }
    }

    private void validate(String idToken, JWTClaimsSet claims, ClientRegistration registration) throws ParseException {
        Map<String, Object> converted = new java.util.LinkedHashMap<>(claims.getClaims());
        converted.replaceAll((name, value) -> value instanceof java.util.Date date ? date.toInstant() : value);
        Instant issued =
                claims.getIssueTime() == null ? null : claims.getIssueTime().toInstant();
        Instant ends = claims.getExpirationTime() == null
                ? null
                : claims.getExpirationTime().toInstant();
        Jwt jwt = new Jwt(idToken, issued, ends, Map.of("alg", "checked"), converted);
        OidcIdTokenValidator validator = new OidcIdTokenValidator(registration);
        validator.setClock(Clock.fixed(clock.instant(), ZoneOffset.UTC));
        OAuth2TokenValidatorResult result = validator.validate(jwt);
        if (result.hasErrors()) {
            throw Failure.unreachable(
                    "the id_token of " + registration.getRegistrationId() + " is not valid: "
                            + OAuthAnswers.text(result.getErrors().iterator().next()),
                    "check this machine's clock, the issuer and the client");
        }
    }

    private static FailureException invalid(OAuthClient client, String why) {
        return Failure.unreachable(
                "the id_token of " + client.profile() + " cannot be trusted (" + why + ")",
                "check the issuer, or contact the operator of the server");
    }
}
