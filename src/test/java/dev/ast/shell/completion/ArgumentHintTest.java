package dev.ast.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.Values;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Commands;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentHintTest {

    private static String hint(Catalog catalog, String line) {
        return ArgumentHint.of(CommandLine.of(catalog, List.of(line.split(" "))))
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "profile use,            [NAME]",
        "profile rename,         OLD",
        "profile rename a,       NEW",
        "profile rename a b,     ''",
        "login --provider,       NAME",
        "login,                  ''",
        "profile,                ''",
        "nonsense,               ''",
        "whoami --nonsense,      ''",
        "exec --,                PROGRAM"
    })
    void theNextWordHasAName(String line, String expected) {
        assertThat(hint(Commands.catalog(), line)).isEqualTo(expected);
    }

    @Test
    void aRequestHasAMethodAndAPath() {
        Catalog catalog = new Catalog(List.of(CommandSpec.named("api", "Session", "Send a request")
                .argument(ArgumentSpec.rest("[METHOD] PATH", "Both", Values.REQUEST))
                .does(call -> "")));

        assertThat(hint(catalog, "api")).isEqualTo("[METHOD] PATH");
        assertThat(hint(catalog, "api GET")).isEqualTo("PATH");
        assertThat(hint(catalog, "api /path")).isEmpty();
        assertThat(hint(catalog, "api GET /path")).isEmpty();
    }
}
