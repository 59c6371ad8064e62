package dev.ast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.credential.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellSettingsTest {
    @TempDir
    private Path folder;

    private Path file;
    private ShellSettings aliases;

    @BeforeEach
    void open() throws IOException {
        Path home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        file = home.resolve("config.yml");
        aliases = new ShellSettings(new ConfigFile(file, new PrivateFiles(home), () -> () -> {}));
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aFileIsMadeForTheFirst() {
        assertThat(aliases.all()).isEmpty();
        aliases.set("me", "whoami -o 'a b'");
        assertThat(file).hasContent("ast:\n  shell:\n    aliases:\n      me: 'whoami -o ''a b'''\n");
        assertThat(aliases.all()).isEqualTo(Map.of("me", "whoami -o 'a b'"));
        aliases.set("me", "why");
        aliases.set("st", "status");
        assertThat(aliases.all()).isEqualTo(Map.of("me", "why", "st", "status"));
        assertThat(aliases.remove("me")).isTrue();
        assertThat(aliases.remove("me")).isFalse();
        assertThat(aliases.remove("st")).isTrue();
        assertThat(aliases.all()).isEmpty();
        aliases.set("again", "why");
        assertThat(aliases.all()).isEqualTo(Map.of("again", "why"));
    }

    @Test
    void commentsAndOtherSettingsStay() throws IOException {
        String before = """
                # mine
                ast:
                    storage: file # not the keyring
                    # the shell
                    shell:
                        prompt: '{profile}'
                    providers:
                        oidc:
                            scope: [ openid, profile ]
                other: 1
                """;
        write(before);
        aliases.set("me", "whoami");
        assertThat(file)
                .hasContent(before.replace("    providers", "        aliases:\n          me: 'whoami'\n    providers"));
        aliases.set("a", "why");
        assertThat(aliases.all()).isEqualTo(Map.of("me", "whoami", "a", "why"));
        aliases.remove("me");
        aliases.remove("a");
        assertThat(Files.readString(file))
                .contains("# mine", "# not the keyring", "# the shell", "prompt: '{profile}'");
    }

    @Test
    void thePagerIsASetting() throws IOException {
        assertThat(aliases.pager()).isEqualTo("auto");
        write("ast:\n  shell:\n    pager: less -R\n");
        assertThat(aliases.pager()).isEqualTo("less -R");
        aliases.set("a", "why");
        assertThat(aliases.pager()).isEqualTo("less -R");
    }

    @Test
    void whatIsNeitherTrueNorFalseIsReported() throws IOException {
        write("ast:\n  shell:\n    title: false\n    clipboard: 'true'\n");
        assertThat(aliases.look().title()).isFalse();
        assertThat(aliases.clipboard()).isTrue();
        write("ast:\n  shell:\n    title: maybe\n    clipboard: 7\n");
        assertThatThrownBy(aliases::look)
                .hasMessage("config.yml: the value of ast.shell.title cannot be used: true or false is expected");
        assertThatThrownBy(aliases::clipboard).hasMessageContaining("ast.shell.clipboard");
    }

    @Test
    void longValuesAreReplacedWhole() throws IOException {
        write("ast:\n  shell:\n    aliases:\n      me: >-\n        whoami\n        -o json\n      b: why\n# end\n");
        assertThat(aliases.all()).isEqualTo(Map.of("me", "whoami -o json", "b", "why"));
        aliases.set("me", "status");
        assertThat(file).hasContent("ast:\n  shell:\n    aliases:\n      me: 'status'\n      b: why\n# end\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ast: { shell: { prompt: x } }\n",
                "ast:\n  shell: { aliases: { a: b } }\n",
                "ast: text\n",
                "- a\n"
            })
    void aFormThatIsNotKnownStaysAsItIs(String text) throws IOException {
        write(text);
        assertThatThrownBy(() -> aliases.set("me", "whoami")).hasMessageContaining("config.yml");
        assertThat(file).hasContent(text);
    }

    @Test
    void textThatIsNotYamlIsReported() throws IOException {
        write("aliases: [");
        assertThatThrownBy(aliases::all).hasMessage("config.yml is not valid YAML (line 1)");
    }
}
