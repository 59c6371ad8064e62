package dev.ast.credential.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.keyring.SecretSession.Offer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSessionTest {
    /** Made with Python's pow, hashlib and openssl enc; the shared number begins with a zero byte, which must count. */
    private static final String OURS = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    private static final String OUR_KEY =
            "99bf5bada8965b78e37ce5388e85ad5c276591abda88778d570841de76742673949ce76e58cc470c3d771029fdd00364"
                    + "a38258c1c4851105a3a14055fab15ac6c178e9e86cf0acc8c2c4d0d87e3cbd192def69848dd32e5e3e50c02d86242e25"
                    + "38f868398436897ece049f63b165435596a86572d38e1c37de138a86d6f008c7";
    private static final String THEIR_KEY =
            "685b199ae62ed1e7adaa170a9295b6197ae238d8f8db52bb00e86afb320d106aa3ec01dc9721b2625d6b678c1e9953e3"
                    + "0e98fdc9584fe99251b1ea34e312509aa981e21ac90259bf2f5c0c34be7f999432601bf9d0673cf2dc357fe82c0527ca"
                    + "1d105232fcaa2f706bfa0457b58b5864123fb3acb5f8c6932860f074ae57f6bd";
    private static final String ENCRYPTED = "37d3ef8139c6ba6da4370231061fe25124714797b843937b73c8ffe6a1911912";
    private static final String START = "000102030405060708090a0b0c0d0e0f";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static SecretSession session() throws KeyringException {
        return new Offer(new BigInteger(OURS, 16)).accept("/session/1", bytes(THEIR_KEY));
    }

    @Test
    void agreesWithTheKnownVector() throws Exception {
        assertThat(new Offer(new BigInteger(OURS, 16)).publicKey()).isEqualTo(bytes(OUR_KEY));
        assertThat(session().open(List.of("/session/1", bytes(START), bytes(ENCRYPTED), "text/plain")))
                .isEqualTo("grüße, 令牌 \n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "grüße 令牌 \0\t\n", "0123456789abcdef"})
    void whatIsSealedOpensAgainAndLooksDifferentEachTime(String text) throws Exception {
        SecureRandom random = new SecureRandom();
        List<Object> sealed = session().seal(text, random);
        assertThat(session().open(sealed)).isEqualTo(text);
        assertThat(sealed.get(0)).isEqualTo("/session/1");
        assertThat((byte[]) sealed.get(2))
                .isNotEqualTo((byte[]) session().seal(text, random).get(2));
    }

    @Test
    void aplainSessionSendsTheTextAsItIs() throws Exception {
        List<Object> sealed = SecretSession.plain("/p").seal("text", new SecureRandom());
        assertThat((byte[]) sealed.get(2)).isEqualTo("text".getBytes(StandardCharsets.UTF_8));
        assertThat(SecretSession.plain("/p").open(sealed)).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "01"})
    void keysThatWouldMakeTheSecretKnownAreRefused(String theirs) {
        refused(bytes(theirs));
    }

    @Test
    void aKeyOfThePrimeOrOneLessIsRefused() {
        refused(Offer.PRIME.toByteArray());
        refused(Offer.PRIME.subtract(BigInteger.ONE).toByteArray());
    }

    private static void refused(byte[] theirs) {
        assertThat(catchThrowableOfType(KeyringException.class, () -> new Offer(BigInteger.TEN).accept("/s", theirs))
                        .trouble())
                .isEqualTo(KeyringTrouble.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        START + ", " + ENCRYPTED + "00",
        START + ", 37d3ef8139c6ba6da4370231061fe251",
        START + ",",
        "00, " + ENCRYPTED
    })
    void whatCannotBeDecryptedIsCorrupt(String start, String encrypted) {
        List<Object> secret = List.of("/s", bytes(start), bytes(encrypted == null ? "" : encrypted), "text/plain");
        assertThat(catchThrowableOfType(KeyringException.class, () -> session().open(secret))
                        .trouble())
                .isEqualTo(KeyringTrouble.CORRUPT);
    }

    @Test
    void whatIsNotTextIsCorrupt() {
        List<Object> secret = List.of("/s", new byte[0], new byte[] {(byte) 0xff, 1}, "text/plain");
        assertThat(catchThrowableOfType(
                                KeyringException.class,
                                () -> SecretSession.plain("/s").open(secret))
                        .trouble())
                .isEqualTo(KeyringTrouble.CORRUPT);
    }
}
