package dev.ast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each promise of {@code docs/security.md} names tests that are there. */
class SecurityModelTest {
    private static final Pattern CODE = Pattern.compile("`([A-Za-z]+)\\.([A-Za-z]+)`");

    @Test
    void everyPromiseNamesATestThatIsThere() throws IOException {
        String page = Files.readString(Path.of("docs/security.md"));
        List<String> rows = page.substring(page.indexOf("## What is promised"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise") && !line.startsWith("| ---"))
                .toList();
        List<String> missing = new ArrayList<>();
        for (String row : rows) {
            Matcher test = CODE.matcher(row);
            if (!test.find()) {
                missing.add(row);
                continue;
            }
            do {
                if (!isTest(test.group(1), test.group(2))) {
                    missing.add(test.group());
                }
            } while (test.find());
        }
        assertThat(missing).isEmpty();
        assertThat(rows).hasSizeGreaterThan(25);
        assertThat(isTest("SecurityModelTest", "isTest")).isFalse();
        assertThat(isTest("SecurityModelTest", "nothing")).isFalse();
    }

    /** Whether a class has a method of this name that is annotated as a test. */
    private static boolean isTest(String type, String method) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<Path> found =
                    files.filter(file -> file.endsWith(type + ".java")).toList();
            if (found.size() != 1) {
                return false;
            }
            String source = Files.readString(found.get(0));
            int at = source.indexOf(" void " + method + "(");
            int before = at < 0 ? -1 : source.lastIndexOf("\n    }\n", at);
            return at >= 0
                    && Pattern.compile("@(Test|ParameterizedTest)\\b")
                            .matcher(source.substring(Math.max(before, 0), at))
                            .find();
        }
    }
}
