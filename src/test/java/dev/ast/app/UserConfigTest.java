package dev.ast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.command.UserSettings.Setting;
import dev.ast.command.UserSettings.Source;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.host.Environment;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.output.Coloring;
import dev.ast.output.Conversation;
import dev.ast.output.Redactor;
import dev.ast.output.StandardInput;
import dev.ast.output.TerminalConversation;
import dev.ast.support.RecordedScreen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserConfigTest {
    private static final String WRITTEN = """
            # mine
            ast:
                storage: auto  # not yet

                # the shell
                shell:
                    # long results
                    pager: less -R   # as I like it
                    title: false
                providers:
                    work:
                        scope:       # what I need
                            - openid
                            - email
                        # who
                        client-id: cli
                        clientSecret: hunter2hunter2
                # the end
            """;

    @TempDir
    private Path folder;

    private Path file;
    private final RecordedScreen screen = RecordedScreen.piped();
    private UnaryOperator<String> editor = text -> text;
    private Environment environment = Environment.of(Map.of());

    @BeforeEach
    void make() throws IOException {
        Path home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        file = home.resolve("config.yml");
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private UserConfig config() {
        PrivateFiles files = new PrivateFiles(file.getParent());
        return new UserConfig(new ConfigFile(file, files, () -> () -> {}), environment, text -> editor.apply(text));
    }

    private Conversation conversation() {
        Interrupts interrupts = new Interrupts();
        return new TerminalConversation(
                screen.screen(),
                new StandardInput(new Input(interrupts, false)),
                interrupts,
                new Redactor(),
                new TerminalConversation.Options(false, true, Coloring.NEVER));
    }

    private Object value(String key) {
        return config().get(key).value();
    }

    @Test
    void valuesChangeInTheirLineAndAllElseStays() throws IOException {
        write(WRITTEN);
        config().set("storage", List.of("file"));
        config().set("ast.shell.pager", List.of("never"));
        config().set("shell.title", List.of("true"));
        config().set("providers.work.clientId", List.of("other-cli"));
        config().set("providers.work.scope", List.of("openid", "profile", "a b"));
        config().set("shell.suggest", List.of("false"));
        config().set("providers.work.server", List.of("https://api.example.com"));
        config().set("providers.work.parameters.audience", List.of("it's"));
        config().set("providers.new.title", List.of("New: one"));

        assertThat(file).hasContent("""
                # mine
                ast:
                    storage: file  # not yet

                    # the shell
                    shell:
                        # long results
                        pager: never   # as I like it
                        title: true
                        suggest: false
                    providers:
                        work:
                            scope: [openid, profile, 'a b']       # what I need
                            # who
                            client-id: other-cli
                            clientSecret: hunter2hunter2
                            server: https://api.example.com
                            parameters:
                              audience: 'it''s'
                        new:
                          title: 'New: one'
                    # the end
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(value("providers.work.scope")).isEqualTo(List.of("openid", "profile", "a b"));
        assertThat(config().unset("providers.work.scope")).isTrue();
        assertThat(config().unset("providers.work.parameters.audience")).isTrue();
        assertThat(config().unset("providers.new")).isTrue();
        assertThat(config().unset("shell.suggest")).isTrue();
        assertThat(config().unset("shell.suggest")).isFalse();
        assertThat(config().unset("providers.none")).isFalse();
        assertThat(Files.readString(file))
                .contains("# mine", "# the shell", "# long results", "# who", "# the end", "other-cli")
                .doesNotContain("scope", "parameters", "new:", "suggest", "audience");
        assertThat(value("providers.work.clientId")).isEqualTo("other-cli");
    }

    @Test
    void aFileIsMadeForTheFirstAndEmptyMappingsGoWithTheLast() {
        config().set("shell.programs", List.of("true"));
        assertThat(file).hasContent("ast:\n  shell:\n    programs: true\n");
        config().set("shell.prompt", List.of("{profile}> "));
        assertThat(file).hasContent("ast:\n  shell:\n    programs: true\n    prompt: '{profile}> '\n");
        config().unset("shell.programs");
        config().unset("shell.prompt");
        assertThat(file).isEmptyFile();
    }

    @Test
    void lineEndsOfWindowsStay() throws IOException {
        write("ast:\r\n  storage: auto # a\r\n");
        config().set("storage", List.of("file"));
        assertThat(Files.readString(file)).isEqualTo("ast:\r\n  storage: file # a\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shell.pagr | x | did you mean ast.shell.pager?",
                "providers.work.client-idd | x | did you mean ast.providers.work.client-id?",
                "nonsense | x | there is no setting 'nonsense'",
                "storage | nowhere | unknown storage 'nowhere'",
                "shell.title | maybe | ast.shell.title is true or false",
                "shell.programs | sometimes | is true, false or always",
                "shell.prompt | {nope} | nope",
                "providers.work.redirect-port | many | redirect-port",
                "providers.work.server | http://example.com | ast.providers.work.server",
                "providers.work.parameters.state | x | the program itself sets state",
                "providers.work.client-secret | hunter2hunter2 | a secret does not belong on a command line",
                "shell.aliases.me | whoami | an alias has a command of its own"
            })
    void whatCannotBeUsedIsRefusedAndNothingWritten(String key, String value, String why) throws IOException {
        write(WRITTEN);
        assertThatThrownBy(() -> config().set(key, List.of(value)))
                .hasMessageContaining(why)
                .hasMessageNotContaining("hunter2hunter2");
        assertThat(file).hasContent(WRITTEN);
        assertThatThrownBy(() -> config().set("storage", List.of("auto", "file")))
                .hasMessageContaining("one value");
        assertThat(file).hasContent(WRITTEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'ast: { storage: auto }'",
                "'ast.storage: auto'",
                "'- a'",
                "'ast: text'",
                "'a: &x\n  b: 1\nast: *x'"
            })
    void aFormThatIsNotKnownStaysAsItIs(String text) throws IOException {
        write(text);
        assertThatThrownBy(() -> config().set("storage", List.of("file"))).hasMessageContaining("config.yml");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void aFileThatOthersCanReadIsNotChanged() throws IOException {
        write(WRITTEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> config().set("storage", List.of("file"))).hasMessageContaining("mode 644");
        assertThat(file).hasContent(WRITTEN);
    }

    @Test
    void theListSaysWhereAValueComesFromAndHidesSecrets() throws IOException {
        write(WRITTEN);
        environment = Environment.of(Map.of("AST_STORAGE", "keyring"));
        List<Setting> all = config().list(false);
        assertThat(all)
                .contains(
                        new Setting("ast.storage", "keyring", Source.ENVIRONMENT),
                        new Setting("ast.shell.pager", "less -R", Source.FILE),
                        new Setting("ast.shell.title", false, Source.FILE),
                        new Setting("ast.shell.clipboard", true, Source.DEFAULT),
                        new Setting("ast.shell.prompt", null, Source.DEFAULT),
                        new Setting("ast.providers.work.scope", List.of("openid", "email"), Source.FILE),
                        new Setting("ast.providers.work.clientSecret", "[secret]", Source.FILE));
        assertThat(all).extracting(Setting::key).noneMatch(key -> key.contains("astropods"));
        assertThat(config().list(true))
                .contains(new Setting("ast.providers.astropods.title", "Astro AI", Source.DEFAULT));
        assertThat(value("providers.work.client-secret")).isEqualTo("[secret]");
        assertThat(config().get("providers.astropods.title").source()).isEqualTo(Source.DEFAULT);
        assertThat(value("providers.work.title")).isNull();
        assertThatThrownBy(() -> config().get("storag")).hasMessageContaining("did you mean ast.storage?");
    }

    @Test
    void anEditorsTextIsSavedWhenItCanBeRead() throws IOException {
        write(WRITTEN);
        assertThat(config().edit(conversation())).isFalse();
        editor = text -> text.replace("auto", "file");
        assertThat(config().edit(conversation())).isTrue();
        assertThat(Files.readString(file)).isEqualTo(WRITTEN.replace("auto", "file"));
        for (String wrong : List.of("ast: [", "ast:\n  storage: nowhere\n", "ast:\n  shell:\n    title: maybe\n")) {
            editor = text -> wrong;
            assertThatThrownBy(() -> config().edit(conversation())).isNotNull();
            assertThat(Files.readString(file)).isEqualTo(WRITTEN.replace("auto", "file"));
        }
        editor = text -> "ast:\n  shell:\n    pagr: x\n";
        assertThat(config().edit(conversation())).isTrue();
        assertThat(screen.err()).contains("warning: config.yml: unknown key ast.shell.pagr");
        editor = text -> {
            try {
                write("# another was quicker\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return "ast:\n  storage: file\n";
        };
        assertThatThrownBy(() -> config().edit(conversation())).hasMessageContaining("another process");
        assertThat(file).hasContent("# another was quicker\n");
    }

    @Test
    void theKeysAreThoseThatTheProgramReads() {
        assertThat(KnownSettings.values().words()).contains("ast.storage", "ast.shell.programs");
        assertThat(SettingsReader.unknownKeys(SealedEnvironment.ofText("""
                ast:
                  storage: file
                  shell:
                    pager: a
                    prompt: b
                    title: true
                    clipboard: true
                    suggest: true
                    programs: true
                    nope: 1
                """))).containsExactly("ast.shell.nope");
    }
}
