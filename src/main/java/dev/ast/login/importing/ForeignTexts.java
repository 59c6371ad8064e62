package dev.ast.login.importing;

import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads what other programs wrote, without trusting that it is well made. */
final class ForeignTexts {
    private static final long LARGEST = 1024 * 1024;
    private static final String BEARER = "Bearer ";

    private ForeignTexts() {}

    /** A regular file of at most 1 MiB; empty when there is none that can be read. */
    static Optional<byte[]> bytes(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A token, with or without the word Bearer before it. */
    static Optional<Secret> token(Optional<String> text) {
        return text.map(String::strip)
                .map(found -> found.startsWith(BEARER) ? found.substring(BEARER.length()) : found)
                .filter(found -> !found.isEmpty())
                .flatMap(found -> {
                    try {
                        return Optional.of(Secret.of(found));
                    } catch (FailureException e) {
                        return Optional.empty();
                    }
                });
    }

    /** A time as ISO 8601 text or as seconds. */
    static Optional<Instant> time(JsonObject object, String name) {
        Optional<Instant> seconds =
                object.number(name).filter(number -> number > 0).map(Instant::ofEpochSecond);
        return seconds.or(() -> object.text(name).flatMap(ForeignTexts::time));
    }

    static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<ServerOrigin> server(Optional<String> text) {
        return text.flatMap(ServerOrigin::tryParse);
    }
}
