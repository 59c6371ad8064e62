package dev.ast.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Programs of the operating system that a test needs, and that not every computer has. */
public final class Packages {
    private Packages() {}

    /**
     * Goes on if all programs are on the {@code PATH}. Otherwise the test is skipped, with the reason printed; with
     * {@code AST_REQUIRE_PACKAGES=1} in the environment, as in CI, it fails, so that nothing is skipped unseen.
     */
    public static void require(String... programs) {
        for (String program : programs) {
            if (!isThere(program)) {
                String reason = "the program " + program + " is not installed";
                if ("1".equals(System.getenv("AST_REQUIRE_PACKAGES"))) {
                    throw new AssertionError(reason + ", and AST_REQUIRE_PACKAGES=1 requires it");
                }
                System.out.println("skipped: " + reason);
                Assumptions.abort(reason);
            }
        }
    }

    private static boolean isThere(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
    }
}
