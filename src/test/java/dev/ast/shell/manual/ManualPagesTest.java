package dev.ast.shell.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.shell.HelpExamples;
import dev.ast.shell.HelpTopic;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.support.Packages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual pages are complete, and good for the programs that show them. */
class ManualPagesTest {
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|BROWSER|TERM|ACCESSIBLE");

    private final Catalog catalog = ProgramCatalog.create();
    private final Map<String, String> pages = new ManualPages(catalog, LocalDate.of(2026, 11, 22)).all();

    @TempDir
    private Path folder;

    @Test
    void everyCommandAndEveryTopicHasAPage() {
        List<String> expected = new ArrayList<>(List.of("man1/ast.1"));
        catalog.visible().forEach(command -> expected.add(place(command)));
        HelpTopic.all().forEach(topic -> expected.add("man7/ast-" + topic.name() + ".7"));

        assertThat(pages.keySet())
                .containsExactlyInAnyOrderElementsOf(expected)
                .contains("man1/ast-login.1", "man7/ast-scripting.7", "man7/ast-environment.7")
                .contains("man7/ast-exit-codes.7", "man7/ast-security.7");
    }

    @Test
    void aPageNamesEveryOptionOfItsCommand() {
        for (CommandSpec command : catalog.visible()) {
            assertThat(tags(command.options())).allMatch(pages.get(place(command))::contains);
        }
        assertThat(tags(GlobalOptions.SPECS)).isNotEmpty().allMatch(pages.get("man1/ast.1")::contains);
    }

    private static List<String> tags(List<OptionSpec> options) {
        return options.stream()
                .map(option -> "Fl \\-" + option.name().replace("-", "\\-"))
                .toList();
    }

    @Test
    void aPageShowsExamplesThatTheProgramAccepts() throws Exception {
        Packages.require("mandoc");
        for (CommandSpec command : catalog.visible()) {
            String shown = run(
                    "mandoc",
                    "-T",
                    "utf8",
                    "-O",
                    "width=200",
                    write(place(command)).toString());
            List<String> lines = shown.replaceAll(".\b", "")
                    .replaceAll(" \\\\\n +", " ")
                    .lines()
                    .map(String::strip)
                    .toList();
            for (String example : HelpExamples.of(command.name())) {
                assertThat(lines).contains(example);
                assertThat(CommandLine.of(catalog, Tokenizer.words(example)).failure())
                        .isEmpty();
            }
        }
    }

    @Test
    void mandocFindsNothingToComplainAbout() throws Exception {
        Packages.require("mandoc");
        List<String> command = new ArrayList<>(List.of("mandoc", "-T", "lint", "-W", "style"));
        for (String place : pages.keySet()) {
            command.add(write(place).toString());
        }

        assertThat(run(command.toArray(String[]::new))).isEmpty();
    }

    @Test
    void theTopicOfTheEnvironmentNamesTheVariablesOfTheDocumentation() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/configuration.md"));
        List<String> documented = rows.subList(rows.indexOf("## Environment"), rows.size()).stream()
                .takeWhile(line -> !line.startsWith("## Precedence"))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[1])
                .toList();
        HelpTopic topic = HelpTopic.named(List.of("environment")).orElseThrow();

        assertThat(variables(topic.terms().keySet()))
                .isEqualTo(variables(documented))
                .hasSizeGreaterThan(30);
    }

    private static Set<String> variables(Iterable<String> texts) {
        Set<String> found = new TreeSet<>();
        texts.forEach(text -> VARIABLE.matcher(text).results().forEach(one -> found.add(one.group())));
        return found;
    }

    @Test
    void whatWouldBeAMacroIsText() {
        String page = new Mdoc("ast-x", 1, "a \"b\"", LocalDate.of(2026, 1, 2))
                .paragraph(".Sh it's one. 'Two' is --three\\n-way")
                .toString();

        assertThat(page)
                .contains(".Dd January 2, 2026\n", ".Nd \"\\&a \\(dqb\\(dq\"\n")
                .endsWith("\\&.Sh it\\(aqs one.\n\\(aqTwo\\(aq is \\-\\-three\\en-way\n");
    }

    private static String place(CommandSpec command) {
        return "man1/ast-" + command.name().replace(' ', '-') + ".1";
    }

    private Path write(String place) throws IOException {
        Path file = folder.resolve(place);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, pages.get(place));
    }

    /** What a program prints; it knows the pages by MANPATH. */
    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(Arrays.asList(command)).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MANPATH", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return printed;
    }
}
