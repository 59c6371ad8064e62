package dev.ast.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.CommandSpec.Silent;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.output.Coloring;
import dev.ast.output.Format;
import dev.ast.output.Views;
import dev.ast.shell.grammar.Catalog;
import dev.ast.support.RecordedScreen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpViewTest {
    private final RecordedScreen screen = RecordedScreen.piped();
    private final Views views = new Views(screen.screen(), result -> new HelpView(List.of("Session", "Profiles")));
    private final Catalog catalog = new Catalog(commands());

    private static List<CommandSpec> commands() {
        List<CommandSpec> commands = new ArrayList<>();
        commands.add(CommandSpec.named("login", "Session", "Sign in to a platform")
                .alias("auth login")
                .describe("Shows a code and an address. ".repeat(8))
                .argument(ArgumentSpec.maybe("NAME", "Who", Values.FREE))
                .option(
                        OptionSpec.flag("no-browser", "Start no program").letter('l'),
                        OptionSpec.value("how", "WAY", "The way").from(Values.words("device", "web")),
                        OptionSpec.value("token-login", "TOKEN", "Take a token").maybe())
                .does(call -> Silent.NOTHING));
        for (String name : List.of("whoami", "status", "token", "logout")) {
            commands.add(CommandSpec.named(name, "Session", "About " + name).does(call -> Silent.NOTHING));
        }
        for (String name : List.of("list", "show", "use", "create", "set", "rename", "remove")) {
            commands.add(CommandSpec.named("profile " + name, "Profiles", "Profile " + name)
                    .does(call -> Silent.NOTHING));
        }
        commands.add(CommandSpec.named("odd", "A group of its own", "Odd").does(call -> Silent.NOTHING));
        commands.add(CommandSpec.named("hidden", "Session", "Never seen").hide().does(call -> Silent.NOTHING));
        return commands;
    }

    private String help(String... words) {
        screen.clear();
        views.show(HelpPage.about(List.of(words), catalog), Format.TEXT, Coloring.AUTO);
        return screen.out();
    }

    @Test
    void theOverviewFitsATerminal() {
        String help = help();
        assertThat(help.lines().count()).isLessThanOrEqualTo(23);
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(help)
                .startsWith("Usage: ast [COMMAND] [OPTIONS]")
                .contains("\nSession\n  login    Sign in to a platform\n  logout   About logout\n")
                .contains("\nProfiles\n  profile  create, list, remove, rename, set, show, use\n")
                .contains("-o FORMAT", "--profile NAME", "Details: ast help COMMAND, ast help topics\n")
                .doesNotContain("hidden", "auth");
        assertThat(help.indexOf("Session")).isLessThan(help.indexOf("Profiles"));
        assertThat(help.indexOf("Profiles")).isLessThan(help.indexOf("A group of its own"));
    }

    @Test
    void aCommandShowsAllThatCanBeTyped() {
        String help = help("auth", "login");
        assertThat(help)
                .startsWith(
                        "Usage: ast login [OPTIONS] [NAME]\nAlso:  ast auth login\n\nSign in to a platform.\n\nShows")
                .contains("\nArguments\n  NAME  Who\n")
                .contains("\n  -l, --no-browser", "      --how WAY              The way: device, web\n")
                .contains("      --token-login [TOKEN]  Take a token\n")
                .contains("\nExamples\n  ast login\n")
                .contains("\nAnywhere in a line: --profile NAME, ");
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void aGroupListsItsCommands() {
        assertThat(help("profile"))
                .startsWith("Usage: ast profile COMMAND [OPTIONS]\n\nCommands\n  profile create  Profile create\n")
                .endsWith("Details: ast help profile COMMAND\n");
    }

    @Test
    void programsGetItAsADocument() {
        views.show(HelpPage.about(List.of("login"), catalog), Format.JSON, Coloring.AUTO);
        assertThat(screen.out())
                .startsWith("{\"name\":\"login\",\"aliases\":[\"auth login\"],\"group\":\"Session\",")
                .contains("\"usage\":\"ast login [OPTIONS] [NAME]\"", "{\"name\":\"no-browser\",\"letter\":\"l\",")
                .contains("\"global_options\":[{\"name\":\"profile\"");
    }
}
