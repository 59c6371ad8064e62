package dev.ast.login.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code auth import}: each program's file, as that program writes it. */
class ImportTest {
    private static final String GO = """
            {"profiles":{"default":{"access_token":"go-at","refresh_token":"go-rt","expires_at":"2999-01-01T00:00:00Z",
            "user":{"id":"user_1","email":"ada@example.com","first_name":"Ada","last_name":"Lovelace",
            "account_name":"ada","account_id":"a1"},
            "accounts":[{"id":"a1","name":"ada","type":"personal","role":"owner"},
            {"id":"a2","name":"acme","type":"organization","role":"member","workos_org_id":"org_01"}],
            "current_account":"acme","previous_account":"ada"},
            "work":{"expires_at":"2999-01-01T00:00:00Z","user":{"email":"in-the-keyring@example.com"}}},
            "current_profile":"default"}
            """;

    private final ScriptedServer server = ScriptedServer.http();

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void start() {
        ast = AstInside.in(home)
                .config("ast:\n  providers:\n    astropods:\n      server: " + server.origin() + "\n      token-uri: "
                        + server.uri("/token") + "\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path write(String place, String text) throws IOException {
        Path file = home.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    void theGoProgramsFileAtOurPlaceIsKeptAsACopyAndTakenOver() throws IOException {
        Path ours = write(".ast/credentials.json", GO);
        Files.setPosixFilePermissions(home.resolve(".ast"), PosixFilePermissions.fromString("rwx------"));
        AstResult before = ast.run("whoami");
        assertThat(before.exit()).isEqualTo(7);
        assertThat(before.err()).contains("ast auth import");

        AstResult taken = ast.run("auth", "import", "--yes");

        assertThat(taken.exit()).as(taken.err()).isZero();
        assertThat(taken.err())
                .contains("as profile default", "ada@example.com")
                .doesNotContain("go-at", "go-rt");
        assertThat(taken.out()).contains("Took over profile default", "credentials.go.json");
        assertThat(home.resolve(".ast/credentials.go.json")).hasContent(GO);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve(".ast/credentials.go.json"))))
                .isEqualTo("rw-------");
        assertThat(ours).content().contains("\"version\"");
        assertThat(ast.run("whoami").out()).contains("Ada Lovelace", "acme");
        ast.run("context", "clear");
        assertThat(ast.run("token").out()).isEqualTo("go-at\n");
        server.on(
                "POST /token",
                Answer.json("{\"access_token\":\"org-at\",\"refresh_token\":\"rt-2\",\"token_type\":\"Bearer\"}"));
        ast.run("context", "use", "acme");
        assertThat(ast.run("token").out()).isEqualTo("org-at\n");
        assertThat(server.requests("POST /token").get(0).form())
                .containsEntry("refresh_token", "go-rt")
                .containsEntry("organization_id", "org_01");
    }

    @Test
    void withoutAYesNothingIsTaken() throws IOException {
        Path ours = write(".ast/credentials.json", GO);
        Files.setPosixFilePermissions(home.resolve(".ast"), PosixFilePermissions.fromString("rwx------"));

        AstResult asked = ast.run("auth", "import");

        assertThat(asked.exit()).isEqualTo(2);
        assertThat(asked.err()).contains("--yes");
        assertThat(ours).hasContent(GO);
        assertThat(home.resolve(".ast/credentials.go.json")).doesNotExist();
    }

    @Test
    void theOldProgramsFileIsReadAndLeftAlone() throws IOException {
        Path old = write(
                ".astro/credentials.json",
                GO.replace("\"refresh_token\"", "\"server_url\":\"" + server.origin() + "\",\"refresh_token\""));

        assertThat(ast.run("auth", "import", "--yes").exit()).isZero();

        assertThat(old).content().contains("go-at");
        assertThat(ast.run("profile", "show").out()).contains(server.origin().toString());
        AstResult again = ast.run("auth", "import", "--yes");
        assertThat(again.exit()).isZero();
        assertThat(again.err()).contains("Nothing was found");
    }

    @Test
    void astronomersContextsBecomeProfiles() throws IOException {
        server.on(
                "GET /private/v1alpha1/cli/auth-config",
                Answer.json("{\"clientId\":\"c\",\"audience\":\"a\",\"domainUrl\":\"" + server.origin() + "/\"}"));
        String local = "127.0.0.1:" + server.port();
        Path config = write(".astro/config.yaml", """
                context: astronomer_io
                contexts:
                  local:
                    domain: %s
                    workspace: clws1
                    token: Bearer astro-at
                    refreshtoken: astro-rt
                    user_email: ada@example.com
                    expiresin: "2083-01-01T00:00:00Z"
                  example_com:
                    domain: example.com
                    token: apc-token
                    refreshtoken: ""
                  signed_out:
                    domain: astronomer.io
                    token: ""
                """.formatted(local));
        String before = Files.readString(config);

        AstResult taken = ast.run("auth", "import", "--yes", "-o", "json");

        assertThat(taken.exit()).as(taken.err()).isZero();
        assertThat(taken.out())
                .contains("\"provider\":\"astronomer\"", "\"provider\":\"astronomer-private-cloud\"")
                .contains("https://houston.example.com")
                .doesNotContain("astronomer.io");
        assertThat(config).hasContent(before);
        assertThat(ast.run("token", "--domain", local).out()).isEqualTo("astro-at\n");
        assertThat(ast.run("token", "--domain", "example.com").out()).isEqualTo("apc-token\n");
        assertThat(ast.credentials()).contains("astro-rt");
    }

    @Test
    void theParentOfAstronomersFolderCanBeNamed() throws IOException {
        write("elsewhere/.astro/config.yaml", "contexts:\n  example_com:\n    token: t-1\n");
        ast.env("ASTRO_HOME", home.resolve("elsewhere").toString());

        assertThat(ast.run("auth", "import", "--yes").out()).contains("example.com");
    }

    @Test
    void astronomersFallbackFileHasDomainsForKeys() throws IOException {
        write(
                ".astro/credentials.json",
                "{\"example.com\":{\"token\":\"Bearer fb-at\",\"refreshtoken\":\"\",\"user_email\":\"ada@example.com\","
                        + "\"expires_at\":\"2999-01-01T00:00:00Z\"}}");

        assertThat(ast.run("auth", "import", "--yes").exit()).isZero();

        assertThat(ast.run("token", "--profile", "example.com").out()).isEqualTo("fb-at\n");
    }

    @Test
    void nextflowsTokenIsTakenWithItsEndpointAndWorkspace() throws IOException {
        write(".nextflow/seqera-auth.config", """
                tower {
                    accessToken = 'pat-1'
                    endpoint = '%s/api'
                    enabled = true
                    workspaceId = '11'
                }
                """.formatted(server.origin()));
        server.on("GET /api/user-info", Answer.json("{\"user\":{\"id\":7,\"email\":\"ada@example.com\"}}"));

        assertThat(ast.run("auth", "import", "--yes").exit()).isZero();

        assertThat(ast.run("token", "--profile", "seqera").out()).isEqualTo("pat-1\n");
        assertThat(ast.run("whoami", "--profile", "seqera").out()).contains("ada@example.com");
        assertThat(ast.run("profile", "show", "seqera").out()).contains("/api");
    }

    @Test
    void filesThatAreNoneOfThatAreNothing() throws IOException {
        write(".astro/config.yaml", "contexts: [a, b\n  !!javax.script.ScriptEngineManager {}");
        write(".astro/credentials.json", "{\"profiles\":7,\"../x\":{\"token\":\"t\"}}");
        write(".nextflow/seqera-auth.config", "tower { }");

        AstResult nothing = ast.run("auth", "import", "--yes");

        assertThat(nothing.exit()).isZero();
        assertThat(nothing.err()).contains("Nothing was found");
    }
}
