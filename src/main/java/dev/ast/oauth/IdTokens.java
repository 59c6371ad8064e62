package dev.ast.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks an id_token (OpenID Connect Core section 3.1.3.7): signature by the issuer's published keys, then issuer,
 * audience, authorized party and times. RSA and EC signatures are accepted, not only RS256; never {@code none}, never a
 * shared secret. Clocks may differ by five minutes. Spring Security's validator is not used: it reads no number that is
 * written as text, and names all that is wrong in one text for developers.
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

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    /** A smaller difference is not worth a sentence. */
    private static final Duration UNNOTICED = Duration.ofSeconds(10);

    private static final long YEAR_9999 = 253_402_300_800L;

    private final Http http;
    private final InstantSource clock;

    /** Fetches keys over the given client. */
    public IdTokens(Http http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /** What a check found. */
    public sealed interface Checked {
        /**
         * The token passes every check.
         *
         * @param drift a sentence about this machine's clock, where it differs from the server's
         */
        record Verified(JsonObject claims, Optional<String> drift) implements Checked {}

        /**
         * Nothing in the token can be believed.
         *
         * @param why for people, as the end of a sentence
         * @param refuted whether it is shown to be wrong, and not only that nothing shows it to be right
         */
        record Unverified(String why, boolean refuted) implements Checked {
            Unverified(String why) {
                this(why, false);
            }
        }
    }

    /**
     * Checks a token; never throws for what is wrong with it.
     *
     * @throws FailureException (interrupted) while the keys are fetched
     */
    public Checked check(String idToken, OAuthClient client, Endpoints endpoints) {
        return check(idToken, client, endpoints, keys(endpoints));
    }

    private Supplier<String> keys(Endpoints endpoints) {
        return () -> endpoints.jwkSet().map(this::keys).orElse("");
    }

    Checked check(String idToken, OAuthClient client, Endpoints endpoints, Supplier<String> keys) {
        return check(
                idToken,
                client,
                keys,
                claims -> wrongParty(claims, client, endpoints)
                        .map(why -> new Checked.Unverified(why, true))
                        .or(() -> wrongTime(claims).map(Checked.Unverified::new)));
    }

    /**
     * The members of a userinfo answer that is a JWT (OpenID Connect Core section 5.3.2): signed as an id_token, while
     * issuer and audience need not be there.
     *
     * @throws FailureException (unreachable) when it cannot be believed
     */
    public JsonObject userInfo(String answer, OAuthClient client, Endpoints endpoints) {
        Checked checked = check(
                answer,
                client,
                keys(endpoints),
                claims -> wrongAnswer(claims, client, endpoints).map(Checked.Unverified::new));
        if (checked instanceof Checked.Verified verified) {
            return verified.claims();
        }
        String why = checked instanceof Checked.Unverified unverified ? unverified.why() : "";
        throw Failure.unreachable(
                "the server's userinfo is not used, since " + why, "contact the operator of the server");
    }

    private static Optional<String> wrongAnswer(JsonObject claims, OAuthClient client, Endpoints endpoints) {
        Optional<String> issuer = claims.text("iss");
        if (issuer.isPresent() && !client.isIssuer(issuer.get(), claims.text("tid"), endpoints)) {
            return Optional.of("it names another issuer, " + SecretShape.quoted(issuer.get(), 200));
        }
        return claims.has("aud") && !audience(claims).contains(client.clientId())
                ? Optional.of("it is for another client")
                : Optional.empty();
    }

    /** Whom claims are for: one text or several (RFC 7519 section 4.1.3). */
    static List<String> audience(JsonObject claims) {
        return claims.texts("aud").or(() -> claims.text("aud").map(List::of)).orElse(List.of());
    }

    private Checked check(
            String text,
            OAuthClient client,
            Supplier<String> keys,
            Function<JsonObject, Optional<Checked.Unverified>> judge) {
        JWSObject token;
        try {
            token = JWSObject.parse(text);
        } catch (ParseException | IllegalArgumentException e) {
            return new Checked.Unverified("it is not a signed token");
        }
        Optional<String> unsuitable = unsuitable(token.getHeader());
        if (unsuitable.isPresent()) {
            return new Checked.Unverified(unsuitable.get());
        }
        if (client.issuer().isEmpty()) {
            return new Checked.Unverified("no issuer is configured");
        }
        try {
            return check(token, SigningKey.of(keys.get(), token.getHeader()), judge);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Unreachable) {
                return new Checked.Unverified(
                        "the issuer's keys could not be read: " + e.failure().message());
            }
            throw e;
        }
    }

    /**
     * Refuses an id_token of another request (OpenID Connect Core section 3.1.3.7, rule 11). The token endpoint itself
     * answered, so this needs no signature (rule 6). A token that cannot be read, or that has no nonce and no signature
     * that could be verified, says nothing, and is not believed later either.
     *
     * @throws FailureException (unreachable) when the nonce is not the one that was sent
     */
    public static void requireNonce(CodeAuthorization authorization, Granted granted) {
        Optional<String> token = granted.answer().text("id_token");
        Optional<JsonObject> claims = token.flatMap(UnverifiedJwt::claims);
        if (claims.isEmpty() || authorization.nonce().isEmpty()) {
            return;
        }
        Object nonce = claims.get().get("nonce");
        boolean lacking = nonce == null && !verifiable(token.orElseThrow());
        if (!lacking && !authorization.nonce().get().equals(nonce)) {
            throw Failure.unreachable(
                    "the id_token of " + authorization.client().profile()
                            + " belongs to another sign-in: its nonce is not the one that was sent",
                    "start again: " + authorization.client().profile().loginCommand());
        }
    }

    private static boolean verifiable(String token) {
        try {
            return ALGORITHMS.contains(JWSObject.parse(token).getHeader().getAlgorithm());
        } catch (ParseException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> unsuitable(JWSHeader header) {
        JWSAlgorithm algorithm = header.getAlgorithm();
        if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
            return Optional.of("it is signed with the client's secret, " + algorithm + ", not with a published key");
        }
        if (!ALGORITHMS.contains(algorithm)) {
            return Optional.of(
                    "it is signed by " + SecretShape.quoted(algorithm.getName(), 40) + ", which is not supported");
        }
        return header.getType() == null || JOSEObjectType.JWT.equals(header.getType())
                ? Optional.empty()
                : Optional.of("it is of another type, "
                        + SecretShape.quoted(header.getType().getType(), 40));
    }

    private String keys(URI place) {
        HttpAnswer answer = http.send(HttpCall.get(place).header("Accept", "application/json"));
        if (answer.isRedirect()) {
            throw Failure.unreachable(answer.redirectMessage(), "check the issuer");
        }
        if (!answer.isSuccess()) {
            throw Failure.unreachable(answer.origin() + " answered with HTTP " + answer.status(), "try again later");
        }
        return answer.text();
    }

    private Checked check(
            JWSObject token, List<SigningKey> candidates, Function<JsonObject, Optional<Checked.Unverified>> judge) {
        if (candidates.isEmpty()) {
            return new Checked.Unverified("the issuer publishes no key for it");
        }
        if (candidates.stream().noneMatch(key -> key.verifies(token))) {
            return new Checked.Unverified("its signature does not match the issuer's keys", true);
        }
        Optional<JsonObject> claims = Json.tryObject(token.getPayload().toBytes());
        if (claims.isEmpty()) {
            return new Checked.Unverified("its content cannot be read");
        }
        Optional<Checked.Unverified> wrong = judge.apply(claims.get());
        return wrong.isPresent() ? wrong.get() : new Checked.Verified(claims.get(), drift(claims.get()));
    }

    private static Optional<String> wrongParty(JsonObject claims, OAuthClient client, Endpoints endpoints) {
        String issuer = claims.text("iss").orElse("");
        if (!client.isIssuer(issuer, claims.text("tid"), endpoints)) {
            return Optional.of("it names another issuer, " + SecretShape.quoted(issuer, 200));
        }
        List<String> audience = audience(claims);
        Optional<String> party = claims.text("azp");
        if (!audience.contains(client.clientId())
                || (audience.size() > 1 && party.isEmpty())
                || party.filter(one -> !one.equals(client.clientId())).isPresent()) {
            return Optional.of("it is for another client");
        }
        boolean nobody = claims.text("sub").isEmpty() && claims.number("sub").isEmpty();
        return nobody ? Optional.of("it names nobody") : Optional.empty();
    }

    private Optional<String> wrongTime(JsonObject claims) {
        Optional<Instant> issued = time(claims, "iat");
        Optional<Instant> ends = time(claims, "exp");
        if (issued.isEmpty() || ends.isEmpty()) {
            return Optional.of("it does not say when it was issued and when it ends");
        }
        Instant now = clock.instant();
        if (issued.get().isAfter(now.plus(TOLERANCE))) {
            return Optional.of("by this machine's clock it was issued in the future, by "
                    + about(Duration.between(now, issued.get())));
        }
        return ends.get().isBefore(now.minus(TOLERANCE))
                ? Optional.of("by this machine's clock it ended " + about(Duration.between(ends.get(), now)) + " ago")
                : Optional.empty();
    }

    private Optional<String> drift(JsonObject claims) {
        Instant now = clock.instant();
        Duration behind = Duration.between(now, time(claims, "iat").orElse(now));
        Duration over = Duration.between(time(claims, "exp").orElse(now), now);
        if (behind.compareTo(UNNOTICED) <= 0 && over.compareTo(Duration.ZERO) <= 0) {
            return Optional.empty();
        }
        String side = behind.isNegative() ? "ahead of" : "behind";
        return Optional.of("This machine's clock is about " + about(behind.abs()) + " " + side
                + " the server's; correct it, since more than " + about(TOLERANCE) + " would not be accepted.");
    }

    private static Optional<Instant> time(JsonObject claims, String name) {
        return claims.numberOrText(name)
                .filter(seconds -> seconds > 0 && seconds < YEAR_9999)
                .map(Instant::ofEpochSecond);
    }

    private static String about(Duration duration) {
        return duration.toSeconds() < 120 ? duration.toSeconds() + " seconds" : duration.toMinutes() + " minutes";
    }
}
