package dev.ast.reliability;

import dev.ast.support.Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** {@code docs/reliability.md}, made of the list of cases, of the tests that name them, and of the figures of runs. */
final class CaseTable {
    private static final Path CASES = Path.of("src/test/resources/reliability/cases.txt");
    private static final Path PAGE = Path.of("src/test/resources/reliability/page.md");
    private static final Path FIGURES = Path.of("src/test/resources/reliability/figures");

    private final List<Row> rows;
    private final Map<String, List<String>> tests;

    /**
     * A line of the list of cases.
     *
     * @param heading the heading above it; empty but for the first of a group
     * @param notHere why no test carries it out; empty where one does
     */
    record Row(String heading, String id, String fault, String expected, String notHere) {}

    private CaseTable(List<Row> rows, Map<String, List<String>> tests) {
        this.rows = rows;
        this.tests = tests;
    }

    /** The cases as they are listed, and the tests as they are compiled. */
    static CaseTable read() throws IOException {
        return new CaseTable(rows(Files.readAllLines(CASES)), tests(testClasses()));
    }

    List<Row> rows() {
        return rows;
    }

    /** The tests, as {@code Class#method}, that carry out each id. */
    Map<String, List<String>> tests() {
        return tests;
    }

    /** The page as it should be. */
    String page() throws IOException {
        String page = Files.readString(PAGE).replace("{{cases}}", cases());
        for (String name : List.of("kills", "crowd", "races", "open")) {
            page = page.replace("{{" + name + "}}", figures(name));
        }
        return page;
    }

    private String cases() {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            if (!row.heading().isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append("### ")
                        .append(row.heading())
                        .append("\n\n| id | what happens | what is expected | shown by |\n| --- | --- | --- | --- |\n");
            }
            List<String> by = tests.getOrDefault(row.id(), List.of()).stream()
                    .map(test -> "`" + test + "`")
                    .toList();
            text.append("| ")
                    .append(row.id())
                    .append(" | ")
                    .append(row.fault())
                    .append(" | ")
                    .append(row.expected())
                    .append(" | ")
                    .append(String.join("<br>", by))
                    .append(by.isEmpty() || row.notHere().isEmpty() ? "" : "<br>")
                    .append(row.notHere())
                    .append(" |\n");
        }
        return text.toString().strip();
    }

    private static List<Row> rows(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        String heading = "";
        for (String line : lines) {
            if (line.startsWith("# ")) {
                heading = line.substring(2);
            } else if (!line.isBlank()) {
                String[] cells = line.split(" \\| ", -1);
                if (cells.length < 3 || cells.length > 4) {
                    throw new AssertionError(CASES + ": not ID | FAULT | EXPECTED [| WHY NOT HERE]: " + line);
                }
                rows.add(new Row(heading, cells[0], cells[1], cells[2], cells.length == 4 ? cells[3] : ""));
                heading = "";
            }
        }
        return rows;
    }

    private static Map<String, List<String>> tests(List<Class<?>> classes) {
        Map<String, List<String>> tests = new TreeMap<>();
        for (Class<?> type : classes) {
            String name = type.getName().substring(type.getPackageName().length() + 1);
            add(tests, type.getAnnotation(Case.class), name.replace('$', '.'));
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Case.class)) {
                    if (!AnnotationSupport.isAnnotated(method, Testable.class)) {
                        throw new AssertionError(method + " has @Case, but is not a test");
                    }
                    add(tests, method.getAnnotation(Case.class), name.replace('$', '.') + "#" + method.getName());
                }
            }
        }
        tests.values().forEach(list -> list.sort(null));
        return tests;
    }

    private static void add(Map<String, List<String>> tests, @Nullable Case by, String name) {
        Stream.ofNullable(by)
                .flatMap(cases -> Arrays.stream(cases.value()))
                .forEach(id ->
                        tests.computeIfAbsent(id, any -> new ArrayList<>()).add(name));
    }

    private static List<Class<?>> testClasses() throws IOException {
        Path root = Path.of(URI.create(CaseTable.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(path -> root.relativize(path).toString())
                    .filter(path -> path.matches(".*(Test|IT)(\\$[A-Za-z]\\w*)*\\.class"))
                    .sorted()
                    .<Class<?>>map(CaseTable::load)
                    .toList();
        }
    }

    private static Class<?> load(String path) {
        String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, CaseTable.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** What the runs of one kind have counted, one below the other. */
    private static String figures(String kind) throws IOException {
        List<String> runs = new ArrayList<>();
        if (Files.isDirectory(FIGURES)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(FIGURES, kind + "-*.md")) {
                for (Path file : files) {
                    runs.add(Files.readString(file).strip());
                }
            }
        }
        Collections.sort(runs);
        return runs.isEmpty() ? "No run has been recorded yet." : String.join("\n\n", runs);
    }
}
