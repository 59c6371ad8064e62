package dev.ast.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.host.Environment;
import dev.ast.shell.grammar.Commands;
import dev.ast.support.Packages;
import dev.ast.support.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installs the completion into an empty home, asks the real shells, and removes it. */
class CompletionSetupTest {
    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void makeHomeAndProgram() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(folder.resolve("bash.script"), BashCompletion.script(Commands.catalog()));
        Path program = folder.resolve("ast");
        Script.write(program, """
                #!/bin/sh
                [ "$1 $2" != 'completion bash' ] || exec cat "${0%/*}/bash.script"
                printf 'prod\\thttps://api.example.com\\n'
                """);
    }

    private CompletionSetup setup(String shell) {
        return new CompletionSetup(Environment.of(Map.of("HOME", home.toString())), Optional.of(shell));
    }

    private List<String> install(String shell) {
        return setup(shell).install(CompleteCommand.script(shell, Commands.catalog()));
    }

    /** What is in the home, directories included. */
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(path -> !path.equals(home))
                    .map(path -> home.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("PATH", folder + ":/usr/bin:/bin", "HOME", home.toString(), "TERM", "dumb"));
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return printed.strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish", "powershell"})
    void uninstallLeavesNothing(String shell) throws IOException {
        assertThat(install(shell).get(0)).startsWith("Wrote " + home);
        assertThat(install(shell).get(0)).startsWith("It is installed already, by " + home);
        List<String> once = files();

        assertThat(setup(shell).uninstall()).last().asString().startsWith("Removed " + home);
        assertThat(files()).isEmpty();
        assertThat(setup(shell).uninstall()).containsExactly("The completion was not installed for " + shell);
        assertThat(once).noneMatch(file -> file.contains(".before-ast"));
    }

    @Test
    void bashFindsIt() throws Exception {
        install("bash");

        assertThat(files()).contains(".local/share/bash-completion/completions/ast");
        assertThat(run("bash", "--norc", "-c", """
                source ~/.local/share/bash-completion/completions/ast
                complete -p ast
                COMP_WORDS=(ast profile use p) COMP_CWORD=3
                _ast
                echo "${COMPREPLY[@]}"
                """)).isEqualTo("complete -F _ast ast\nprod");
    }

    @Test
    void zshFindsIt() throws Exception {
        Packages.require("zsh");
        install("zsh");

        assertThat(run("zsh", "-i", "-c", "print ${_comps[ast]}")).isEqualTo("_ast");
    }

    @Test
    void fishFindsIt() throws Exception {
        Packages.require("fish");
        install("fish");

        assertThat(run("fish", "-c", "complete -C 'ast profile use p'")).isEqualTo("prod\thttps://api.example.com");
    }

    @Test
    void theSettingsOfAShellStayAsTheyWere() throws IOException {
        Path settings = Files.writeString(home.resolve(".zshrc"), "setopt autocd\n");

        install("zsh");
        assertThat(settings).hasContent("setopt autocd\n# Added by ast completion install\nsource ~/.zfunc/_ast\n");
        assertThat(home.resolve(".zshrc.before-ast")).hasContent("setopt autocd\n");

        setup("zsh").uninstall();
        assertThat(settings).hasContent("setopt autocd\n");
        assertThat(files()).containsExactly(".zshrc");
    }

    @Test
    void whatIsNotOfThisProgramStays() throws IOException {
        Path file = home.resolve(".config/fish/completions/ast.fish");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "complete -c ast -a mine\n");

        assertThatThrownBy(() -> install("fish")).hasMessageContaining(file + " is there already, and not from ast");
        assertThatThrownBy(() -> setup("fish").uninstall()).hasMessageContaining("not from ast");
        assertThat(file).hasContent("complete -c ast -a mine\n");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "# Completion of ast for fish\n");
        Path file = home.resolve(".config/fish/completions/ast.fish");
        Files.createDirectories(file.resolveSibling(""));
        Files.createSymbolicLink(file, elsewhere);

        assertThatThrownBy(() -> install("fish")).hasMessageContaining(file + " is a link to another file");
        assertThat(elsewhere).hasContent("# Completion of ast for fish\n");
    }

    @Test
    void theLoginShellIsMeantWhereNoneIsNamed() {
        Map<String, String> variables = new HashMap<>(Map.of("HOME", home.toString()));
        assertThatThrownBy(() -> new CompletionSetup(Environment.of(variables), Optional.empty()))
                .hasMessageContaining("no shell is named, and SHELL is not set");
        variables.put("SHELL", "/usr/bin/fish");
        assertThat(new CompletionSetup(Environment.of(variables), Optional.empty()).shell())
                .isEqualTo("fish");
        variables.put("SHELL", "/bin/tcsh");
        assertThatThrownBy(() -> new CompletionSetup(Environment.of(variables), Optional.empty()))
                .hasMessageContaining("there is no completion for the shell 'tcsh'");
    }

    @Test
    void theDirectoriesOfTheUserAreUsed() throws IOException {
        Environment environment = Environment.of(
                Map.of("HOME", home.toString(), "XDG_DATA_HOME", folder + "/data", "ZDOTDIR", folder + "/z"));

        new CompletionSetup(environment, Optional.of("bash")).install("");
        new CompletionSetup(environment, Optional.of("zsh")).install("# Completion of ast for zsh\n");

        assertThat(folder.resolve("data/bash-completion/completions/ast")).exists();
        assertThat(folder.resolve("z/.zshrc")).content().contains("source ~/.zfunc/_ast");
    }
}
