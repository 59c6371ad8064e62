package dev.ast.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Http;
import dev.ast.support.Fuzzed;
import dev.ast.support.MovableTime;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * id_tokens and the keys to check them: a token that our own key has not signed is never taken, and claims that it has
 * signed may be whatever they are.
 */
public final class IdTokenFuzz {
    private static final URI ISSUER = URI.create("https://auth.example.com");
    private static final OAuthClient CLIENT = new OAuthClient(
            ProfileName.DEFAULT,
            ServerOrigin.parse("https://api.example.com"),
            Optional.of(ISSUER),
            Endpoints.NONE,
            "client",
            List.of(),
            Map.of(),
            Optional.empty(),
            List.of());
    private static final ECKey KEY = key();
    private static final String KEYS = new JWKSet(KEY.toPublicJWK()).toString();
    private static final IdTokens TOKENS =
            new IdTokens(new Http(Environment.of(Map.of()), new Interrupts(), "fuzz"), new MovableTime());

    private IdTokenFuzz() {}

    /** One input: claims to be signed; or a token as it is; or keys and a token, with a line break in between. */
    public static void fuzzerTestOneInput(byte[] input) throws JOSEException {
        byte[] rest = Fuzzed.after(input, 1);
        String text = Fuzzed.text(rest);
        switch (Fuzzed.choice(input, 0, 3)) {
            case 0 -> verify(signed(rest), KEYS);
            case 1 -> Fuzzed.require(verify(text, KEYS).isEmpty(), "a token of somebody else was taken");
            default -> {
                int end = text.indexOf('\n');
                verify(text.substring(end + 1), end < 0 ? "" : text.substring(0, end));
            }
        }
    }

    private static Optional<?> verify(String token, String keys) {
        return Fuzzed.reading(() -> TOKENS.check(token, CLIENT, Endpoints.NONE, () -> keys))
                .filter(IdTokens.Checked.Verified.class::isInstance);
    }

    private static String signed(byte[] claims) throws JOSEException {
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload(claims));
        token.sign(new ECDSASigner(KEY));
        return token.serialize();
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
