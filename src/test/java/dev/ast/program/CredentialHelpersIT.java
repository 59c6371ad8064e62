package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.GitServer;
import dev.ast.support.Packages;
import dev.ast.support.ScriptedServer;
import dev.ast.support.Sessions;
import dev.ast.support.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The programs themselves, which call the packaged program as their credential helper. */
class CredentialHelpersIT {
    private final AstWorld packaged = AstWorld.create();
    private final ScriptedServer server = ScriptedServer.http();
    private AstWorld world = packaged;

    @AfterEach
    void close() {
        server.close();
        packaged.close();
        if (world != packaged) {
            world.close();
        }
    }

    /** Another program, in a world of its own, which finds the helpers on its PATH. */
    private AstWorld around(String program) {
        Packages.require(program);
        world = AstWorld.around(Path.of(program.equals("git") ? "/usr/bin/git" : "/usr/bin/" + program))
                .env("PATH", packaged.program().getParent() + ":/usr/bin:/bin")
                .env("AST_STORAGE", "file");
        return world;
    }

    private void session(String access, Duration left, String... alsoFor) {
        Sessions.write(world, """
                {"version":1,"profiles":{"default":{"provider":"oidc","server":"%1$s","issuer":"%1$s","client_id":"x",\
                "scope":["openid"],"storage":"file","also_for":[%2$s],"tokens":{"access_token":"%3$s",\
                "token_type":"Bearer","refresh_token":"rt-1","id_token":"id-1","id_token_issued_at":"%4$s",\
                "id_token_expires_at":"%5$s","issued_at":"%4$s","expires_at":"%5$s","origin":"%1$s","authority":"%1$s",\
                "token_endpoint":"%1$s/token"}}}}""".formatted(
                        server.origin(),
                        alsoFor.length == 0 ? "" : "\"" + String.join("\",\"", alsoFor) + "\"",
                        access,
                        Instant.now().minus(Duration.ofHours(1)),
                        Instant.now().plus(left)));
    }

    private static String basic(String token) {
        return "Basic " + Base64.getEncoder().encodeToString(("oauth2:" + token).getBytes(StandardCharsets.UTF_8));
    }

    private AstWorld git() throws IOException {
        AstWorld git = around("git")
                .env("GIT_CONFIG_NOSYSTEM", "1")
                .env("GIT_TERMINAL_PROMPT", "0")
                .env("GIT_AUTHOR_NAME", "Ada")
                .env("GIT_AUTHOR_EMAIL", "ada@example.com")
                .env("GIT_COMMITTER_NAME", "Ada")
                .env("GIT_COMMITTER_EMAIL", "ada@example.com");
        Files.createDirectories(git.work().resolve("server"));
        ok(git.run("init", "-q", "--bare", "server/repo.git"));
        return git;
    }

    private static AstResult ok(AstResult result) {
        assertThat(result.exit()).as("%s", result).isZero();
        return result;
    }

    private static void cloneCommitAndPush(AstWorld git, String url) throws IOException {
        ok(git.run("clone", "-q", url, "clone"));
        Files.writeString(git.work().resolve("clone/file"), "content\n");
        ok(git.run("-C", "clone", "add", "file"));
        ok(git.run("-C", "clone", "commit", "-q", "-m", "Add a file"));
        ok(git.run("-C", "clone", "push", "-q", "origin", "HEAD:refs/heads/main"));
        assertThat(git.run("-C", "server/repo.git", "log", "--format=%s", "main")
                        .out())
                .isEqualTo("Add a file\n");
    }

