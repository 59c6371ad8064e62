package dev.ast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstResult;
import dev.ast.support.HelperDesk;
import dev.ast.support.ScriptedServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of the id_token at STS, which here is a server of the test. */
class AwsProtocolTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
    private static final String ANSWER = """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <AssumeRoleWithWebIdentityResult>
                <SubjectFromWebIdentityToken>ada-1</SubjectFromWebIdentityToken>
                <Credentials>
                  <SessionToken>session+token/1==</SessionToken>
                  <SecretAccessKey>secret/key+1</SecretAccessKey>
                  <Expiration>2026-11-26T13:00:00Z</Expiration>
                  <AccessKeyId>ASIAEXAMPLE</AccessKeyId>
                </Credentials>
              </AssumeRoleWithWebIdentityResult>
            </AssumeRoleWithWebIdentityResponse>
            """;

    private final ScriptedServer sts = ScriptedServer.http();

    @TempDir
    private Path folder;

    private HelperDesk desk;

    @BeforeEach
    void signIn() {
        desk = new HelperDesk(folder);
        allowed(List.of(sts.origin().toString()));
    }

    private void allowed(List<String> origins) {
        desk.profile(
                "default",
                "https://api.example.com",
                Map.of(
                        "also_for",
                        origins,
                        "identity",
                        Map.of("email", "ada lovelace@example.com", "organizations", List.of())),
                Map.of("id_token", "id-default", "id_token_expires_at", "2026-11-26T13:00:00Z"));
    }

    @AfterEach
    void close() {
        sts.close();
    }

    private AstResult ask(String... more) {
        String[] words = new String[more.length + 5];
        System.arraycopy(
                new String[] {
                    "aws", "--role-arn", ROLE, "--endpoint", sts.origin().toString()
                },
                0,
                words,
                0,
                5);
        System.arraycopy(more, 0, words, 5, more.length);
        return desk.ask("", words);
    }

    @Test
    void theIdTokenIsExchangedForTheCredentialsOfARole() {
        sts.on("POST /", Answer.text(200, ANSWER));

        AstResult answer = ask("--duration", "3600");
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.out())
                .isEqualTo("{\"Version\":1,\"AccessKeyId\":\"ASIAEXAMPLE\",\"SecretAccessKey\":\"secret/key+1\","
                        + "\"SessionToken\":\"session+token/1==\",\"Expiration\":\"2026-11-26T13:00:00Z\"}\n");
        assertThat(sts.requests("POST /").get(0).form())
                .isEqualTo(Map.of(
                        "Action",
                        "AssumeRoleWithWebIdentity",
                        "Version",
                        "2011-06-15",
                        "RoleArn",
                        ROLE,
                        "RoleSessionName",
                        "ada-lovelace@example.com",
                        "WebIdentityToken",
                        "id-default",
                        "DurationSeconds",
                        "3600"));
    }

    @Test
    void anAddressThatIsNotOnTheListGetsNothing() {
        allowed(List.of());

        AstResult answer = ask();
        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.err()).contains("ast profile set NAME --also-for " + sts.origin());
        AstResult region = desk.ask("", "aws", "--role-arn", ROLE, "--region", "eu-central-1");
        assertThat(region.err()).contains("--also-for https://sts.eu-central-1.amazonaws.com");
        assertThat(desk.ask("", "aws", "--role-arn", ROLE, "--region", "cn-north-1")
                        .err())
                .contains("https://sts.cn-north-1.amazonaws.com.cn");
        assertThat(sts.requests()).isEmpty();
    }

    @Test
    void aRefusalIsReportedWithItsReasonAndARedirectIsNotFollowed() {
        sts.on("POST /", Answer.text(403, """
                <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>\
                <Code>AccessDenied</Code><Message>Not authorized</Message></Error></ErrorResponse>"""));
        AstResult denied = ask();
        assertThat(denied.exit()).isEqualTo(3);
        assertThat(denied.err())
                .contains("HTTP 403, AccessDenied: Not authorized")
                .doesNotContain("id-default");

        sts.on("POST /", Answer.status(307).header("Location", "https://evil.example/"));
        assertThat(ask().exit()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not XML",
                "<a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                "<a><AccessKeyId>A B</AccessKeyId></a>",
                "<a><AccessKeyId>A</AccessKeyId><AccessKeyId>B</AccessKeyId></a>",
            })
    void anAnswerThatIsNotOfStsIsAnError(String body) {
        sts.on("POST /", Answer.text(200, body));

        AstResult answer = ask();
        assertThat(answer.exit()).as("%s", answer).isEqualTo(6);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void optionsAreChecked() {
        assertThat(desk.ask("", "aws").exit()).isEqualTo(2);
        assertThat(desk.ask("", "aws", "--role-arn", ROLE).exit()).isEqualTo(2);
        assertThat(ask("--region", "eu-central-1").exit()).isEqualTo(2);
        assertThat(ask("--duration", "60").exit()).isEqualTo(2);
        assertThat(desk.ask("", "aws", "--role-arn", ROLE, "--region", "evil.example/")
                        .exit())
                .isEqualTo(2);
        assertThat(sts.requests()).isEmpty();
    }
}
