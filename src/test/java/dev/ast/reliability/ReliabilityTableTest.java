package dev.ast.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page of reliability names every case once, with the tests that carry it out, and no test names another one. */
class ReliabilityTableTest {
    private static final Path PAGE = Path.of("docs/reliability.md");
    private static final String WRITE = "reliability.write";

    /** How many cases each group was begun with; a group may grow and loses none. */
    private static final Map<String, Integer> AT_LEAST =
            Map.of("A", 14, "B", 10, "C", 12, "D", 11, "E", 12, "F", 8, "G", 8, "H", 11, "I", 6, "J", 10);

    @Test
    void everyCaseIsListedOnceAndInOrder() throws IOException {
        Map<String, List<String>> groups = new TreeMap<>(CaseTable.read().rows().stream()
                .map(CaseTable.Row::id)
                .collect(Collectors.groupingBy(id -> id.substring(0, 1))));

        assertThat(groups).containsKeys(AT_LEAST.keySet().toArray(String[]::new));
        groups.forEach((letter, ids) -> assertThat(ids)
                .hasSizeGreaterThanOrEqualTo(AT_LEAST.getOrDefault(letter, 1))
                .isEqualTo(IntStream.rangeClosed(1, ids.size())
                        .mapToObj(number -> "%s%02d".formatted(letter, number))
                        .toList()));
    }

    @Test
    void everyCaseHasATestOrAReason() throws IOException {
        CaseTable table = CaseTable.read();

        assertThat(table.rows().stream()
                        .filter(row -> row.notHere().isEmpty())
                        .map(CaseTable.Row::id)
                        .filter(id -> !table.tests().containsKey(id)))
                .isEmpty();
    }

    @Test
    void everyTestNamesACaseThatIsListed() throws IOException {
        CaseTable table = CaseTable.read();

        assertThat(table.rows().stream().map(CaseTable.Row::id).toList())
                .containsAll(table.tests().keySet());
    }

    @Test
    void thePageIsMadeOfThem() throws IOException {
        String page = CaseTable.read().page();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("write it anew: ./mvnw -q test -Dtest=ReliabilityTableTest -D" + WRITE + "=true")
                .content()
                .isEqualTo(page);
    }
}
