package dev.ast.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.command.CommandSpec;
import dev.ast.domain.Exit;
import dev.ast.output.Coloring;
import dev.ast.output.Page;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.support.RecordedScreen;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What help says beyond the options of a command. */
class HelpTopicTest {
    /** What they do is their name. */
    private static final Set<String> OBVIOUS = Set.of("clear", "version", "ai");

    private final Catalog catalog = ProgramCatalog.create();

    @Test
    void everyExampleIsALineThatTheProgramAccepts() {
        for (String command : HelpExamples.commands()) {
            for (String example : HelpExamples.of(command)) {
                List<String> words = Tokenizer.words(example);
                CommandLine line = CommandLine.of(catalog, words);
                assertThat(line.failure()).as(example).isEmpty();
                assertThat(line.command().name()).as(example).isEqualTo(command);
            }
        }
    }

    @Test
    void everyCommandHasAnExample() {
        assertThat(catalog.visible())
                .extracting(CommandSpec::name)
                .filteredOn(
                        name -> !OBVIOUS.contains(name) && HelpExamples.of(name).isEmpty())
                .isEmpty();
    }

    @Test
    void theTopicsAreFoundByTheirWords() {
        assertThat(HelpTopic.named(List.of("topics")).orElseThrow().terms().keySet())
                .containsExactly("profiles", "storage", "scripting", "environment", "exit-codes", "security", "keys");
        assertThat(HelpTopic.named(List.of("exit", "codes"))).isPresent();
        assertThat(HelpTopic.named(List.of("exit-codes")).orElseThrow().terms()).hasSize(Exit.values().length);
        assertThat(HelpTopic.named(List.of("login"))).isEmpty();
        assertThat(HelpTopic.named(List.of())).isEmpty();
    }

    @Test
    void noTopicHasTheNameOfACommand() {
        for (HelpTopic topic : HelpTopic.all()) {
            assertThat(catalog.find(topic.name())).as(topic.name()).isEmpty();
            assertThat(catalog.under(topic.name())).as(topic.name()).isEmpty();
        }
    }

    @Test
    void aTopicFitsItsScreen() {
        RecordedScreen terminal = RecordedScreen.terminal();
        for (HelpTopic topic : HelpTopic.all()) {
            Page page = new Page(terminal.screen(), Coloring.NEVER);
            new HelpTopic.Look().text(topic, page);
        }
        assertThat(terminal.out().lines().toList())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
    }
}
