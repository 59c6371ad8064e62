package dev.ast.shell.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.command.CommandSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final Catalog catalog = Commands.catalog();

    @Test
    void findsByNameAndByAlias() {
        assertThat(catalog.find("login").map(CommandSpec::name)).contains("login");
        assertThat(catalog.find("auth login").map(CommandSpec::name)).contains("login");
        assertThat(catalog.find("quit").map(CommandSpec::name)).contains("exit");
        assertThat(catalog.find("profile")).isEmpty();
        assertThat(catalog.find("profile us")).isEmpty();
        assertThat(catalog.find("")).isEmpty();
    }

    @Test
    void hiddenCommandsAreFoundButNotShown() {
        assertThat(catalog.find("__complete")).isPresent();
        assertThat(catalog.all()).extracting(CommandSpec::name).contains("__complete");
        assertThat(catalog.visible())
                .extracting(CommandSpec::name)
                .doesNotContain("__complete")
                .contains("login");
        assertThat(catalog.next("")).extracting(Catalog.Word::text).doesNotContain("__complete");
    }

    @Test
    void listsTheCommandsOfAGroup() {
        assertThat(catalog.under("profile"))
                .extracting(CommandSpec::name)
                .containsExactly("profile list", "profile rename", "profile use");
        assertThat(catalog.under("auth")).extracting(CommandSpec::name).containsExactly("login", "logout", "token");
        assertThat(catalog.under("login")).isEmpty();
        assertThat(catalog.under("prof")).isEmpty();
    }

    @Test
    void offersEachNextWordOnceWithWhatItIs() {
        assertThat(catalog.next(""))
                .extracting(Catalog.Word::text)
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
        assertThat(catalog.next("").get(1))
                .isEqualTo(new Catalog.Word("auth", "login, logout, token", java.util.Optional.empty()));
        assertThat(catalog.next("profile").get(2).description()).isEqualTo("Change the active profile");
        assertThat(catalog.next("profile").get(2).command())
                .contains(catalog.find("profile use").orElseThrow());
    }

    @Test
    void refusesTwoCommandsOfOneName() {
        CommandSpec one = CommandSpec.named("x", "", "").does(call -> "");
        CommandSpec other = CommandSpec.named("y", "", "").alias("x").does(call -> "");

        assertThatThrownBy(() -> new Catalog(List.of(one, other))).hasMessageContaining("'x'");
    }
}
