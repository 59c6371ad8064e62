package dev.ast.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Http;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.oauth.IdTokens.Checked;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.Case;
import dev.ast.support.MovableTime;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokensTest {
    private static final RSAKey KEY = AuthorizationServer.newKey();
    private static final RSAKey OTHER = AuthorizationServer.newKey();
    private static final URI ISSUER = URI.create("https://auth.example.com");
    private static final long NOW = MovableTime.START.getEpochSecond();

    private final Http http = new Http(Environment.of(Map.of()), new Interrupts(), "test");
    private final IdTokens tokens = new IdTokens(http, new MovableTime());

    @AfterEach
    void close() {
        http.close();
    }

    private static OAuthClient client(Optional<URI> issuer) {
        return new OAuthClient(
                ProfileName.DEFAULT,
                ServerOrigin.parse("https://api.example.com"),
                issuer,
                Endpoints.NONE,
                "cli",
                List.of(),
                Map.of(),
                Optional.empty(),
                List.of());
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("iss", ISSUER.toString())
                .put("aud", "cli")
                .put("sub", "ada")
                .put("iat", NOW)
                .put("exp", NOW + 300);
    }

    private static String signed(JsonObject claims, JWSSigner signer, JWSHeader header) throws JOSEException {
        JWSObject token = new JWSObject(header, new Payload(LocalJson.write(claims.members())));
        token.sign(signer);
        return token.serialize();
    }

    private static String signed(JsonObject claims) throws JOSEException {
        return signed(
                claims,
                new RSASSASigner(KEY),
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build());
    }

    private static String keys(String... more) {
        String key = LocalJson.write(KEY.toPublicJWK().toJSONObject());
        return "{\"keys\":[" + String.join(",", more) + (more.length == 0 ? "" : ",") + key + "]}";
    }

    private Checked check(String token, String keys) {
        return tokens.check(token, client(Optional.of(ISSUER)), Endpoints.NONE, () -> keys);
    }

    private String why(String token, String keys) {
        assertThat(check(token, keys)).isInstanceOf(Checked.Unverified.class);
        return ((Checked.Unverified) check(token, keys)).why();
    }

    private Optional<String> drift(JsonObject claims) throws JOSEException {
        assertThat(check(signed(claims), keys())).isInstanceOf(Checked.Verified.class);
        return ((Checked.Verified) check(signed(claims), keys())).drift();
    }

    @Test
    void theIssuerOfATenantIsTheTemplateOfItsServerWithItsId() {
        Endpoints endpoints = new Endpoints(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ServerCapabilities(
                        Optional.of("https://login.example.com/{tenantid}/v2.0"),
                        List.of(),
                        List.of(),
                        false,
                        List.of(),
                        List.of(),
                        Optional.empty()));
        OAuthClient client = client(Optional.of(URI.create("https://login.example.com/organizations/v2.0")));

        assertThat(client.isIssuer("https://login.example.com/t-1/v2.0", Optional.of("t-1"), endpoints))
                .isTrue();
        assertThat(client.isIssuer("https://login.example.com/t-1/v2.0", Optional.of("t-2"), endpoints))
                .isFalse();
        assertThat(client.isIssuer("https://login.example.com/t-1/v2.0", Optional.empty(), endpoints))
                .isFalse();
        assertThat(client.isOf("https://login.example.com/t-1/v2.0", endpoints)).isTrue();
        assertThat(client.isOf("https://evil.example.com/t-1/v2.0", endpoints)).isFalse();
    }

    @Test
    void takesWhatTheIssuerSigned() throws JOSEException {
        assertThat(drift(claims())).isEmpty();
        assertThat(drift(claims().put("iat", Long.toString(NOW)).put("exp", NOW + 300 + ".0")))
                .as("numbers as text")
                .isEmpty();
        assertThat(drift(claims().put("aud", List.of("api", "cli")).put("azp", "cli")))
                .isEmpty();
    }

    @ParameterizedTest
    @Case("B13")
    @ValueSource(
            strings = {
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"kid\":\"test\",\"pub\":\"AA\"}",
                "{\"kty\":\"RSA\",\"kid\":\"test\"}",
                "{\"kty\":\"RSA\",\"kid\":\"test\",\"n\":\"!!\",\"e\":\"??\"}",
                "{\"kty\":\"EC\",\"kid\":\"test\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kid\":\"test\"}",
                "{\"kty\":7}",
                "7",
                "null",
                "{\"kty\":\"RSA\",\"kid\":\"test\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "{\"kty\":\"oct\",\"kid\":\"test\",\"k\":\"AAAA\"}"
            })
    void passesOverAKeyThatItCannotUse(String odd) throws JOSEException {
        assertThat(check(signed(claims()), keys(odd))).isInstanceOf(Checked.Verified.class);
    }

    @Test
    void triesEveryKeyOfTheSameId() throws JOSEException {
        String twin = LocalJson.write(OTHER.toPublicJWK().toJSONObject());
        assertThat(check(signed(claims()), keys(twin))).isInstanceOf(Checked.Verified.class);
    }

    @Test
    void usesNoKeyOfAbsurdSize() throws JOSEException {
        String huge =
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"test\",\"e\":\"AQAB\",\"n\":\"_" + "A".repeat(100_000) + "\"}]}";
        assertThat(why(signed(claims()), huge)).isEqualTo("the issuer publishes no key for it");
    }

    @Test
    @Case("B13")
    void takesNothingElse() throws JOSEException {
        byte[] secret = new byte[32];
        String shared = signed(claims(), new MACSigner(secret), new JWSHeader(JWSAlgorithm.HS256));
        String published = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + "A".repeat(43) + "\"}]}";
        assertThat(why(shared, published)).startsWith("it is signed with the client's secret, HS256");
        assertThat(why(shared, "{}")).startsWith("it is signed with the client's secret, HS256");
        for (String none : List.of("garbage", "", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "a.b.c.d.e")) {
            assertThat(why(none, keys())).isEqualTo("it is not a signed token");
        }
        assertThat(why(signed(claims()), "{\"keys\":[]}")).isEqualTo("the issuer publishes no key for it");
        assertThat(why(signed(claims()), "no keys at all")).isEqualTo("the issuer publishes no key for it");
        String foreign = signed(
                claims(),
                new RSASSASigner(OTHER),
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build());
        assertThat(why(foreign, keys())).isEqualTo("its signature does not match the issuer's keys");
        String access = signed(
                claims(),
                new RSASSASigner(KEY),
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .build());
        assertThat(why(access, keys())).startsWith("it is of another type");
        assertThat(tokens.check(signed(claims()), client(Optional.empty()), Endpoints.NONE, IdTokensTest::keys))
                .isEqualTo(new Checked.Unverified("no issuer is configured"));
    }

    @ParameterizedTest
    @CsvSource({
        "iss,https://auth.example.com/,it names another issuer",
        "aud,other,it is for another client",
        "azp,other,it is for another client",
        "sub,,it names nobody",
        "iat,,it does not say when",
        "exp,soon,it does not say when"
    })
    void checksEveryClaim(String claim, String value, String why) throws JOSEException {
        assertThat(why(signed(claims().put(claim, value)), keys())).startsWith(why);
        assertThat(why(signed(claims().put("aud", List.of("cli", "api"))), keys()))
                .as("several audiences and no authorized party")
                .isEqualTo("it is for another client");
    }

    @Test
    void clocksMayDifferByFiveMinutesAndThatIsSaid() throws JOSEException {
        assertThat(drift(claims().put("iat", NOW + 9))).isEmpty();
        assertThat(drift(claims().put("iat", NOW + 59).put("exp", NOW + 359)).orElseThrow())
                .contains("about 59 seconds behind");
        assertThat(drift(claims().put("iat", NOW + 299).put("exp", NOW + 599)).orElseThrow())
                .contains("about 4 minutes behind");
        assertThat(drift(claims().put("iat", NOW - 200).put("exp", NOW - 100)).orElseThrow())
                .contains("about 3 minutes ahead of");
        assertThat(why(signed(claims().put("iat", NOW + 301).put("exp", NOW + 601)), keys()))
                .isEqualTo("by this machine's clock it was issued in the future, by 5 minutes");
        assertThat(why(signed(claims().put("iat", NOW - 602).put("exp", NOW - 302)), keys()))
                .isEqualTo("by this machine's clock it ended 5 minutes ago");
    }
}
