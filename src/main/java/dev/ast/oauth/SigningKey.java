package dev.ast.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A key of an issuer's key set (RFC 7517). A key that cannot be used is passed over, as section 5 wants it, where
 * Nimbus would refuse the whole set: an unknown kind, a missing member, a bad encoding. Limits: 100 keys, RSA keys of
 * 16,384 bits.
 */
record SigningKey(PublicKey key) {
    private static final int MOST = 100;
    private static final int LARGEST = 16_384;

    /** The keys that can have signed a token; several where a key id stands twice. */
    static List<SigningKey> of(String keySet, JWSHeader header) {
        List<JWK> all = new ArrayList<>();
        List<JsonObject> written = Json.tryObject(keySet.getBytes(StandardCharsets.UTF_8))
                .map(set -> set.objects("keys"))
                .orElse(List.of());
        for (JsonObject one : written.subList(0, Math.min(MOST, written.size()))) {
            try {
                JWK key = JWK.parse(one.members());
                if (key.size() <= LARGEST) {
                    all.add(key);
                }
            } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
                // Passed over, with whatever else the issuer uses its keys for.
            }
        }
        List<SigningKey> keys = new ArrayList<>();
        for (JWK one : new JWKSelector(JWKMatcher.forJWSHeader(header)).select(new JWKSet(all))) {
            try {
                if (one instanceof AsymmetricJWK pair) {
                    keys.add(new SigningKey(pair.toPublicKey()));
                }
            } catch (JOSEException e) {
                // Not a key of this kind after all.
            }
        }
        return keys;
    }

    boolean verifies(JWSObject token) {
        try {
            return token.verify(new DefaultJWSVerifierFactory().createJWSVerifier(token.getHeader(), key));
        } catch (JOSEException | IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }
}
