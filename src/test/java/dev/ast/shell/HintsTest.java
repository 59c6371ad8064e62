package dev.ast.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.domain.FailureException;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.support.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command line that a message of the program proposes is one that the program understands. */
class HintsTest {
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
    /** At the beginning of a text, behind a colon, a bar or a parenthesis, or behind a variable. */
    private static final Pattern COMMAND = Pattern.compile("(?:^|[:|] |\\(|=[a-z]+ )ast ([a-z][^)]*)");
    /** Sentences about the program that begin with its name. */
    private static final List<String> PROSE = List.of("stores no credential");

    @TempDir
    Path home;

    @Test
    @Case("J04")
    void everyProposedCommandCanBeTyped() throws IOException {
        Catalog catalog = ProgramCatalog.create();
        List<String> proposed = proposed();
        assertThat(proposed)
                .hasSizeGreaterThan(40)
                .contains("profile list", "auth import", "login --storage file", "login --profile NAME");

        List<String> wrong = new ArrayList<>();
        for (String line : proposed) {
            try {
                CommandLine.of(catalog, Tokenizer.words(line)).command();
            } catch (FailureException e) {
                wrong.add("ast " + line + ": " + e.getMessage());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> proposed() throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            sources = all.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        List<String> proposed = new ArrayList<>();
        for (Path source : sources) {
            Matcher literal = LITERAL.matcher(Files.readString(source));
            while (literal.find()) {
                Matcher command = COMMAND.matcher(literal.group(1));
                while (command.find()) {
                    String line = command.group(1).replaceAll("\\\\n.*", "").replaceAll("[;,] .*", "");
                    if (PROSE.stream().noneMatch(line::startsWith)) {
                        proposed.add(line + value(line));
                    }
                }
            }
        }
        return proposed;
    }

    /** What the source joins to a text that ends by a space. */
    private static String value(String line) {
        if (!line.endsWith(" ")) {
            return "";
        }
        return line.endsWith("--server ") ? "https://api.example.com" : line.endsWith("--to ") ? "file" : "NAME";
    }
}
