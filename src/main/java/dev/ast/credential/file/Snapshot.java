package dev.ast.credential.file;

import dev.ast.domain.ProfileName;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code credentials.json} as it was at one moment. The program writes one profile a line; in such a file the line of one
 * profile is found and parsed alone, in any other the whole is parsed. To parse 1,000 profiles takes a new JVM 25 ms, half
 * of all that {@code ast token} takes.
 */
final class Snapshot {
    private static final String START = "{\n\"version\": " + CredentialsFile.VERSION + ",\n";
    private static final String PROFILES = ",\n\"profiles\": {\n";

    private final byte[] bytes;
    private final Function<byte[], JsonObject> parser;
    private final String text;
    private final int profiles;
    private final Map<ProfileName, Optional<JsonObject>> found = new ConcurrentHashMap<>();
    private @Nullable JsonObject head;
    private @Nullable JsonObject whole;

    Snapshot(byte[] bytes, Function<byte[], JsonObject> parser) {
        this.bytes = bytes;
        this.parser = parser;
        // A character a byte, so that the parser still sees what is not UTF-8.
        this.text = new String(bytes, StandardCharsets.ISO_8859_1);
        this.profiles = text.startsWith(START) ? text.indexOf(PROFILES, START.length() - 2) : -1;
    }

    /** Everything. */
    synchronized JsonObject whole() {
        JsonObject document = whole;
        if (document == null) {
            document = parser.apply(bytes);
            whole = document;
        }
        return document;
    }

    /** Everything but the profiles, which are absent where they could be left out. */
    synchronized JsonObject head() {
        JsonObject document = head;
        if (document == null) {
            document = profiles < 0
                    ? whole()
                    : parser.apply((text.substring(0, profiles) + "}").getBytes(StandardCharsets.ISO_8859_1));
            head = document;
        }
        return document;
    }

    /** One profile. */
    Optional<JsonObject> profile(ProfileName name) {
        return found.computeIfAbsent(name, this::find);
    }

    private Optional<JsonObject> find(ProfileName name) {
        String key = "\n  \"" + name + "\": ";
        int line = profiles < 0 ? -1 : text.indexOf(key, profiles + PROFILES.length() - 1);
        if (line >= 0) {
            int from = line + key.length();
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            String object = text.substring(from, text.charAt(to - 1) == ',' ? to - 1 : to);
            Optional<JsonObject> profile = LocalJson.tryObject(object.getBytes(StandardCharsets.ISO_8859_1));
            if (profile.isPresent()) {
                return profile;
            }
        }
        // Its line begins in another way, or is wrong, or there is none: the parser of the whole finds out.
        return whole().object("profiles").flatMap(all -> all.object(name.value()));
    }
}
