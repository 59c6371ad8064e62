package dev.ast.credential.file;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SecretShape;
import dev.ast.host.AstHome;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code credentials.json}: profiles, and the tokens that no keyring holds. Every change reads again under the store's
 * lock, keeps members that this version does not know, and replaces the file whole. A file that is corrupt, newer, or
 * of another program is never overwritten.
 */
public final class CredentialsFile {
    /** The schema that this program writes. */
    public static final int VERSION = 1;

    private static final String COPIES = "credentials.go{,-[0-9]*}.json";
    /** Enough for 20,000 profiles; a JVM of 256 MiB can read, change and write that much. */
    private static final int LIMIT = 16 * 1024 * 1024;

    private final Path path;
    private final PrivateFiles files;
    private final LockFiles locks;
    private volatile @Nullable Kept kept;

    /** The file of a home. */
    public CredentialsFile(AstHome home, PrivateFiles files, LockFiles locks) {
        this.path = home.credentialsFile();
        this.files = files;
        this.locks = locks;
    }

    /** Where the file lies. */
    public Path path() {
        return path;
    }

    /**
     * The whole document; an empty one when there is no file.
     *
     * @throws dev.ast.domain.FailureException (storage) when it is corrupt, newer, foreign or unsafe
     */
    public JsonObject read() {
        return snapshot().map(Snapshot::whole).orElseGet(JsonObject::new);
    }

    /** The document without its profiles, which may be many. */
    public JsonObject head() {
        return now().head();
    }

    /** One profile's object, tokens included where they are in the file. */
    public Optional<JsonObject> profile(ProfileName name) {
        return now().profile(name);
    }

    /** The file as it is now, for several questions: it is looked at once. */
    public Look now() {
        return new Look(snapshot());
    }

    /** The file as it was at one moment; empty where there was none. */
    public static final class Look {
        private final Optional<Snapshot> snapshot;

        private Look(Optional<Snapshot> snapshot) {
            this.snapshot = snapshot;
        }

        /** As {@link CredentialsFile#head()}. */
        public JsonObject head() {
            return snapshot.isEmpty() ? new JsonObject() : snapshot.get().head();
        }

        /** As {@link CredentialsFile#profile(ProfileName)}. */
        public Optional<JsonObject> profile(ProfileName name) {
            return snapshot.isEmpty() ? Optional.empty() : snapshot.get().profile(name);
        }
    }

    /** The names of all profiles, in the order of the file. */
    public Set<String> names() {
        return read().object("profiles").map(all -> all.members().keySet()).orElse(Set.of());
    }

    // The same file, by its identity, size and time, is not read again: one command asks several times.
    private Optional<Snapshot> snapshot() {
        Object stamp = files.stamp(path);
        Kept before = kept;
        if (before != null && before.stamp().equals(stamp)) {
            return before.snapshot();
        }
        Optional<byte[]> bytes = files.read(path, LIMIT);
        if (files.hasLeftovers(path)) {
            sweep();
        }
        Optional<Snapshot> now =
                bytes.isEmpty() ? Optional.empty() : Optional.of(new Snapshot(bytes.get(), this::parse));
        kept = new Kept(stamp, now);
        return now;
    }

    // Writers hold the store's lock, so under it a temporary file is left over from a crash.
    private void sweep() {
        try (LockFiles.Held held = locks.store()) {
            files.sweep(path);
        } catch (FailureException e) {
            // A writer is busy, or nothing can be written here: the next command tries again.
        }
    }

    private record Kept(Object stamp, Optional<Snapshot> snapshot) {}

    /**
     * Changes the document under the store's lock. Nothing is written when nothing changed.
     *
     * @throws dev.ast.domain.FailureException (storage) as {@link #read}, or when it cannot be written
     */
    public void update(Consumer<JsonObject> change) {
        try (LockFiles.Held held = locks.store()) {
            files.sweep(path);
            Optional<byte[]> before = files.read(path, LIMIT);
            JsonObject document = before.map(this::parse).orElseGet(() -> new JsonObject().put("version", VERSION));
            change.accept(document);
            byte[] after = Layout.write(document).getBytes(StandardCharsets.UTF_8);
            if (before.isEmpty() || !Arrays.equals(before.get(), after)) {
                files.replace(path, after);
            }
        }
    }

    /**
     * Removes the copies that {@link #takeOver} made: they hold tokens.
     *
     * @return what was removed
     * @throws dev.ast.domain.FailureException (storage) when one cannot be removed
     */
    public List<Path> removeCopies() {
        return files.removeAll(COPIES);
    }

    /** What the file is. */
    public enum State {
        /** There is none. */
        ABSENT,
        /** It is ours, and can be read. */
        USABLE,
        /** It is not what this program writes, or damaged. */
        CORRUPT,
        /** A newer program wrote it. */
        NEWER,
        /** Another program of this name wrote it. */
        FOREIGN
    }

    /** What the file is. @throws dev.ast.domain.FailureException (storage) when it is unsafe, or cannot be read */
    public State state() {
        return files.read(path, LIMIT).map(CredentialsFile::state).orElse(State.ABSENT);
    }

