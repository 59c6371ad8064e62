package dev.ast.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.domain.FailureException;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each line of {@code ast} on the pages for users of other programs is one that the program understands. */
class ComingFromTest {
    private static final List<Path> PAGES = List.of(Path.of("docs/coming-from.md"), Path.of("docs/comparison.md"));
    private static final Pattern LINE = Pattern.compile("`ast ([^`]+)`");

    @Test
    void everyLineCanBeTyped() throws IOException {
        Catalog catalog = ProgramCatalog.create();
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        for (Path page : PAGES) {
            Matcher line = LINE.matcher(Files.readString(page));
            while (line.find()) {
                lines++;
                try {
                    CommandLine.of(catalog, Tokenizer.words(line.group(1))).command();
                } catch (FailureException e) {
                    wrong.add(line.group(1) + ": " + e.getMessage());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(lines).isGreaterThan(40);
    }
}
