package dev.ast.credential.file;

import dev.ast.domain.ProfileName;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code credentials.json} as it was at one moment. The program writes one profile a line; where the file still stands
 * that way, one profile is found by its line and the other ten thousand are not parsed. A file that somebody has laid out
 * otherwise is parsed whole.
 */
final class Snapshot {
    private static final byte[] START = ascii("{\n\"version\": " + CredentialsFile.VERSION + ",\n");
    private static final byte[] PROFILES = ascii("\n\"profiles\": {\n");
    private static final byte[] KEY = ascii("  \"");

    private final byte[] bytes;
    private final Function<byte[], JsonObject> parser;
    private final int profiles;
    private @Nullable JsonObject whole;
    private @Nullable JsonObject head;
    private volatile @Nullable Found latest;
    private @Nullable Map<String, Integer> lines;

    // Of each file the profile that was asked for last: a command asks several times, a script for each line.
    private record Found(ProfileName name, Optional<JsonObject> profile) {}

    Snapshot(byte[] bytes, Function<byte[], JsonObject> parser) {
        this.bytes = bytes;
        this.parser = parser;
        this.profiles = startsWith(START) ? find(PROFILES, START.length - 1) : -1;
    }

    /** Everything. */
    JsonObject whole() {
        JsonObject document = whole;
        if (document == null) {
            document = parser.apply(bytes);
            whole = document;
        }
        return document;
    }

    /** Everything but the profiles. */
    JsonObject head() {
        if (profiles < 0 || whole != null) {
            return whole();
        }
        JsonObject parsed = head;
        if (parsed == null) {
            byte[] start = Arrays.copyOf(bytes, profiles);
            // The comma before the profiles closes the object instead.
            start[profiles - 1] = '}';
            parsed = parser.apply(start);
            head = parsed;
        }
        return parsed;
    }

    /** One profile. */
    Optional<JsonObject> profile(ProfileName name) {
        Found before = latest;
        if (before != null && before.name.equals(name)) {
            return before.profile;
        }
        Optional<JsonObject> found = parse(name);
        latest = new Found(name, found);
        return found;
    }

    private Optional<JsonObject> parse(ProfileName name) {
        if (profiles < 0 || whole != null) {
            return ofWhole(name);
        }
        int from = line(name.value());
        if (from < 0) {
            // Its line may begin in another way: the look at all names finds out, and then parses the whole.
            return names().contains(name.value()) ? ofWhole(name) : Optional.empty();
        }
        int to = endOfLine(from);
        if (to > from && bytes[to - 1] == ',') {
            to--;
        }
        // A line that is no object is left to the parser of the whole, which says where it is wrong.
        Optional<JsonObject> line = LocalJson.tryObject(Arrays.copyOfRange(bytes, from, to));
        return line.isPresent() ? line : ofWhole(name);
    }

    private Optional<JsonObject> ofWhole(ProfileName name) {
        return whole().object("profiles").flatMap(all -> all.object(name.value()));
    }

    /** The names of all profiles, in the order of the file. */
    synchronized Set<String> names() {
        if (profiles < 0 || whole != null) {
            return whole().object("profiles").map(all -> all.members().keySet()).orElse(Set.of());
        }
        Map<String, Integer> found = lines;
        if (found == null) {
            found = new LinkedHashMap<>();
            int at = profiles + PROFILES.length;
            for (; isProfile(at); at = endOfLine(at) + 1) {
                int from = at + KEY.length;
                int to = from;
                while (to < bytes.length && bytes[to] != '"') {
                    to++;
                }
                found.put(new String(bytes, from, to - from, StandardCharsets.UTF_8), Math.min(to + 3, bytes.length));
            }
            if (at >= bytes.length || bytes[at] != '}') {
                whole(); // somebody has laid it out otherwise
                return names();
            }
            lines = found;
        }
        return found.keySet();
    }

    private boolean isProfile(int at) {
        return at + KEY.length <= bytes.length && Arrays.equals(bytes, at, at + KEY.length, KEY, 0, KEY.length);
    }

    // Where the object of a profile begins; negative where there is none.
    private synchronized int line(String name) {
        if (lines != null) {
            return lines.getOrDefault(name, -1);
        }
        byte[] key = ascii("\n  \"" + name + "\": ");
        int at = find(key, profiles + PROFILES.length - 1);
        return at < 0 ? -1 : at + key.length;
    }

    private int endOfLine(int from) {
        int to = from;
        while (to < bytes.length && bytes[to] != '\n') {
            to++;
        }
        return to;
    }

    private boolean startsWith(byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    // Horspool's search: most bytes of a large file are never looked at.
    private int find(byte[] text, int from) {
        int last = text.length - 1;
        int[] shift = new int[256];
        Arrays.fill(shift, text.length);
        for (int i = 0; i < last; i++) {
            shift[text[i] & 0xff] = last - i;
        }
        int at = from;
        while (at <= bytes.length - text.length) {
            byte end = bytes[at + last];
            if (end == text[last] && Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
                return at;
            }
            at += shift[end & 0xff];
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
