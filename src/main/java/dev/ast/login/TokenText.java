package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.host.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A token as the user gives it: the text itself, {@code -} for standard input, {@code @FILE} for a file. White
 * space around it, a byte order mark and one leading {@code Bearer} are dropped; a control character or space inside is
 * refused.
 */
public final class TokenText {
    /** A token, and some white space around it. */
    private static final int LONGEST = Secret.MAX_LENGTH + 1024;

    private final Supplier<Input> input;

    /** Reads from the given input. */
    public TokenText(Supplier<Input> input) {
        this.input = input;
    }

    /**
     * The token that the text stands for.
     *
     * @param warning called when a literal token can be seen by other users of the machine
     * @throws FailureException (usage) when there is no token there, or it is unusable; the text is never repeated
     */
    public Secret read(String text, Consumer<String> warning) {
        if (text.equals("-")) {
            return fromStandardInput();
        }
        if (text.startsWith("@")) {
            try (InputStream in = input.get().file(Path.of(text.substring(1)))) {
                return secret(in);
            } catch (IOException | InvalidPathException e) {
                throw Failure.usage("cannot read the token file " + text.substring(1), "name a readable file");
            }
        }
        warning.accept("a token on the command line can be seen by other users of this machine; use - or @FILE");
        return secret(text);
    }

    /**
     * A client secret: {@code -} for standard input, {@code @FILE} for a file. White space around it is dropped.
     *
     * @throws FailureException (usage) for a secret on the command line, which other users of the machine can see; the
     *     text is never repeated
     */
    public Secret clientSecret(String text) {
        if (!text.equals("-") && !text.startsWith("@")) {
            throw Failure.usage(
                    "a client secret on the command line can be seen by other users of this machine",
                    "ast login --client-secret @FILE, or - for standard input");
        }
        try (InputStream in =
                text.equals("-") ? input.get().standard() : input.get().file(Path.of(text.substring(1)))) {
            String read = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return Secret.of((read.startsWith("\ufeff") ? read.substring(1) : read).strip());
        } catch (IOException | InvalidPathException e) {
            throw Failure.usage("cannot read the client secret from " + text, "name a readable file");
        }
    }

    /** The token on standard input. */
    public Secret fromStandardInput() {
        try (InputStream in = input.get().standard()) {
            return secret(in);
        } catch (IOException e) {
            throw Failure.usage("cannot read a token from standard input", "pipe one: … | ast login --with-token");
        }
    }

    private static Secret secret(InputStream in) throws IOException {
        return secret(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
    }

    // What editors, `echo` and a copied header leave around a token belongs to none.
    private static Secret secret(String text) {
        String token = (text.startsWith("\ufeff") ? text.substring(1) : text).strip();
        Secret secret = Secret.of(token.replaceFirst("^(?i)bearer(\\s+|$)", ""));
        if (secret.reveal().indexOf(' ') >= 0) {
            throw Failure.usage("the token holds a space");
        }
        return secret.requireBearer();
    }
}
