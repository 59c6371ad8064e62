package dev.ast.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Packages;
import dev.ast.support.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the scripts in a real zsh and a real fish, with a program that answers as the call-back does. */
class ZshAndFishCompletionTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeScriptsAndProgram() throws IOException {
        for (String shell : new String[] {"zsh", "fish"}) {
            Files.writeString(folder.resolve("script." + shell), CompletionCode.of("ast." + shell));
        }
        Path program = folder.resolve("ast");
        Script.write(program, """
                #!/bin/sh
                printf '%s|' "$@" >> "$0.log"
                echo >> "$0.log"
                case "$*" in
                *--input*) printf 'body one.json\\t\\nfolder/\\t\\n' ;;
                *--profile=*) printf -- '--profile=prod\\thttps://api.example.com\\n--profile=dev\\t\\n' ;;
                *) printf 'prod\\thttps://api.example.com\\ndev\\tDevelopment\\nmy profile\\t\\n$(touch pwned)\\t\\n' ;;
                esac
                """);
        // A shell of its own, in which Tab is pressed behind the word, and which then shows what the word became.
        Files.writeString(folder.resolve("tab.zsh"), """
                zmodload zsh/zpty
                zpty z "env -i HOME=$PWD PATH=$PWD:/usr/bin:/bin TERM=dumb PS1='> ' zsh -f -i"
                zpty -w z "cd $PWD; source ./script.zsh; compdef _ast print; echo rea''dy"
                zpty -r -m z seen '*ready*'
                zpty -w -n z "print -rl -- '<' $1"$'\\t'" '>'; print EN''D"$'\\n'
                zpty -r -m z seen '*END*'
                zpty -d z
                print -r -- "${${seen##*$'\\n'<}%%>*}"
                """);
    }

    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", folder + ":/usr/bin:/bin");
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("ast.log"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "pr         | prod           | pr",
                "my\\ p     | my profile     | my p",
                "'my p      | my profile     | my p",
                "\"my p     | my profile     | my p",
                "\\$        | $(touch pwned) | $",
                "--input bo | --input body one.json | bo",
                "--input f  | --input folder/ | f"
            })
    void zshCompletesAWord(String typed, String word, String asked) throws Exception {
        Packages.require("zsh");

        String line =
                run("zsh", "-f", "tab.zsh", typed).replace("\r", "").strip().replace('\n', ' ');

        assertThat(line).isEqualTo(word);
        assertThat(calls().get(0)).startsWith("__complete|--|-rl|--|<|").endsWith("|" + asked + "|");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void zshShowsTheDescriptionsInTheOrderOfTheProgram() throws Exception {
        Packages.require("zsh");

        String shown = run("zsh", "-f", "-c", """
                compdef() { }
                compadd() { print -r -- "$1 ${lines[1]}; ${lines[2]}; ${lines[3]}" }
                source ./script.zsh
                words=(ast profile use '') CURRENT=4 PREFIX=''
                _ast
                """);

        assertThat(shown)
                .isEqualTo("-V prod            https://api.example.com; dev             Development; my profile\n");
        assertThat(calls()).containsExactly("__complete|--|profile|use||");
    }

    @Test
    void zshNeedsNoCompletionSystemBefore() throws Exception {
        Packages.require("zsh");

        assertThat(run("zsh", "-f", "-c", "source ./script.zsh && print ${_comps[ast]}"))
                .isEqualTo("_ast\n");
        assertThat(folder.resolve(".zcompdump")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ast profile use p         | prod=https://api.example.com | profile;use;p",
                "ast                       | prod=https://api.example.com dev=Development my profile $(touch pwned) |",
                "ast profile use my\\ p    | my profile                   | profile;use;my p",
                "ast profile use 'my p     | my profile                   | profile;use;my p",
                "ast -q profile use \"p    | prod=https://api.example.com | -q;profile;use;p",
                "ast 'a b' use p           | prod=https://api.example.com | a b;use;p",
                "ast whoami --profile=p    | --profile=prod=https://api.example.com | whoami;--profile=p",
                "ast --input f             | folder/                      | --input;f"
            })
    void fishCompletesAWordAndShowsDescriptions(String typed, String offered, String asked) throws Exception {
        Packages.require("fish");

        String shown = run(
                "fish",
                "--no-config",
                "-c",
                "source script.fish; complete -C $argv[1]",
                typed.equals("ast") ? "ast " : typed);

        assertThat(shown.strip().replace('\t', '=').replace('\n', ' ')).isEqualTo(offered);
        assertThat(calls()).containsExactly("__complete|--|" + (asked == null ? "" : asked.replace(';', '|')) + "|");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }
}
