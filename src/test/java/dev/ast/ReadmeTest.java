package dev.ast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.domain.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name what the program has, all of it and nothing else, and link to what is there. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Path COMMANDS = Path.of("docs/commands.md");
    private static final Path SCRIPTING = Path.of("docs/scripting.md");
    private static final Path PLATFORM_PAGES = Path.of("docs/platform-pages.md");
    private static final Path INDEX = Path.of("docs/README.md");

    private static final int LONGEST_README = 200;

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    @Test
    void theReadmeIsAFrontPage() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void theReadmeNamesTheTwoCommandsForANewClone() throws IOException {
        assertThat(Files.readString(README))
                .contains("./mvnw -q package -DskipTests && target/ast/bin/ast sandbox --tour\n")
                .contains("./mvnw verify\n");
    }

    @Test
    void theReadmeNamesEveryExitCode() throws IOException {
        List<String> named = codes(String.join(" ", section(README, "Exit codes")));

        assertThat(named)
                .containsSubsequence(Arrays.stream(Exit.values())
                        .flatMap(exit -> Stream.of(String.valueOf(exit.code()), exit.word()))
                        .toArray(String[]::new));
    }

    @Test
    void namesEveryCommandWithItsArgumentsAndOptions() throws IOException {
        Map<String, List<String>> expected = new TreeMap<>();
        for (CommandSpec command : ProgramCatalog.create().visible()) {
            expected.put(
                    usage(command),
                    command.options().stream().map(ReadmeTest::option).sorted().toList());
        }

        assertThat(commandsOf(section(COMMANDS, "Commands"))).isEqualTo(expected);
    }

    @Test
    void namesEveryOtherNameOfACommand() throws IOException {
        List<String> expected = new ArrayList<>();
        ProgramCatalog.create()
                .visible()
                .forEach(command -> command.aliases().forEach(alias -> expected.add("ast " + alias)));

        List<String> named = rows(section(COMMANDS, "Commands")).stream()
                .map(ReadmeTest::codes)
                .filter(codes -> codes.get(0).startsWith("ast "))
                .flatMap(codes -> codes.stream().skip(1))
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void namesEveryOptionOfAllCommands() throws IOException {
        List<String> named = rows(section(COMMANDS, "Options of every command")).stream()
                .map(row -> String.join(", ", codes(row)))
                .toList();

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        GlobalOptions.SPECS.stream().map(ReadmeTest::option).toList());
    }

    @Test
    void namesEveryExitCode() throws IOException {
        List<String> named = rows(section(SCRIPTING, "Exit codes")).stream()
                .map(row -> String.join(" ", codes(row)))
                .toList();

        assertThat(named)
                .containsExactlyElementsOf(Arrays.stream(Exit.values())
                        .map(exit -> exit.code() + " " + exit.word())
                        .toList());
    }

    @Test
    void everyRowOfThePlatformsPagesNamesATestThatIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        int rows = 0;
        for (String line : section(PLATFORM_PAGES, "From the platforms' own pages")) {
            if (!line.startsWith("| S")) {
                continue;
            }
            rows++;
            String[] cells = line.replace("\\|", "\u0001").split("\\|", -1);
            List<String> tests = codes(cells[cells.length - 2]);
            if (cells.length != 7 || tests.size() != 1 || !isTest(tests.get(0))) {
                missing.add(line);
            }
        }

        assertThat(missing).isEmpty();
        assertThat(rows).isGreaterThanOrEqualTo(22);
    }

    /** Whether a test class of this name has a test method of this name. */
    private static boolean isTest(String name) throws IOException {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 2) {
            return false;
        }
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<Path> found =
                    files.filter(file -> file.endsWith(parts[0] + ".java")).toList();
            return found.size() == 1
                    && Pattern.compile("@(?:Test|ParameterizedTest)[^{}]*\\bvoid " + Pattern.quote(parts[1]) + "\\(")
                            .matcher(Files.readString(found.get(0)))
                            .find();
        }
    }

    @Test
    void everyDocumentLinksToFilesAndHeadingsThatAreThere() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(withoutCode(document));
            while (link.find()) {
                links++;
                String target = link.group(1);
                if (target.contains("://")) {
                    continue;
                }
                Path file = target.isEmpty() ? document : document.resolveSibling(target);
                String heading = link.group(2);
                if (!Files.exists(file) || (heading != null && !anchors(file).contains(heading))) {
                    dead.add(document + " -> " + link.group());
                }
            }
        }

        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(documents().size());
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        Set<Path> named = new TreeSet<>();
        Matcher link = LINK.matcher(withoutCode(INDEX));
        while (link.find()) {
            named.add(INDEX.resolveSibling(link.group(1)).normalize());
        }

        assertThat(named)
                .containsAll(documents().stream()
                        .filter(document -> document.startsWith("docs") && !document.equals(INDEX))
                        .toList());
    }

    /** Those at the top of the repository, those of the host of the repository, and all pages. */
    private static List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> top = Files.list(Path.of(""))) {
            top.filter(path -> path.toString().endsWith(".md")).forEach(found::add);
        }
        for (String folder : List.of("docs", ".github")) {
            try (Stream<Path> below = Files.walk(Path.of(folder))) {
                below.filter(path -> path.toString().endsWith(".md")).forEach(found::add);
            }
        }
        assertThat(found).contains(README, INDEX, Path.of("CONTRIBUTING.md"), Path.of("SECURITY.md"));
        return found;
    }

    private static String withoutCode(Path document) throws IOException {
        return FENCED.matcher(Files.readString(document)).replaceAll("");
    }

    /** The headings of a document as GitHub names them in links: lower case, no signs, dashes for spaces. */
    private static Set<String> anchors(Path document) throws IOException {
        return HEADING.matcher(withoutCode(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Commands by usage, and under each the options of the rows below it. */
    private static Map<String, List<String>> commandsOf(List<String> lines) {
        Map<String, List<String>> found = new TreeMap<>();
        List<String> options = new ArrayList<>();
        for (String row : rows(lines)) {
            List<String> codes = codes(row);
            if (codes.get(0).startsWith("ast ")) {
                options = new ArrayList<>();
                assertThat(found.put(codes.get(0), options)).as(row).isNull();
            } else {
                options.add(String.join(", ", codes));
            }
        }
        found.values().forEach(list -> list.sort(null));
        return found;
    }

    /** The first cells of the table rows, without the headings and the rulers. */
    private static List<String> rows(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.replace("\\|", "\u0001").split("\\|", -1)[1].replace('\u0001', '|'))
                .filter(cell -> CODE.matcher(cell).find())
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static List<String> section(Path document, String heading) throws IOException {
        List<String> lines = Files.readAllLines(document);
        int start = lines.indexOf("## " + heading);
        assertThat(start).as(document + ", the section " + heading).isNotNegative();
        return lines.subList(start + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
    }

    private static String usage(CommandSpec command) {
        StringBuilder usage = new StringBuilder("ast " + command.name());
        for (ArgumentSpec argument : command.arguments()) {
            if (argument.count() == ArgumentSpec.Count.PROGRAM) {
                usage.append(" -- ").append(argument.name()).append(" [ARGS...]");
                continue;
            }
            boolean bare = argument.count() == ArgumentSpec.Count.ONE
                    || argument.name().startsWith("[");
            String more = argument.count() == ArgumentSpec.Count.REST ? "..." : "";
            usage.append(bare ? " " + argument.name() : " [" + argument.name() + more + "]");
        }
        return usage.toString();
    }

    private static String option(OptionSpec option) {
        String value = switch (option.takes()) {
            case NOTHING -> "";
            case VALUE -> " " + option.valueName();
            case MAYBE -> " [" + option.valueName() + "]";
        };
        return option.letter().map(letter -> "-" + letter + ", ").orElse("") + "--" + option.name() + value;
    }
}
