package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.Case;
import dev.ast.support.ManyRuns;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many lines in one process: where they come from, how they are read, and how a script ends. */
class ScriptIT {
    private final AstWorld world = AstWorld.create();
    private final AuthorizationServer server = new AuthorizationServer();
    private AuthorizationServer.Tokens tokens = new AuthorizationServer.Tokens("", "");

    @BeforeEach
    void signIn() {
        tokens = Sessions.signIn(world, server, "default", Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        server.close();
        world.close();
    }

    @Test
    void readsFileStandardInputAndPipeAlike() throws IOException {
        String script = "token\nprofile list -o json\n";
        Files.writeString(world.work().resolve("two lines.ast"), script);
        AstResult file = world.run("--script", "two lines.ast");
        assertThat(file.exit()).as("%s", file).isZero();
        assertThat(file.outLines()).hasSize(2).first().isEqualTo(tokens.access());
        assertThat(world.runWithInput(script, "--script", "-")).isEqualTo(file);
        assertThat(world.runWithInput(script)).isEqualTo(file);
        assertThat(world.runWithInput(script, "--script=-", "--quiet")).isEqualTo(file);
        assertThat(world.runWithInput("")).isEqualTo(new AstResult(0, "", ""));
    }

    @Test
    void readsLinesAsAShellWouldWithoutExpanding() {
        AstResult result = world.runWithInput("""
                \ufeff# a comment first
                api POST /api/one -f "a=two words" -f 'b=it''s' -f c=back\\\\slash \\
                   -f d="\\$HOME `id` \\"q\\"" \r
                \t# an indented comment\r

                api POST /api/two -f '#=no comment' -f e=漢字
                token""");
        assertThat(result.exit()).as("%s", result).isZero();
        assertThat(server.requests("POST /api/one").get(0).text())
                .isEqualTo(
                        "{\"a\":\"two words\",\"b\":\"its\",\"c\":\"back\\\\slash\",\"d\":\"$HOME `id` \\\"q\\\"\"}");
        assertThat(server.requests("POST /api/two").get(0).text()).isEqualTo("{\"#\":\"no comment\",\"e\":\"漢字\"}");
        assertThat(result.out()).endsWith(tokens.access() + "\n");
    }

    @Test
    @Case("H08")
    void endsAtTheFirstFailingLineWithItsCode() throws IOException {
        Files.writeString(world.work().resolve("s.ast"), """
                # line 1
                token
                token \\
                  --profile fresh
                profile create never
                """);
        AstResult result = world.run("--script", "s.ast");
        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.out()).isEqualTo(tokens.access() + "\n");
        assertThat(result.err()).isEqualTo("""
                ast: s.ast:3: there is no profile fresh
                hint: ast profile list
                """);
        assertThat(Sessions.read(world).object("profiles").orElseThrow().has("never"))
                .isFalse();
    }

    @Test
    void keepsGoingIfToldAndEndsWithTheFirstCode() {
        String script = """
                token --profile fresh
                nonsense
                profile create made --server 'unclosed
                profile create made
                api GET /missing
                token
                exit
                profile create never
                """;
        AstResult result = world.runWithInput(script, "--keep-going");
        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.out()).endsWith(tokens.access() + "\n");
        assertThat(result.errLines().stream().filter(line -> line.startsWith("ast: ")))
                .containsExactly(
                        "ast: -:1: there is no profile fresh",
                        "ast: -:2: unknown command 'nonsense'",
                        "ast: -:3: a quote (') is not closed",
                        "ast: -:5: " + server.issuer() + " answered with HTTP 404");
        assertThat(Sessions.read(world).object("profiles").orElseThrow().members())
                .containsKey("made")
                .doesNotContainKey("never");
    }

    @Test
    void appliesItsGlobalOptionsToEveryLine() {
        Sessions.signIn(world, server, "prod", Duration.ofHours(1));
        AstResult result = world.runWithInput(
                "profile show\nprofile show --profile default -o yaml\nnonsense\n", "--profile", "prod", "-o", "json");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.outLines().get(0)).startsWith("{\"name\":\"prod\"");
        assertThat(result.outLines().get(1)).isEqualTo("name: default");
        assertThat(result.err()).startsWith("{\"error\":{\"code\":\"usage\",\"message\":\"-:3: unknown command");
    }

    @Test
    @Case("J02")
    void refusesOddScripts() throws IOException {
        Path odd = world.work();
        Files.write(odd.resolve("nul"), new byte[] {'t', 0, '\n'});
        Files.write(odd.resolve("latin"), new byte[] {'t', (byte) 0xe4, '\n'});
        Files.writeString(odd.resolve("self"), "--script self\n");
        Files.writeString(odd.resolve("open"), "token \\\n");
        Files.writeString(odd.resolve("long"), "token " + "x".repeat(70_000) + "\n");
        List<AstResult> results = ManyRuns.of(
                world,
                List.of("nul", "latin", "self", "open", "long").stream()
                        .map(name -> List.of("--script", name))
                        .toList());
        assertThat(results).extracting(AstResult::exit).containsOnly(2);
        assertThat(results).extracting(AstResult::out).containsOnly("");
        assertThat(results)
                .extracting(result -> result.errLines().get(0))
                .containsExactly(
                        "ast: nul:1: a script cannot hold a NUL character",
                        "ast: latin:1: the line is not UTF-8",
                        "ast: self:1: a script cannot run another script",
                        "ast: open:1: the script ends where a line is to be continued",
                        "ast: long:1: the line is longer than 65536 bytes");
    }

    /** One process, 10,000 lines, in a heap that would not hold what each of them leaves behind. */
    @Test
    @Case("J02")
    void runsTenThousandLinesWithoutGrowth() {
        AstResult result = world.runWithInput("token\n".repeat(10_000));
        assertThat(result.exit()).as("%s", result.err()).isZero();
        assertThat(result.out()).isEqualTo((tokens.access() + "\n").repeat(10_000));
    }
}
