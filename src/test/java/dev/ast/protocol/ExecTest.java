package dev.ast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code exec}: what the program is given, and what becomes of its exit code. The token is one of the option. */
class ExecTest {
    private static final String TOKEN = "exec-canary-token";

    @TempDir
    private Path home;

    private AstInside ast() {
        return AstInside.in(home).env("ASTRO_ACCESS_TOKEN", TOKEN);
    }

    private AstResult exec(List<String> more, String... program) {
        List<String> words = new ArrayList<>(List.of("exec"));
        words.addAll(more);
        words.add("--");
        words.addAll(List.of(program));
        return ast().run(words.toArray(String[]::new));
    }

    private AstResult script(List<String> more, String script) {
        return exec(
                more, "/bin/sh", "-c", script.replace("OUT", home.resolve("out").toString()));
    }

    private String out() throws IOException {
        return Files.readString(home.resolve("out"));
    }

    @Test
    void theTokenIsInThePlatformsVariable() throws IOException {
        AstResult result = script(List.of(), "printf %s \"$ASTRO_ACCESS_TOKEN\" >OUT");

        assertThat(result).isEqualTo(new AstResult(0, "", ""));
        assertThat(out()).isEqualTo(TOKEN);
    }

    @Test
    void anotherVariableTakesItsPlace() throws IOException {
        assertThat(script(List.of("--env", "MY_TOKEN"), "printf %s/%s \"$MY_TOKEN\" \"$ASTRO_ACCESS_TOKEN\" >OUT")
                        .exit())
                .isZero();
        assertThat(out()).isEqualTo(TOKEN + "/");
    }

    @Test
    void aFileIsPrivateHoldsTheTokenAndIsGoneAfterwards() throws IOException {
        AstResult result = script(
                List.of("--token-file", "TOKEN_PATH"),
                "{ echo \"$TOKEN_PATH\"; stat -c %a \"$TOKEN_PATH\"; cat \"$TOKEN_PATH\"; } >OUT; exit 3");

        assertThat(result.exit()).isEqualTo(3);
        List<String> lines = out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith(ast().astHome() + "/exec/");
        assertThat(lines.subList(1, 3)).containsExactly("600", TOKEN);
        assertThat(ast().astHome().resolve("exec")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ast().astHome())))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 42, 42", "kill -TERM $$, 143", "kill -9 $$, 137", "kill -INT $$, 130"})
    void theExitCodeIsTheProgramsOwn(String script, int code) {
        assertThat(script(List.of(), script)).isEqualTo(new AstResult(code, "", ""));
    }

    @Test
    void whatCannotBeRunHasTheCodesOfAShell() throws IOException {
        Path plain = Files.writeString(home.resolve("plain"), "x");

        AstResult missing = exec(List.of(), "no-such-program-here");
        assertThat(missing.exit()).isEqualTo(127);
        assertThat(missing.err()).contains("there is no program 'no-such-program-here'", "hint: ");
        assertThat(exec(List.of(), home.resolve("missing").toString()).exit()).isEqualTo(127);
        assertThat(exec(List.of(), plain.toString()).exit()).isEqualTo(126);
        assertThat(exec(List.of(), home.toString()).exit()).isEqualTo(126);
        assertThat(exec(List.of("-o", "json"), "no-such-program-here").err())
                .contains("\"code\":\"not_found\"", "\"exit\":127");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "LD_PRELOAD",
                "LD_LIBRARY_PATH",
                "DYLD_INSERT_LIBRARIES",
                "BASH_ENV",
                "IFS",
                "ld_preload",
                "JAVA_TOOL_OPTIONS",
                "NODE_OPTIONS",
                "PYTHONPATH",
                "AST_HOME",
                "A-B",
                "1A",
                "A=B",
                "",
                "A\nB"
            })
    void aNameThatIsNoneOrChangesHowProgramsRunIsRefused(String name) {
        for (String option : List.of("--env", "--token-file")) {
            AstResult result = script(List.of(option, name), "echo ran >OUT");

            assertThat(result.exit()).as(option).isEqualTo(2);
            assertThat(result.out() + result.err()).doesNotContain(TOKEN);
        }
        assertThat(home.resolve("out")).doesNotExist();
    }

    @Test
    void theNamesOfTokensAreAccepted() {
        for (String name : List.of("AST_TOKEN", "GIT_TOKEN", "TF_TOKEN_app_terraform_io", "_x")) {
            assertThat(script(List.of("--env", name), "test \"$" + name + "\" = " + TOKEN)
                            .exit())
                    .as(name)
                    .isZero();
        }
        assertThat(script(List.of("--env", "A", "--token-file", "A"), "true").exit())
                .isEqualTo(2);
    }

    @Test
    void theWordsOfTheProgramStandBehindTwoHyphens() {
        AstResult result = ast().run("exec", "printenv", "ASTRO_ACCESS_TOKEN");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("ast exec -- PROGRAM");
        assertThat(ast().run("exec", "true", "--", "true").exit()).isEqualTo(2);
        assertThat(ast().run("exec", "--").exit()).isEqualTo(2);
        assertThat(ast().run("exec").exit()).isEqualTo(2);
    }

    @Test
    void aPlatformWithoutAVariableNeedsOne() {
        AstInside ast = AstInside.in(home)
                .env("AST_ISSUER", "https://login.example.com")
                .env("AST_CLIENT_ID", "cli")
                .env("AST_TOKEN", TOKEN);

        AstResult result = ast.run("exec", "--", "true");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("has no variable of its own", "ast exec --env NAME -- PROGRAM");
        assertThat(ast.run("exec", "--env", "X", "--", "/bin/sh", "-c", "test $X = " + TOKEN))
                .isEqualTo(new AstResult(0, "", ""));
    }

    @Test
    void withoutASessionNothingRuns() {
        AstResult result = AstInside.in(home).run("exec", "--", "/bin/sh", "-c", "echo ran >" + home.resolve("out"));

        assertThat(result.exit()).isEqualTo(4);
        assertThat(home.resolve("out")).doesNotExist();
    }
}