    @Test
    void gitClonesAndPushesToAServerThatChecksBasic() throws IOException {
        AstWorld git = git();
        try (GitServer remote = new GitServer(git.work().resolve("server"), "Basic realm=\"git\"")) {
            remote.accept(basic("at-1"));
            session("at-1", Duration.ofHours(1), remote.origin());
            ok(git.run("config", "--global", "--add", "credential." + remote.origin() + ".helper", ""));
            ok(git.run("config", "--global", "--add", "credential." + remote.origin() + ".helper", "ast"));

            cloneCommitAndPush(git, remote.origin() + "/repo.git");
            assertThat(remote.sent()).isNotEmpty().containsOnly(basic("at-1"));

            // The server takes the token no more: git has it erased, and asks again at its next call.
            remote.accept(basic("at-2"));
            server.on("POST /token", Answer.json("""
                    {"access_token":"at-2","refresh_token":"rt-2","token_type":"Bearer","expires_in":3600}"""));
            assertThat(git.run("-C", "clone", "fetch").exit()).isNotZero();
            ok(git.run("-C", "clone", "fetch"));
            assertThat(server.requests("POST /token")).hasSize(1);
            assertThat(Sessions.token(git, "default", "refresh_token")).isEqualTo("rt-2");
        }
    }

    @Test
    void gitClonesAndPushesToAServerThatChecksBearer() throws IOException {
        AstWorld git = git();
        try (GitServer remote = new GitServer(git.work().resolve("server"), "Bearer realm=\"git\"")) {
            remote.accept("Bearer at-1");
            session("at-1", Duration.ofHours(1), remote.origin());
            ok(git.run("config", "--global", "credential." + remote.origin() + ".helper", "!ast credential git"));
            if (!version(git).isAtLeast(2, 46)) {
                // Before 2.46 git sends no such header by itself.
                AstWorld ast = AstWorld.around(packaged.program())
                        .env("AST_HOME", git.astHome().toString())
                        .env("AST_STORAGE", "file");
                git.env("GIT_CONFIG_COUNT", "1")
                        .env("GIT_CONFIG_KEY_0", "http." + remote.origin() + "/.extraHeader")
                        .env(
                                "GIT_CONFIG_VALUE_0",
                                ok(ast.run("credential", "headers", remote.origin()))
                                        .out()
                                        .strip());
                ast.close();
            }

            cloneCommitAndPush(git, remote.origin() + "/repo.git");
            assertThat(remote.sent()).isNotEmpty().containsOnly("Bearer at-1");
        }
    }

    private record Version(int major, int minor) {
        boolean isAtLeast(int wantedMajor, int wantedMinor) {
            return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
        }
    }

