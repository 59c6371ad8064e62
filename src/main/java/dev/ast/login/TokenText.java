package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A token as a person gives it: the text itself, {@code -} for standard input, {@code @FILE} for a file. One line end
 * at the end is dropped; anything else that is no token character is refused.
 */
public final class TokenText {
    private final Supplier<InputStream> standardInput;

    /** Reads from the given standard input. */
    public TokenText(Supplier<InputStream> standardInput) {
        this.standardInput = standardInput;
    }

    /**
     * The token that the text stands for.
     *
     * @param warning is told that a literal token can be seen by other users of the machine
     * @throws FailureException (usage) when there is no token there, or it is unusable; the text is never repeated
     */
    public Secret read(String text, Consumer<String> warning) {
        if (text.equals("-")) {
            return fromStandardInput();
        }
        if (text.startsWith("@")) {
            try (InputStream in = Files.newInputStream(Path.of(text.substring(1)))) {
                return secret(in);
            } catch (IOException | InvalidPathException e) {
                throw Failure.usage("cannot read the token file " + text.substring(1), "name a readable file");
            }
        }
        warning.accept("a token on the command line can be seen by other users of this machine; use - or @FILE");
        return Secret.of(text).requireBearer();
    }

    /** The token on standard input. */
    public Secret fromStandardInput() {
        try {
            return secret(standardInput.get());
        } catch (IOException e) {
            throw Failure.usage("cannot read a token from standard input", "pipe one: … | ast login --with-token");
        }
    }

    private static Secret secret(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Secret.MAX_LENGTH + 3);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.endsWith("\n")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        return Secret.of(text).requireBearer();
    }
}
