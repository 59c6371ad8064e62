package dev.ast.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Proofs that this program holds the key to which a token is bound (RFC 9449 section 4), and the keys themselves: of the
 * curve P-256, for ES256. The nonce that a server wants in the next proof (section 8) is remembered for the life of the
 * process. Spring Security has proofs for servers only. Limits: nonces of 1,000 characters, of 100 servers.
 */
public final class DpopProofs {
    private static final String HEADER = "DPoP";
    private static final String WANTED = "use_dpop_nonce";
    private static final int LONGEST_CHALLENGE = 4096;
    private static final int MOST_SERVERS = 100;
    /** RFC 9449 section 8.1, with the characters of RFC 6749 appendix A. */
    private static final Pattern NONCE = Pattern.compile("[!#-\\[\\]-~]{1,1000}");

    private final InstantSource clock;
    private final Map<ServerOrigin, String> nonces = new ConcurrentHashMap<>();

    /** Proofs of this time. */
    public DpopProofs(InstantSource clock) {
        this.clock = clock;
    }

    /** A new key, as a JWK with its private part. */
    static Secret newKey() {
        try {
            return Secret.of(new ECKeyGenerator(Curve.P_256).generate().toJSONString());
        } catch (JOSEException e) {
            throw new IllegalStateException(e); // every Java runtime has this curve
        }
    }

    /** The thumbprint by which servers name a key (RFC 7638), as {@code dpop_jkt} has it (RFC 9449 section 10). */
    static String thumbprint(Secret key) {
        try {
            return read(key).computeThumbprint().toString();
        } catch (JOSEException e) {
            throw unusable();
        }
    }

    /**
     * A request with a proof for it.
     *
     * @param token the access token in it; empty for a request to the token endpoint
     * @throws dev.ast.domain.FailureException (storage) when the key cannot be used
     */
    HttpCall proven(HttpCall call, Secret key, Optional<Secret> token) {
        String path = call.uri().getRawPath();
        URI place = URI.create(call.origin() + (path == null || path.isEmpty() ? "/" : path));
        AccessToken access =
                token.map(secret -> new DPoPAccessToken(secret.reveal())).orElse(null);
        Nonce nonce =
                Optional.ofNullable(nonces.get(call.origin())).map(Nonce::new).orElse(null);
        try {
            SignedJWT proof = new DefaultDPoPProofFactory(read(key), JWSAlgorithm.ES256)
                    .createDPoPJWT(new JWTID(), call.method(), place, Date.from(clock.instant()), access, nonce);
            return call.header(HEADER, proof.serialize());
        } catch (JOSEException e) {
            throw unusable();
        }
    }

    /** Sends a request with a proof; once more where the server wants another nonce in it, since nothing was spent. */
    HttpAnswer send(Http http, Supplier<HttpCall> proven) {
        HttpAnswer answer = http.send(proven.get());
        if (learn(answer)) {
            answer = http.send(proven.get());
            learn(answer);
        }
        return answer;
    }

    /**
     * Remembers the nonce that an answer has for the next proof.
     *
     * @return whether the request was refused for the lack of it, so that it can be sent once more
     */
    boolean learn(HttpAnswer answer) {
        Optional<String> nonce = answer.header("DPoP-Nonce")
                .filter(text -> NONCE.matcher(text).matches())
                .filter(text -> nonces.size() < MOST_SERVERS || nonces.containsKey(answer.origin()));
        nonce.ifPresent(text -> nonces.put(answer.origin(), text));
        return nonce.isPresent()
                && ((answer.status() == 401 && challenged(answer))
                        || ((answer.status() == 400 || answer.status() == 401)
                                && Json.tryObject(answer.body())
                                        .flatMap(body -> body.text("error"))
                                        .filter(WANTED::equals)
                                        .isPresent()));
    }

    private static boolean challenged(HttpAnswer answer) {
        return answer.headers().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("WWW-Authenticate"))
                .map(Map.Entry::getValue)
                .anyMatch(text -> text.substring(0, Math.min(LONGEST_CHALLENGE, text.length()))
                        .contains(WANTED));
    }

    private static ECKey read(Secret key) {
        try {
            ECKey pair = ECKey.parse(key.reveal());
            if (pair.isPrivate() && Curve.P_256.equals(pair.getCurve())) {
                return pair;
            }
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            // Reported below, without the text of the key.
        }
        throw unusable();
    }

    private static FailureException unusable() {
        return Failure.storage(
                "the stored key that the tokens are bound to cannot be used", "sign in again: ast login");
    }
}
