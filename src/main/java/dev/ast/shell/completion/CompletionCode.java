package dev.ast.shell.completion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The code of the completion scripts, as files beside this class. That of zsh and fish asks the program for everything, so
 * that it shows the descriptions and is always that of the installed program; bash has no descriptions to show.
 */
final class CompletionCode {
    private CompletionCode() {}

    /** The file of a name. */
    static String of(String name) {
        try (InputStream code = CompletionCode.class.getResourceAsStream(name)) {
            if (code == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            return new String(code.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
