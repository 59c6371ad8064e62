package dev.ast.credential.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.domain.FailureException;
import dev.ast.support.Case;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that somebody exchanges while it is written. */
class PrivateFilesTest {
    @TempDir
    Path folder;

    @Test
    @Case("E04")
    void aLinkPutInPlaceWhileSavingLeadsNowhere() throws Exception {
        Path home = folder.resolve("home");
        PrivateFiles files = new PrivateFiles(home);
        Path file = home.resolve("credentials.json");
        Path victim = Files.writeString(folder.resolve("victim"), "untouched");
        files.replace(file, new byte[0]);
        AtomicBoolean over = new AtomicBoolean();
        Thread swapper = new Thread(() -> swapUntil(over, file, victim), "swapper");
        swapper.start();
        int saved = 0;
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            try {
                files.replace(file, "a secret".getBytes(StandardCharsets.UTF_8));
                saved++;
            } catch (FailureException e) {
                refused++;
            }
        }
        over.set(true);
        swapper.join();

        assertThat(saved + refused).isEqualTo(1000);
        assertThat(saved).isPositive();
        assertThat(victim).hasContent("untouched");
    }

    private static void swapUntil(AtomicBoolean over, Path file, Path victim) {
        Path link = file.resolveSibling("link");
        while (!over.get()) {
            try {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, victim);
                Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Thread.onSpinWait();
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The writer was quicker.
            }
        }
    }
}
