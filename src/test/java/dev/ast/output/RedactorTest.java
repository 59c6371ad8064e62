package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.domain.Secret;
import dev.ast.support.Case;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private final Redactor redactor = new Redactor();

    @Test
    @Case("D02")
    void masksKnownSecretsInTheFormsInWhichTheyTravel() {
        String canary = "kanarie/+ vogel=ÿ";
        redactor.register(Secret.of(canary));
        byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
        String all = "a " + canary + " b " + URLEncoder.encode(canary, StandardCharsets.UTF_8) + " c "
                + Base64.getEncoder().withoutPadding().encodeToString(bytes) + " d "
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + " e";
        assertThat(redactor.redact(all)).isEqualTo("a [secret] b [secret] c [secret] d [secret] e");
    }

    @Test
    void leavesNoTailOfASecretThatBeginsLikeAnother() {
        redactor.register(Secret.of("abcdefgh"));
        redactor.register(Secret.of("abcdefgh-ijkl"));
        assertThat(redactor.redact("x abcdefgh-ijkl y abcdefgh z")).isEqualTo("x [secret] y [secret] z");
    }

    @Test
    void doesNotLookForWordsThatAreTooShort() {
        redactor.register(Secret.of("token"));
        assertThat(redactor.redact("the token is empty")).isEqualTo("the token is empty");
    }

    @Test
    void staysSmallAndKeepsTheLatest() {
        for (int i = 0; i < 2000; i++) {
            redactor.register(Secret.of("secret-number-" + i + "-"));
        }
        assertThat(redactor.redact("secret-number-1999-")).isEqualTo("[secret]");
        assertThat(redactor.redact("secret-number-0-")).isEqualTo("secret-number-0-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "got eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln here|got [secret] here",
                "Authorization: Basic YWRhOmxvdmVsYWNl|Authorization: [secret]",
                "Authorization: Bearer canary|Authorization: [secret]",
                "authorization=canary-1|authorization=[secret]",
                "sent Bearer canary-token-1 to it|sent Bearer [secret] to it",
                "sent bearer AbCdEfGhIjKlMnOpQrStUvWx|sent bearer [secret]",
                "refresh_token=canary&grant_type=x|refresh_token=[secret]&grant_type=x",
                "\"access_token\":\"canary\",|\"access_token\":\"[secret]\",",
                "https://ada:pw@example.com/|https://[secret]@example.com/",
                "password: hunter2!|password: [secret]",
                "{\"password\": \"swordfish\"}|{\"password\": \"[secret]\"}",
                "https://example.com/cb?code=canary&state=1|https://example.com/cb?code=[secret]&state=1",
                "-----BEGIN EC PRIVATE KEY-----abc-----END EC PRIVATE KEY-----!|[secret]!"
            })
    void masksWhatHasTheShapeOfASecret(String text, String expected) {
        assertThat(redactor.redact(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not signed in to prod",
                "the server requires Bearer authentication",
                "Open: https://auth.example.com/device?user_code=ABCD-EFGH",
                "Code: ABCD-EFGH",
                "Open: https://auth.example.com/device?code=123456789",
                "the token is expired: sign in again",
                "Invalid username and password combination",
                "bad_refresh_token: The refresh token was revoked",
                "invalid_id_token: The ID Token was issued in the future",
                "use http://[user:password@]host:port",
                "invalid authorization: the client is not allowed to do this"
            })
    @Case("D02")
    void leavesOrdinaryMessagesAsTheyAre(String text) {
        assertThat(redactor.redact(text)).isEqualTo(text);
    }

    @Test
    void isNotSlowedDownByHostileText() {
        String text = "eyJ" + "a".repeat(200_000) + "authorization".repeat(2000) + "-----BEGIN ".repeat(5000);
        long start = System.nanoTime();
        assertThat(redactor.redact(text)).isNotEmpty();
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}
