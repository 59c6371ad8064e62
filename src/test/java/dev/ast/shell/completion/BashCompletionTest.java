package dev.ast.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ast.shell.grammar.Commands;
import dev.ast.support.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the script in a real bash, with the variables that bash sets when Tab is pressed. */
class BashCompletionTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeScriptAndProgram() throws IOException {
        assumeTrue(Files.isExecutable(BASH), "skipped: there is no " + BASH);
        Files.writeString(folder.resolve("script"), BashCompletion.script(Commands.catalog()));
        Path program = folder.resolve("ast");
        Script.write(program, """
                #!/bin/sh
                printf '%s|' "$@" >> "$0.log"
                echo >> "$0.log"
                case "$*" in
                *--profile=*) printf -- '--profile=prod\\thttps://api.example.com\\n--profile=dev\\t\\n' ;;
                *context*) printf 'acme:eu\\tOrganization\\nacme:us\\t\\n' ;;
                *) printf 'dev\\tDevelopment\\nmy profile\\t\\nprod\\thttps://api.example.com\\n$(touch pwned)\\t\\n' ;;
                esac
                """);
    }

    private String bash(String script, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BASH.toString(), "--norc", "--noprofile", "-c", script, "bash"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", folder + ":/usr/bin:/bin");
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return printed;
    }

    /** What bash would offer for words as bash splits them, the last one at the cursor. */
    private List<String> offered(String... words) throws IOException, InterruptedException {
        String printed = bash("""
                source ./script
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                _ast
                for reply in "${COMPREPLY[@]}"; do printf '%s\\n' "$reply"; done
                """, Arrays.asList(words));
        return printed.lines().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ast,log                        | login logout",
                "ast,auth,                      | login logout token",
                "ast,profile,                   | list rename use",
                "ast,profile,u                  | use",
                "ast,-q,--output,json,profile,u | use",
                "ast,--output,=,json,profile,u  | use",
                "ast,whoami,--output,j          | json",
                "ast,whoami,-o,                 | text table json yaml csv",
                "ast,whoami,-qo,y               | yaml",
                "ast,whoami,--output,=,         | text table json yaml csv",
                "ast,whoami,--output,=          | text table json yaml csv",
                "ast,whoami,--output,=,j        | json",
                "ast,whoami,--ver               | --verbose",
                "ast,--ver                      | --version --verbose",
                "ast,login,--w                  | --web --with-token",
                "ast,login,--web,--w            | --with-token",
                "ast,login,-l,--no              | --no-input",
                "ast,auth,login,--w             | --web --with-token",
                "ast,login,-t,--web,--wi        | --with-token",
                "ast,api,-f,a,=,1,--r           | --raw-field",
                "ast,api,P                      | POST PUT PATCH",
                "ast,api,GET,                   |",
                "ast,exec,--,--out              |",
                "ast,completion,                | bash",
                "ast,help,profile,              | list rename use",
                "ast,help,prof                  | profile",
                "ast,profile,use,p              | prod",
                "ast,whoami,--profile,d         | dev",
                "ast,whoami,--profile,=,p       | prod",
                "ast,profile,use,m              | my\\ profile",
                "ast,profile,use,my\\ p         | my\\ profile",
                "ast,profile,use,'m             | my profile",
                "ast,profile,use,\"my p         | my profile",
                "ast,profile,use,$              | \\$\\(touch\\ pwned\\)",
                "ast,profile,use,\"$            | \\$(touch pwned)",
                "ast,context,use,               | acme:eu acme:us",
                "ast,context,use,acme,:,e       | eu",
                "ast,whoami,x                   |",
                "ast,$(touch pwned),`touch pwned`, |"
            })
    void offersWhatCanStand(String words, String expected) throws Exception {
        assertThat(String.join(" ", offered(words.split(",", -1)))).isEqualTo(expected == null ? "" : expected);
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void everyCommandAndOptionIsInTheScript() throws Exception {
        assertThat(offered("ast", ""))
                .containsExactly(
                        "api",
                        "auth",
                        "completion",
                        "context",
                        "exec",
                        "exit",
                        "help",
                        "login",
                        "logout",
                        "profile",
                        "quit",
                        "token",
                        "version",
                        "whoami");
        assertThat(offered("ast", "logout", ""))
                .containsExactly(
                        "--all",
                        "--color",
                        "--context",
                        "--fields",
                        "--help",
                        "--jq",
                        "--no-input",
                        "--output",
                        "--plain",
                        "--profile",
                        "--quiet",
                        "--server",
                        "--token",
                        "--verbose");
        assertThat(folder.resolve("ast.log")).doesNotExist();
    }

    @Test
    void theProgramIsStartedOnlyForNames() throws Exception {
        offered("ast", "login", "--w");
        offered("ast", "-q", "profile", "use", "my\\ p");

        assertThat(Files.readString(folder.resolve("ast.log"))).isEqualTo("__complete|--|-q|profile|use|my p|\n");
    }

    @Test
    void completesFiles() throws Exception {
        Files.writeString(folder.resolve("body one.json"), "");

        assertThat(offered("ast", "api", "--input", "bo")).containsExactly("body\\ one.json");
        assertThat(offered("ast", "exec", "bo")).containsExactly("body\\ one.json");
    }

    @Test
    void isWrittenForOldAndStrictShells() throws Exception {
        assertThat(bash("set -u; source ./script && complete -p ast", List.of()))
                .isEqualTo("complete -F _ast ast\n");
        assertThat(BashCompletion.script(Commands.catalog()))
                .doesNotContain("declare -A", "mapfile", "readarray", "eval ", "__complete)");
    }
}
