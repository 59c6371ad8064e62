package dev.ast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * {@code NOTICE} names every library that may be packaged, and no other one. {@code PackagedLibrariesIT} compares the
 * lists, and {@code NOTICE}, with the jars of the package.
 */
class NoticeTest {
    private static final Path LISTS = Path.of("src/test/resources/libraries");

    @Test
    void namesEveryAllowedLibraryAndNoOther() throws IOException {
        List<String> allowed = new ArrayList<>();
        for (String list : List.of("program.txt", "sandbox.txt")) {
            allowed.addAll(Files.readAllLines(LISTS.resolve(list)));
        }

        assertThat(Notice.read().keySet()).isEqualTo(new TreeSet<>(allowed));
    }

    @Test
    void namesALicenceThatMayBePackaged() throws IOException {
        Map<String, String> licences = Notice.read();

        assertThat(licences.values()).isSubsetOf("Apache-2.0", "BSD-3-Clause", "EPL-2.0", "MIT");
        assertThat(licences)
                .containsEntry("org.jline:jline", "BSD-3-Clause")
                .containsEntry("net.java.dev.jna:jna", "Apache-2.0");
    }

    @Test
    void hasTheTextOfEveryLicenceThatAsksForIt() throws IOException {
        assertThat(Files.readString(Path.of("NOTICE")))
                .contains("Redistributions in binary form must reproduce the above copyright notice")
                .contains("The above copyright notice and this permission notice shall be included in all copies");
    }
}
