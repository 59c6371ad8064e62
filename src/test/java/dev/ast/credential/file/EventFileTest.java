package dev.ast.credential.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("log");
    }

    @Test
    void onlyTheUserCanReadIt() throws IOException {
        EventFile file = new EventFile(path());
        assertThat(file.read()).isEmpty();
        assertThat(file.isWritable()).isTrue();
        assertThat(path()).doesNotExist();
        file.append("one");
        file.append("two");
        assertThat(file.read()).containsExactly("one", "two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void itIsBounded() throws IOException {
        EventFile file = new EventFile(path(), 100);
        for (int i = 1000; i < 1103; i++) {
            file.append("line " + i);
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("log", "log.1");
        assertThat(Files.size(folder.resolve("log.1"))).isBetween(100L, 110L);
        assertThat(file.read()).endsWith("line 1101", "line 1102").hasSizeLessThan(22);
        assertThatThrownBy(() -> file.append("x".repeat(5000))).isInstanceOf(IOException.class);
    }

    @Test
    void linesOfManyWritersStayWholeAndNoneIsLostWhenItIsFull() throws Exception {
        int writers = 8;
        int each = 200;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String text = "w" + writer + "-";
                work.add(() -> {
                    EventFile file = new EventFile(path(), 20_000);
                    for (int i = 0; i < each; i++) {
                        file.append(text + i + " " + "x".repeat(8));
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        List<String> lines = new EventFile(path(), 20_000).read();
        assertThat(lines).allMatch(line -> line.matches("w[0-7]-[0-9]{1,3} x{8}"));
        List<String> all = IntStream.range(0, writers)
                .boxed()
                .flatMap(writer -> IntStream.range(0, each).mapToObj(i -> "w" + writer + "-" + i + " xxxxxxxx"))
                .toList();
        assertThat(lines).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void alinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.createFile(folder.resolve("elsewhere"));
        Files.createSymbolicLink(path(), elsewhere);
        EventFile file = new EventFile(path());
        assertThatThrownBy(() -> file.append("one")).isInstanceOf(IOException.class);
        assertThat(file.isWritable()).isFalse();
        assertThat(elsewhere).isEmptyFile();
    }

    @Test
    void withoutADirectoryNothingIsMade() {
        EventFile file = new EventFile(folder.resolve("none/log"));
        assertThatThrownBy(() -> file.append("one")).isInstanceOf(IOException.class);
        assertThat(file.isWritable()).isFalse();
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
