package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.session.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a program asks.
 *
 * @param operation the word that it calls the helper with; empty where its protocol has none
 * @param place the host or address behind it
 * @param options the options of the protocol that are given, with their values
 * @param selection what the line names beside
 * @param input opens standard input
 * @param say prints a line for the user on standard error
 */
public record HelperQuestion(
        String operation,
        Optional<String> place,
        Map<String, String> options,
        Selection selection,
        Supplier<InputStream> input,
        Consumer<String> say) {
    /** How much of standard input is read. */
    public static final int LARGEST = 64 * 1024;

    /** Copies the map. */
    public HelperQuestion {
        options = Map.copyOf(options);
    }

    /** The value of an option. */
    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /**
     * All of standard input.
     *
     * @throws dev.ast.domain.FailureException (usage) when it is larger than 64 KiB, or no text in UTF-8
     */
    String body() {
        try (InputStream in = input.get()) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Failure.usage("standard input is larger than 64 KiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Failure.usage("standard input is not UTF-8");
        } catch (IOException e) {
            throw Failure.usage("standard input cannot be read");
        }
    }
}
