package dev.ast.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link ClientServer} that binds its tokens to the key of the client and checks every proof as RFC 9449 section 4.3
 * lists it, at the token endpoint, userinfo and {@code /things}. What a proof lacks is kept for the test.
 */
public final class DpopServer implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final ClientServer server = new ClientServer(request -> true);
    private final InstantSource clock;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, String> keys = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private Optional<String> tokenNonce = Optional.empty();
    private Optional<String> apiNonce = Optional.empty();
    private int number;

    /** A server whose time is that of the program. */
    public DpopServer(InstantSource clock) {
        this.clock = clock;
        server.metadata("dpop_signing_alg_values_supported", List.of("RS256", "ES256"));
        server.server()
                .on("POST /token", this::token)
                .on(
                        "GET /userinfo",
                        request -> guarded(request, Map.of("sub", "ada-1", "name", "Ada", "email", "ada@example.com")))
                .on("GET /things", request -> guarded(request, Map.of("thing", 1)))
                .on("POST /things", request -> guarded(request, Map.of("made", request.text())));
    }

    /** The server itself. */
    public ClientServer server() {
        return server;
    }

    /** The nonce that proofs for the token endpoint need from now on. */
    public synchronized void tokenNonce(String nonce) {
        tokenNonce = Optional.of(nonce);
    }

    /** The nonce that proofs for the API need from now on. */
    public synchronized void apiNonce(String nonce) {
        apiNonce = Optional.of(nonce);
    }

    /** What was wrong with proofs, but for a missing nonce. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** The thumbprints of all keys that tokens were bound to. */
    public synchronized Set<String> thumbprints() {
        return Set.copyOf(keys.values());
    }

    private synchronized Answer token(Request request) {
        String key;
        try {
            key = proof(request, Optional.empty(), tokenNonce);
        } catch (Refused refused) {
            return AuthorizationServer.error(400, refused.code, "no good proof")
                    .header("DPoP-Nonce", tokenNonce.orElse(""));
        }
        Optional<String> refresh = Optional.ofNullable(request.form().get("refresh_token"));
        if (refresh.isPresent() && !key.equals(keys.get(refresh.get()))) {
            faults.add("the refresh token is bound to another key");
            return AuthorizationServer.error(400, "invalid_grant", "bound to another key");
        }
        number++;
        keys.put("access-" + number, key);
        keys.put("refresh-" + number, key);
        return json(Map.of(
                "access_token",
                "access-" + number,
                "refresh_token",
                "refresh-" + number,
                "token_type",
                "DPoP",
                "expires_in",
                3600));
    }

    private synchronized Answer guarded(Request request, Map<String, ?> members) {
        String sent = request.header("Authorization").orElse("");
        try {
            if (!sent.startsWith("DPoP ")) {
                throw fault("the scheme is not DPoP: " + sent);
            }
            String token = sent.substring(5);
            if (!proof(request, Optional.of(token), apiNonce).equals(keys.get(token))) {
                throw fault("the token is bound to another key");
            }
            return json(members);
        } catch (Refused refused) {
            return Answer.json(401, "{\"refused\":true}")
                    .header("WWW-Authenticate", "DPoP error=\"" + refused.code + "\", algs=\"ES256\"")
                    .header("DPoP-Nonce", apiNonce.orElse(""));
        }
    }

    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        Refused(String code) {
            this.code = code;
        }
    }

    private Refused fault(String what) {
        faults.add(what);
        return new Refused("invalid_dpop_proof");
    }

    private String proof(Request request, Optional<String> token, Optional<String> nonce) throws Refused {
        List<String> written = request.headers().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("DPoP"))
                .map(Map.Entry::getValue)
                .toList();
        if (written.size() != 1) {
            throw fault(written.size() + " proofs");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(written.get(0));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            ECKey key = jwt.getHeader().getJWK().toECKey();
            require("typ", "dpop+jwt".equals(jwt.getHeader().getType().getType()));
            require("alg", JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm()));
            require("a private key in the header", !key.isPrivate());
            require("signature", jwt.verify(new ECDSAVerifier(key)));
            require("htm", request.method().equals(claims.getStringClaim("htm")));
            require("htu", server.uri(request.path()).toString().equals(claims.getStringClaim("htu")));
            require("jti", claims.getJWTID().length() >= 16 && seen.add(claims.getJWTID()));
            Instant made = claims.getIssueTime().toInstant();
            require("iat", Duration.between(made, clock.instant()).abs().compareTo(LONGEST) <= 0);
            require("ath", token.map(DpopServer::hash).equals(Optional.ofNullable(claims.getStringClaim("ath"))));
            if (nonce.isPresent() && !nonce.get().equals(claims.getStringClaim("nonce"))) {
                throw new Refused("use_dpop_nonce");
            }
            return key.computeThumbprint().toString();
        } catch (ParseException | JOSEException | RuntimeException e) {
            throw fault(e.toString());
        }
    }

    private void require(String what, boolean good) throws Refused {
        if (!good) {
            throw fault(what);
        }
    }

    private static String hash(String token) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer json(Map<String, ?> members) {
        return Answer.json(LocalJson.write(new LinkedHashMap<>(members)));
    }

    @Override
    public void close() {
        server.close();
    }
}
