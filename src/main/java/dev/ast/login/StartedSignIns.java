package dev.ast.login;

import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SecretShape;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.oauth.DeviceAuthorization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sign-ins that wait to be finished, each in a file of its own that only the user can read: its device code is worth
 * the session once the sign-in is approved. A file is removed with its sign-in, and at the next start after its end.
 */
public final class StartedSignIns {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST = 64 * 1024;
    private static final int MOST = 20;
    private static final String ID = "[0-9a-f]{8}";
    private static final String ENDING = ".json";

    private final Path directory;
    private final PrivateFiles files;
    private final InstantSource clock;

    /** Sign-ins in a directory, which is made with the first one. */
    public StartedSignIns(Path directory, InstantSource clock) {
        this.directory = directory;
        this.files = new PrivateFiles(directory);
        this.clock = clock;
    }

    /**
     * Keeps a sign-in.
     *
     * @throws FailureException (failed) when twenty others wait; (storage) when it cannot be written
     */
    StartedSignIn add(
            ProfileName profile,
            Map<String, List<String>> options,
            Map<String, String> arguments,
            DeviceAuthorization authorization) {
        if (waiting().size() >= MOST) {
            throw Failure.failed(MOST + " sign-ins that were started wait already", "finish one: ast login --resume");
        }
        byte[] bytes = new byte[4];
        RANDOM.nextBytes(bytes);
        StartedSignIn started =
                new StartedSignIn(HexFormat.of().formatHex(bytes), profile, options, arguments, authorization);
        JsonObject json = new JsonObject()
                .put("profile", profile.value())
                .put("options", new LinkedHashMap<>(options))
                .put("arguments", new LinkedHashMap<>(arguments))
                .put("authorization", authorization.toJson());
        files.replace(file(started.id()), LocalJson.write(json.members()).getBytes(StandardCharsets.UTF_8));
        return started;
    }

    /**
     * A sign-in that waits.
     *
     * @param id absent for the latest
     * @throws FailureException (usage) when there is no such sign-in; (timed_out) when its code has ended
     */
    public StartedSignIn require(Optional<String> id) {
        if (id.filter(text -> !text.matches(ID)).isPresent()) {
            throw unknown(id.get());
        }
        Optional<StartedSignIn> found = id.isPresent()
                ? read(id.get())
                : all().stream()
                        .max(Comparator.comparing(one -> one.authorization().expiresAt()));
        return found.orElseThrow(() -> id.isPresent()
                ? unknown(id.get())
                : Failure.usage("no sign-in waits to be finished", "ast login --no-wait"));
    }

    private static FailureException unknown(String id) {
        return Failure.usage(
                "no sign-in " + SecretShape.quoted(id, 40) + " waits to be finished", "ast login --no-wait");
    }

    /** Forgets a sign-in. */
    void remove(StartedSignIn started) {
        files.remove(file(started.id()));
    }

    private Path file(String id) {
        return directory.resolve(id + ENDING);
    }

    /** Those that can still be finished; the others are removed. */
    private List<StartedSignIn> waiting() {
        List<StartedSignIn> waiting = new ArrayList<>();
        for (StartedSignIn one : all()) {
            if (clock.instant().isBefore(one.authorization().expiresAt())) {
                waiting.add(one);
            } else {
                remove(one);
            }
        }
        return waiting;
    }

    /** Also those whose code has ended; what cannot be read is removed. */
    private List<StartedSignIn> all() {
        List<StartedSignIn> all = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return all;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : entries) {
                String name = String.valueOf(file.getFileName());
                String id = name.substring(0, name.length() - ENDING.length());
                Optional<StartedSignIn> one = id.matches(ID) ? read(id) : Optional.empty();
                if (one.isPresent()) {
                    all.add(one.get());
                } else {
                    files.remove(file);
                }
            }
        } catch (IOException e) {
            throw Failure.storage("cannot read " + directory, "check it: ls -la " + directory);
        }
        return all;
    }

    private Optional<StartedSignIn> read(String id) {
        return files.read(file(id), LONGEST).flatMap(Json::tryObject).flatMap(json -> {
            Optional<ProfileName> profile = json.parsed("profile", ProfileName::new);
            Optional<DeviceAuthorization> authorization =
                    json.object("authorization").flatMap(DeviceAuthorization::of);
            if (profile.isEmpty() || authorization.isEmpty()) {
                return Optional.empty();
            }
            JsonObject options = json.objectOrNew("options");
            Map<String, List<String>> values = new LinkedHashMap<>();
            options.members()
                    .keySet()
                    .forEach(name -> values.put(name, options.texts(name).orElse(List.of())));
            JsonObject arguments = json.objectOrNew("arguments");
            Map<String, String> words = new LinkedHashMap<>();
            arguments.members().keySet().forEach(name -> arguments.text(name).ifPresent(text -> words.put(name, text)));
            return Optional.of(new StartedSignIn(id, profile.get(), values, words, authorization.get()));
        });
    }
}
