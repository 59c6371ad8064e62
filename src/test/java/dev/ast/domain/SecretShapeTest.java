package dev.ast.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretShapeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln",
                "token=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "3f786850e387550fdab836ed7e6dc881de23001b",
                "https://a.example/?key=8f14e45fceea167a5a36dedd4bea2543"
            })
    void knowsTokens(String word) {
        assertThat(SecretShape.matches(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile",
                "production-eu-west-1-customer-42",
                "https://api.example.com/v1/organizations/members",
                "/api/v1/workspaces/123e4567-e89b-12d3-a456-426614174000",
                "accountOwnerDescriptionText",
                "ada.lovelace1815@example.com",
                ""
            })
    void leavesOrdinaryWordsAlone(String word) {
        assertThat(SecretShape.matches(word)).isFalse();
    }

    @Test
    void aWordIsQuotedAndCutButASecretIsNotRepeated() {
        assertThat(SecretShape.quoted("prod", 10)).isEqualTo("'prod'");
        assertThat(SecretShape.quoted("production-of-all", 10)).isEqualTo("'production…'");
        assertThat(SecretShape.quoted("ghp_16C7e42F292c6912E7710c838347Ae178B4a", 10))
                .isEqualTo("(a word that looks like a token)");
    }

    @Test
    void knowsRandomBytesInEveryUsualWriting() {
        SecureRandom random = new SecureRandom();
        for (int round = 0; round < 1_000; round++) {
            byte[] key = new byte[32];
            random.nextBytes(key);

            assertThat(SecretShape.matches(HexFormat.of().formatHex(key))).isTrue();
            assertThat(SecretShape.matches(
                            Base64.getUrlEncoder().withoutPadding().encodeToString(key)))
                    .isTrue();
        }
    }
}
