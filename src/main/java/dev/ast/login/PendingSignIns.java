package dev.ast.login;

import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.json.Json;
import dev.ast.json.LocalJson;
import dev.ast.oauth.DeviceAuthorization;
import dev.ast.oauth.OAuthClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The codes that are waited for, one for each client and what it asks for, so that processes which want the same sign-in
 * share one. A code is in a file that only the user can read, as in {@link StartedSignIns}; one process leads, which asks for
 * it and polls; those beside it wait for the lead. What a killed leader has left can be gone on with until the code ends.
 */
public final class PendingSignIns {
    private static final String ENDING = ".pending";
    private static final int LONGEST = 64 * 1024;

    private final Path directory;
    private final PrivateFiles files;
    private final LockFiles locks;
    private final InstantSource clock;

    /** Codes in a directory, which is made with the first one. */
    public PendingSignIns(Path directory, LockFiles locks, InstantSource clock) {
        this.directory = directory;
        this.files = new PrivateFiles(directory);
        this.locks = locks;
        this.clock = clock;
    }

    /** The name of a sign-in: the same for all that ask for the same. Nothing of a secret is in it. */
    static String key(OAuthClient client) {
        String all = String.join(
                "\n",
                client.profile().value(),
                client.server().toString(),
                client.issuer().toString(),
                client.given().toString(),
                client.clientId(),
                client.scopes().toString(),
                new TreeMap<>(client.parameters()).toString(),
                client.options().audience().toString(),
                client.options().resources().toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Takes the lead of a sign-in; empty when another process has it. */
    Optional<LockFiles.Held> lead(String key) {
        return locks.now("sign-in-" + key);
    }

    /** Takes the place of the one who leads next; empty when another process waits there. */
    Optional<LockFiles.Held> heir(String key) {
        return locks.now("sign-in-" + key + "-next");
    }

    /** The code that is waited for, if there is one and it has not ended. */
    Optional<DeviceAuthorization> code(String key) {
        return code(directory.resolve(key + ENDING));
    }

    private Optional<DeviceAuthorization> code(Path file) {
        return files.read(file, LONGEST)
                .flatMap(Json::tryObject)
                .flatMap(DeviceAuthorization::of)
                .filter(code -> clock.instant().isBefore(code.expiresAt()));
    }

    /** Keeps a new code, and removes those that have ended. */
    void keep(String key, DeviceAuthorization code) {
        sweep();
        files.replace(
                directory.resolve(key + ENDING),
                LocalJson.write(code.toJson().members()).getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets a code. */
    void forget(String key) {
        files.remove(directory.resolve(key + ENDING));
    }

    private void sweep() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : all) {
                if (code(file).isEmpty()) {
                    files.remove(file);
                }
            }
        } catch (IOException e) {
            return; // the next sign-in tries again
        }
    }
}
