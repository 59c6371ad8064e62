package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.credential.file.TemporaryFiles;
import dev.ast.domain.FailureException;
import dev.ast.host.ChildEnvironment;
import dev.ast.host.Environment;
import dev.ast.host.Programs;
import dev.ast.support.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OuterEditorTest {
    @TempDir
    private Path folder;

    private Path home;
    private LineDisciplineTerminal terminal;

    @BeforeEach
    void open() throws IOException {
        home = folder.resolve("home");
        terminal = new LineDisciplineTerminal(
                "test", "xterm-256color", new ByteArrayOutputStream(), StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    /** Edits with a shell script that finds the file as {@code $1}. */
    private String edit(String text, String script, Map<String, String> variables) throws IOException {
        Path editor = folder.resolve("my editor");
        Script.write(editor, "#!/bin/sh\n" + script + "\n");
        Environment environment = Environment.of(variables);
        return new OuterEditor(environment, () -> new Programs(new ChildEnvironment(Set.of())), home, () -> false)
                .edit(text, new ShellTerminal(terminal, environment));
    }

    private Map<String, String> named(String variable) {
        return Map.of(variable, "'" + folder.resolve("my editor") + "'", "PATH", "/usr/bin:/bin");
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theTextComesBackAndTheFileIsGone() throws IOException {
        String seen = "stat -c '%a' \"$1\" \"${1%/*}\" >>" + folder + "/seen; cat \"$1\" >>" + folder + "/seen; ";

        assertThat(edit("whoami", seen + "echo 'status --check' >\"$1\"", named("EDITOR")))
                .isEqualTo("status --check");

        assertThat(folder.resolve("seen")).hasContent("600\n700\nwhoami\n");
        assertNothingIsLeft();
    }

    @Test
    void visualComesFirstAndMayHaveArguments() throws IOException {
        Map<String, String> variables = Map.of(
                "VISUAL", "'" + folder.resolve("my editor") + "' --wait", "EDITOR", "false", "PATH", "/usr/bin:/bin");

        assertThat(edit("a", "echo \"$1\" >\"$2\"", variables)).isEqualTo("--wait");
    }

    @Test
    void anEditorThatFailsChangesNothing() throws IOException {
        assertThatThrownBy(() -> edit("a", "echo b >\"$1\"; exit 3", named("EDITOR")))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("ended with code 3");
        assertNothingIsLeft();
    }

    @Test
    void withoutAnEditorNothingIsWritten() {
        assertThatThrownBy(() -> edit("a", "", Map.of())).hasMessageContaining("no editor is set");
        assertThatThrownBy(() -> edit("a", "", Map.of("EDITOR", "nowhere", "PATH", "/usr/bin")))
                .hasMessageContaining("there is no program nowhere");
        assertThatThrownBy(() -> edit("a", "", Map.of("EDITOR", "./editor", "PATH", "/usr/bin")))
                .hasMessageContaining("there is no program ./editor");
        assertThat(home).doesNotExist();
    }

    @Test
    void whatAKilledProcessHasLeftIsRemoved() throws IOException {
        Path left = Files.createDirectories(home.resolve("edit-999999999-1"));
        Files.writeString(left.resolve("line.txt"), "left");
        Path mine = TemporaryFiles.privateFile(home, "edit-", "line.txt", "mine");

        assertThat(left).doesNotExist();
        assertThat(mine).hasContent("mine");
    }
}