    private static State state(byte[] bytes) {
        Optional<JsonObject> document = LocalJson.tryObject(bytes);
        if (document.isEmpty()) {
            return State.CORRUPT;
        } else if (!document.get().has("version")) {
            return State.FOREIGN;
        }
        boolean known = document.get().get("version") instanceof Number number && number.doubleValue() == VERSION;
        return !known ? State.NEWER : wellFormed(document.get()) ? State.USABLE : State.CORRUPT;
    }

    /**
     * Renames a file that cannot be used, and is not another program's, so that a new one can take its place.
     *
     * @return where it lies now; empty when it can be used
     * @throws dev.ast.domain.FailureException (storage) when it cannot be renamed
     */
    public Optional<Path> moveAside() {
        try (LockFiles.Held held = locks.store()) {
            assert held != null;
            State state = state();
            if (state != State.CORRUPT && state != State.NEWER) {
                return Optional.empty();
            }
            String end = state == State.CORRUPT ? ".corrupt" : ".newer";
            return Optional.of(files.moveAside(path, end));
        }
    }

    /** The document of the Go program, if it has the name of our file; empty otherwise. */
    public Optional<JsonObject> foreign() {
        return files.read(path, LIMIT).flatMap(Json::tryObject).filter(document -> !document.has("version"));
    }

    /**
     * Renames the Go program's file, so that our own can take its place.
     *
     * @return where the copy lies
     * @throws dev.ast.domain.FailureException (storage) when it cannot be written
     */
    public Path takeOver() {
        try (LockFiles.Held held = locks.store()) {
            byte[] foreign = files.read(path, LIMIT)
                    .filter(bytes -> Json.tryObject(bytes)
                            .filter(document -> !document.has("version"))
                            .isPresent())
                    .orElseThrow(() -> Failure.storage(path + " has changed meanwhile", "ast auth import"));
            Path copy = path.resolveSibling("credentials.go.json");
            for (int i = 2; files.read(copy, LIMIT).isPresent(); i++) {
                copy = path.resolveSibling("credentials.go-" + i + ".json");
            }
            files.replace(copy, foreign);
            files.replace(
                    path, Layout.write(new JsonObject().put("version", VERSION)).getBytes(StandardCharsets.UTF_8));
            return copy;
        }
    }

    private JsonObject parse(byte[] bytes) {
        JsonObject document;
        try {
            document = LocalJson.readObject(bytes);
        } catch (Json.NotJson e) {
            throw Failure.storage(
                    path + " is corrupt: " + e.getMessage(), "it is left as it is; to move it aside: ast doctor --fix");
        }
        if (!document.has("version")) {
            throw Failure.storage(
                    path + " belongs to another program of this name and is left as it is",
                    "take it over: ast auth import");
        }
        Object version = document.get("version");
        if (!(version instanceof Number number) || number.doubleValue() != VERSION) {
            throw Failure.storage(
                    path + " has version " + SecretShape.cut(String.valueOf(version), 40)
                            + ", this program knows version " + VERSION,
                    "update ast, or move the file aside");
        }
        if (!wellFormed(document)) {
            throw Failure.storage(
                    path + " is not a list of profiles as ast writes it", "correct it, or move the file aside");
        }
        return document;
    }

    private static boolean wellFormed(JsonObject document) {
        if (!document.has("profiles")) {
            return true;
        }
        Optional<JsonObject> profiles = document.object("profiles");
        if (profiles.isEmpty()) {
            return false;
        }
        for (Object profile : profiles.get().members().values()) {
            if (!(profile instanceof Map)) {
                return false;
            }
        }
        return true;
    }

    /** How the document stands in the file: one profile a line, so that the user can read and compare it. */
    private static final class Layout {
        private static String write(JsonObject document) {
            StringBuilder text = new StringBuilder("{");
            String separator = "\n";
            List<Map.Entry<String, @Nullable Object>> members =
                    new ArrayList<>(document.members().entrySet());
            // Last, so that all else is found without reading past thousands of them, see Snapshot.
            members.sort((one, other) -> Boolean.compare(
                    one.getKey().equals("profiles"), other.getKey().equals("profiles")));
            for (Map.Entry<String, @Nullable Object> member : members) {
                text.append(separator).append(LocalJson.write(member.getKey())).append(": ");
                separator = ",\n";
                Optional<JsonObject> profiles =
                        member.getKey().equals("profiles") ? JsonObject.of(member.getValue()) : Optional.empty();
                if (profiles.isEmpty()) {
                    text.append(LocalJson.write(member.getValue()));
                    continue;
                }
                text.append("{");
                String inner = "\n";
                for (var profile : profiles.get().members().entrySet()) {
                    text.append(inner)
                            .append("  ")
                            .append(LocalJson.write(profile.getKey()))
                            .append(": ")
                            .append(LocalJson.write(profile.getValue()));
                    inner = ",\n";
                }
                text.append("\n}");
            }
            return text.append("\n}\n").toString();
        }
    }
}