    private static Version version(AstWorld git) {
        String[] parts = git.run("--version").out().replaceFirst("[^0-9]*", "").split("[.]", -1);
        return new Version(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    @Test
    void gitCredentialFillsApprovesAndRejects() throws IOException {
        AstWorld git = git();
        session("at-1", Duration.ofHours(1), "https://git.example.com");
        ok(git.run("config", "--global", "credential.helper", "ast"));
        String request = "protocol=https\nhost=git.example.com\n";

        assertThat(ok(git.runWithInput(request, "credential", "fill")).out())
                .startsWith(request + "username=oauth2\npassword=at-1\n");
        String stored = Sessions.text(git);
        ok(git.runWithInput(request + "username=oauth2\npassword=at-1\n", "credential", "approve"));
        assertThat(Sessions.text(git)).isEqualTo(stored);
        server.on("POST /token", Answer.json("""
                {"access_token":"at-2","refresh_token":"rt-2","token_type":"Bearer","expires_in":3600}"""));
        ok(git.runWithInput(request + "username=oauth2\npassword=at-1\n", "credential", "reject"));
        assertThat(ok(git.runWithInput(request, "credential", "fill")).out()).contains("password=at-2\n");

        // Nobody answers, and git must not ask.
        AstResult other = git.runWithInput("protocol=https\nhost=git.example.org\n", "credential", "fill");
        assertThat(other.exit()).isNotZero();
        assertThat(other.out()).doesNotContain("at-2");
    }

    @Test
    void kubectlSignsInWithTheIdToken() throws IOException {
        AstWorld kubectl = around("kubectl");
        kubectl.env("KUBECONFIG", kubectl.home().resolve("config").toString());
        TestAuthority authority = new TestAuthority();
        Path trusted = kubectl.home().resolve("ca.pem");
        Files.writeString(trusted, authority.pem());
        AstResult set = kubectl.run(
                "config",
                "set-credentials",
                "ast",
                "--exec-api-version=client.authentication.k8s.io/v1",
                "--exec-interactive-mode=IfAvailable",
                "--exec-provide-cluster-info=true",
                "--exec-command=ast",
                "--exec-arg=credential",
                "--exec-arg=kubectl");
        if (set.exit() != 0) {
            // Older ones have no option for all of that.
            Files.writeString(kubectl.home().resolve("config"), """
                    {"apiVersion":"v1","kind":"Config","users":[{"name":"ast","user":{"exec":{"apiVersion":\
                    "client.authentication.k8s.io/v1beta1","command":"ast","args":["credential","kubectl"],\
                    "provideClusterInfo":true}}}]}""");
        }
        ok(kubectl.run("config", "set-context", "test", "--cluster=test", "--user=ast"));
        ok(kubectl.run("config", "use-context", "test"));
        try (ScriptedServer cluster = ScriptedServer.https(authority.serverKey("127.0.0.1"));
                ScriptedServer other = ScriptedServer.https(authority.serverKey("127.0.0.1"))) {
            cluster.on("GET /version", Answer.json("{\"major\":\"1\",\"minor\":\"20\"}"));
            session("at-1", Duration.ofHours(1), cluster.origin().toString());
            serve(kubectl, cluster, trusted);
            assertThat(ok(kubectl.run("get", "--raw", "/version")).out()).contains("\"major\"");
            assertThat(cluster.requests("GET /version"))
                    .filteredOn(request -> request.target().equals("/version"))
                    .isNotEmpty()
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).contains("Bearer id-1"));

            serve(kubectl, other, trusted);
            AstResult refused = kubectl.run("get", "--raw", "/version");
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.err()).contains("no profile that is signed in answers for " + other.origin());
            assertThat(other.requests())
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).isEmpty());
        }
    }

    private static void serve(AstWorld kubectl, ScriptedServer cluster, Path trusted) {
        ok(kubectl.run(
                "config", "set-cluster", "test", "--server=" + cluster.origin(), "--certificate-authority=" + trusted));
    }

    @Test
    void terraformFindsItsHelperAsTheRecipeSays() throws IOException {
        String page = Files.readString(Path.of("docs/credential-helpers.md"));
        String recipe = page.substring(
                        page.indexOf("mkdir -p ~/.terraform.d"), page.indexOf("credentials_helper \"ast\""))
                .replace("$PWD/target/ast/bin", packaged.program().getParent().toString())
                .replace("```", "");
        world = AstWorld.around(Path.of("/bin/sh")).env("AST_STORAGE", "file");
        session("at-1", Duration.ofHours(1), "https://app.terraform.io");
        ok(world.run("-c", recipe));

        // The helper is called by the path in that folder, with the arguments of the block, of which there are none.
        String helper = "~/.terraform.d/plugins/terraform-credentials-ast ";
        assertThat(ok(world.run("-c", helper + "get app.terraform.io")).out()).isEqualTo("{\"token\":\"at-1\"}\n");
        assertThat(ok(world.run("-c", helper + "get other.terraform.io")).out()).isEqualTo("{}\n");
        assertThat(world.runWithInput("{\"token\":\"other\"}", "-c", helper + "store app.terraform.io")
                        .exit())
                .isEqualTo(1);
        ok(world.run("-c", helper + "forget app.terraform.io"));
        assertThat(Sessions.token(world, "default", "access_token")).isEqualTo("at-1");
    }

    @Test
    void theHelpersAreTheLauncherUnderAnotherName() {
        for (List<String> helper : List.of(
                List.of("cargo-credential-ast", "--cargo-plugin", "{\"v\":[1]}\n"),
                List.of("git-credential-ast", "capability", "version 0\ncapability authtype\ncapability state\n"))) {
            try (AstWorld other = AstWorld.around(packaged.program().resolveSibling(helper.get(0)))) {
                assertThat(ok(other.run(helper.get(1))).out()).isEqualTo(helper.get(2));
            }
        }
        try (AstWorld bazel = AstWorld.around(packaged.program().resolveSibling("bazel-credential-ast"))) {
            assertThat(ok(bazel.runWithInput("{\"uri\":\"https://example.com\"}", "get"))
                            .out())
                    .isEqualTo("{\"headers\":{}}\n");
        }
    }
}
