package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.ClientServer;
import dev.ast.support.CodeBlock;
import dev.ast.support.ConnectProxy;
import dev.ast.support.Packages;
import dev.ast.support.RunningAst;
import dev.ast.support.Script;
import dev.ast.support.ScriptedServer;
import dev.ast.support.Sessions;
import dev.ast.support.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each block of the README and of the pages that has command lines of the program is run by a shell as it stands there.
 * Its servers exist: a proxy leads to them, whatever their names. Programs that few computers have are stood in for.
 */
class ShownLinesIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern OWN = Pattern.compile("(?m)(^|[ !|(\"])ast ");
    private static final String ISSUER = "https://login.example.com";

    /** What the tests of the samples and of the keyrings run. */
    private static final List<String> ELSEWHERE = List.of(
            "README.md: ast login --no-browser",
            "docs/sandbox.md: ast sandbox",
            "docs/configuration.md: ast log --since 1d",
            "docs/credential-helpers.md: ast why git.example.com",
            "docs/scripting.md: ast status --fields name,identity.email -o csv",
            "docs/troubleshooting.md: ast doctor",
            "docs/keyring.md: secret-tool search service ast account default        # label and attributes, and the record"
                    + " itself",
            "docs/keyring.md: apt-get install golang-docker-credential-helpers pass");

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file").env("BROWSER", "/bin/false");
    private final TestAuthority authority = new TestAuthority();
    private final ScriptedServer server = ScriptedServer.https(authority.serverKey(
            "login.example.com",
            "api.example.com",
            "git.example.com",
            "api.astronomer.io",
            "ci.example.com",
            "login.microsoftonline.com"));
    private final ClientServer login = new ClientServer(server, request -> true);
    private final ConnectProxy proxy = ConnectProxy.to(server.port());

    /** A block of a page, and the first of its lines by which it is known. */
    private record Block(String page, String language, String text) {
        String name() {
            return page + ": " + text.lines().findFirst().orElse("").replaceFirst("^(\\$|\\S* ?ast>) ", "");
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static Stream<Block> blocks() throws IOException {
        List<Block> all = new ArrayList<>();
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            for (Path page : Stream.concat(Stream.of(Path.of("README.md")), pages.sorted())
                    .filter(file -> file.toString().endsWith(".md") && !file.endsWith("automation.md")) // AutomationIT
                    .toList()) {
                CodeBlock.of(page).stream()
                        .map(block -> new Block(page.toString(), block.language(), block.text()))
                        .filter(block -> OWN.matcher(block.text()).find())
                        .forEach(all::add);
            }
        }
        assertThat(all).extracting(Block::name).containsAll(ELSEWHERE);
        return all.stream().filter(block -> !ELSEWHERE.contains(block.name()));
    }

    @BeforeEach
    void prepare() throws IOException {
        Packages.require("bash", "curl", "git", "jq", "make");
        Path trusted = Files.writeString(world.home().resolve("ca.pem"), authority.pem());
        world.env("PATH", world.home().resolve("bin") + ":" + world.program().getParent() + ":/usr/bin:/bin")
                .env("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())
                .env("AST_CA_BUNDLE", trusted.toString())
                .env("CURL_CA_BUNDLE", trusted.toString())
                .env("GIT_SSL_CAINFO", trusted.toString())
                .env("CI_SECRET", "secret-of-the-ci")
                .env("CI_TOKEN", "token-of-the-job")
                .env("ACTIONS_ID_TOKEN_REQUEST_URL", "https://ci.example.com/job?x=1")
                .env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token")
                .env("VERSION", "1.2.3")
                .env("REGION", "eu");
        for (String name : List.of("device_authorization", "token", "revocation", "userinfo")) {
            login.metadata(
                    name + "_endpoint",
                    ISSUER + "/" + name.replace("_authorization", "").replace("revocation", "revoke"));
        }
        login.metadata("issuer", ISSUER).metadata("authorization_endpoint", ISSUER + "/authorize");
        server.on("GET /api/v1/me", Answer.json("{\"id\":\"1\",\"email\":\"ada@example.com\"}"))
                .on("GET /job", Answer.json("{\"value\":\"token-of-the-job\"}"))
                .on(
                        "GET /things.git/info/refs",
                        Answer.status(200)
                                .header("Content-Type", "application/x-git-upload-pack-advertisement")
                                .body("001e# service=git-upload-pack\n00000000".getBytes(StandardCharsets.US_ASCII)))
                .on("GET /contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration", Answer.json("""
                        {"issuer": "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0",
                        "token_endpoint": "https://login.microsoftonline.com/token"}"""))
                .on("*", Answer.json("[{\"name\":\"first\"}]"));
        Sessions.write(world, """
                {"version": 1, "active_profile": "default", "profiles": {
                "default": {"provider": "astropods", "server": "https://api.example.com", "storage": "file",
                "context": {"kind": "organization", "id": "acme", "name": "acme"}, %s
                "work": {"provider": "oidc", "issuer": "%s", "client_id": "my-cli", "storage": "file", %s}}
                """.formatted(tokens("https://api.example.com", ","), ISSUER, tokens(ISSUER, "")));
        Files.createDirectories(world.home().resolve(".local/bin"));
        program("deploy.sh", "[ \"$*\" = '--region eu' ] && env | grep -q =not-a-token");
        program("a-long-job", "grep -q not-a-token \"$TOKEN_PATH\"");
        program("terraform", "[ \"$1 $API_TOKEN\" = 'apply not-a-token' ]");
        program("bazel", "echo '{\"uri\":\"https://cache.example.com/x\"}' | \"${2##*=}\" get | grep headers");
        program("go", "${3##*; } </dev/null");
        Files.writeString(world.work().resolve("archive.tar"), "an archive");
        Files.writeString(world.work().resolve("deploy.ast"), "api POST /v1/deployments/$REGION -f version=$1\n");
        Files.createSymbolicLink(
                world.work().resolve("target"), Path.of("target").toAbsolutePath());
    }

    private static String tokens(String origin, String end) {
        return """
                "identity": {"subject": "1", "email": "ada@example.com"},
                "tokens": {"access_token": "not-a-token", "token_type": "Bearer", "id_token": "not-an-id-token",
                "issued_at": "2026-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z",
                "id_token_issued_at": "2026-01-01T00:00:00Z", "id_token_expires_at": "2999-01-01T00:00:00Z",
                "origin": "%s", "authority": "%s"}}%s
                """.formatted(origin, origin, end);
    }

    // In the folder of programs, and in the current one.
    private void program(String name, String script) throws IOException {
        Path bin = Files.createDirectories(world.home().resolve("bin"));
        for (Path folder : List.of(bin, world.work())) {
            Script.write(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        }
    }

    @AfterEach
    void close() {
        world.close();
        proxy.close();
        login.close();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void runs(Block block) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(world.environment());
        String script = script(block, environment);
        try (RunningAst shell =
                RunningAst.start(List.of("/bin/bash", "-euo", "pipefail", "-c", script), environment, world.work())) {
            shell.endInput();
            AstResult ended = shell.await(LONG);
            assertThat(ended.exit()).as("%s%n%s", script, ended).isZero();
        }
    }

    private String script(Block block, Map<String, String> environment) throws IOException {
        String text = block.text();
        return switch (block.language()) {
            case "", "sh" -> plain(block);
            case "yaml" -> job(text, environment);
            case "json" -> command(text, "\"command\": \"([^\"]*)\"");
            default -> throw new AssertionError("a block of a kind that nothing runs: " + block.language());
        };
    }

    private String plain(Block block) throws IOException {
        String text = block.text();
        if (text.startsWith("#!")) {
            Script.write(world.work().resolve("script"), text);
            return "./script acme";
        }
        if (text.startsWith("things.json:")) {
            Files.writeString(world.work().resolve("Makefile"), text);
            return "make";
        }
        if (text.startsWith("[profile")) {
            return command(text, "credential_process = (.*)") + " --help";
        }
        if (text.contains("ast> ")) {
            Files.writeString(world.work().resolve("typed"), text.replaceAll("(?m)^ast> ", ""));
            return "ast --script typed";
        }
        if (text.startsWith("kubectl")) {
            Packages.require("kubectl");
            return "kubectl config set-context test && kubectl config use-context test\n" + text;
        }
        if (text.endsWith("git fetch\n")) {
            return "git init -q . && git remote add origin https://git.example.com/things.git\n"
                    + "ast profile set default --also-for https://git.example.com\n" + text;
        }
        String lines =
                text.startsWith("$ ") ? text.replaceAll("(?m)^[^$].*\n", "").replaceAll("(?m)^\\$ ", "") : text;
        return lines.replace("SOURCE", "env:CI_TOKEN")
                .replace("$PWD", world.work().toString());
    }

    // The last step of a job, with the variables that the job has.
    private static String job(String text, Map<String, String> environment) {
        Pattern.compile("(?m)^ +(AST_[A-Z_]+): (.*)$")
                .matcher(text)
                .results()
                .forEach(variable -> environment.put(variable.group(1), variable.group(2)));
        return command(text, "(?m)^ +- (?:run: )?(ast .*)$");
    }

    private static String command(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replace("/home/ada/.local/bin/ast", "ast");
    }
}
