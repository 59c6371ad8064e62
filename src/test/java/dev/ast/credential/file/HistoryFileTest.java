package dev.ast.credential.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.support.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    private Path folder;

    private Path path;
    private HistoryFile history;

    @BeforeEach
    void inAHomeThatDoesNotExistYet() {
        path = folder.resolve("home/history");
        history = new HistoryFile(path);
    }

    private String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void nothingIsTouchedBeforeTheFirstLine() {
        assertThat(history.read()).isEmpty();
        history.shorten();

        assertThat(path.getParent()).doesNotExist();
    }

    @Test
    @Case("D04")
    void fileAndFolderBelongToTheirOwnerOnly() throws IOException {
        history.append("whoami");

        assertThat(mode(path)).isEqualTo("rw-------");
        assertThat(mode(path.getParent())).isEqualTo("rwx------");
        assertThat(Files.readString(path)).isEqualTo("whoami\n");
    }

    @Test
    void entriesComeBackAsTheyWere() {
        List<String> entries = List.of("a", "b 'c\nd' e", "back\\slash \\n", "tab\there", "Grüße 😀", "cr\rx");

        entries.forEach(history::append);

        assertThat(history.read()).isEqualTo(entries);
    }

    @Test
    @Case("D04")
    void aLooseFileIsTightenedWhenReadAndWhenWritten() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "old\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(history.read()).containsExactly("old");
        assertThat(mode(path)).isEqualTo("rw-------");

        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        history.append("new");
        assertThat(mode(path)).isEqualTo("rw-------");
        assertThat(history.read()).containsExactly("old", "new");
    }

    @Test
    void aLinkIsRefusedAndItsTargetUntouched() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious\n");
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, victim);

        for (Runnable use : List.<Runnable>of(history::read, () -> history.append("x"), history::shorten)) {
            assertThatThrownBy(use::run)
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().exit()).isEqualTo(Exit.STORAGE))
                    .hasMessageContaining("is a symbolic link");
        }
        assertThat(Files.readString(victim)).isEqualTo("precious\n");
    }

    @Test
    void aLinkToNothingIsRefusedToo() throws IOException {
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, folder.resolve("new"));

        assertThatThrownBy(() -> history.append("x")).hasMessageContaining("is a symbolic link");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void aFolderOfThatNameIsRefused() throws IOException {
        Files.createDirectories(path);

        assertThatThrownBy(() -> history.append("x")).hasMessageContaining("is not a regular file");
    }

    @Test
    void onlyTheNewestAreKept() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(
                path,
                IntStream.range(0, HistoryFile.MOST + HistoryFile.SLACK + 1)
                        .mapToObj(i -> "line " + i + "\n")
                        .collect(Collectors.joining()));

        assertThat(history.read())
                .hasSize(HistoryFile.MOST)
                .endsWith("line 5500")
                .startsWith("line 501");
        history.shorten();

        assertThat(Files.readAllLines(path)).hasSize(HistoryFile.MOST).startsWith("line 501");
        assertThat(mode(path)).isEqualTo("rw-------");
        try (var files = Files.list(path.getParent())) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void severalShellsLoseNothingOfEachOther() throws InterruptedException {
        int each = 400;
        List<Thread> shells = new ArrayList<>();
        for (int shell = 0; shell < 4; shell++) {
            String name = "shell-" + shell + "-";
            HistoryFile own = new HistoryFile(path);
            shells.add(new Thread(() -> IntStream.range(0, each).forEach(i -> {
                own.append(name + i);
                own.shorten();
            })));
        }
        shells.forEach(Thread::start);
        for (Thread shell : shells) {
            shell.join();
        }

        assertThat(history.read()).hasSize(4 * each).doesNotHaveDuplicates();
    }

    @Test
    void whatOthersAppendIsReadFromWhereReadingEnded(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("history");
        HistoryFile one = new HistoryFile(path);
        HistoryFile.Tail none = one.after(HistoryFile.Position.BEGINNING);
        assertThat(none.entries()).isEmpty();
        new HistoryFile(path).append("first");
        HistoryFile.Tail first = one.after(none.next());
        assertThat(first.entries()).containsExactly("first");
        new HistoryFile(path).append("two\nlines");
        Files.writeString(path, "unfini", StandardOpenOption.APPEND);

        HistoryFile.Tail second = one.after(first.next());

        assertThat(second.entries()).containsExactly("two\nlines");
        Files.writeString(path, "shed\n", StandardOpenOption.APPEND);
        assertThat(one.after(second.next()).entries()).containsExactly("unfinished");
        Files.delete(path);
        assertThat(one.after(second.next()).entries()).isEmpty();
    }
}
