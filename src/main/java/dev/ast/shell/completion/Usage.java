package dev.ast.shell.completion;

import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often and how recently names were used in shells, so that completion and lists show first what is likely to be
 * meant. It is kept in a small private file; where that is damaged or cannot be used, nothing is ranked. No key press
 * waits for the file: it is read while the program starts, and written in the background after a command.
 */
public final class Usage implements UsedNames {

    /** What was used. */
    public enum Kind {
        COMMAND,
        PROFILE,
        CONTEXT,
        /** A path of {@code api}, without its query. */
        PATH
    }

    /** The most names that are kept; those that were not used for longest are dropped. */
    static final int MOST = 500;

    private static final int LARGEST = 256 * 1024;
    private static final int LONGEST = 200;
    private static final Pattern LINE =
            Pattern.compile("(command|profile|context|path) ([0-9]{1,9}) ([0-9]{1,12}) (.+)");

    private record Name(Kind kind, String text) {}

    private record Uses(int count, Instant last) {
        Uses plus(Uses other) {
            return new Uses(count + other.count, last.isAfter(other.last) ? last : other.last);
        }
    }

    private final Path file;
    private final PrivateFiles files;
    private final InstantSource clock;
    private final Executor background;
    private final Object writing = new Object();
    private Map<Name, Uses> known = Map.of();
    private final Map<Name, Uses> pending = new HashMap<>();

    /**
     * Usage that is kept in a file.
     *
     * @param background runs what writes the file
     */
    public Usage(Path file, PrivateFiles files, InstantSource clock, Executor background) {
        this.file = file;
        this.files = files;
        this.clock = clock;
        this.background = background;
    }

    /** Reads the file. */
    public void load() {
        Map<Name, Uses> read = read();
        synchronized (this) {
            known = read;
        }
    }

    /** Remembers that a name was used just now, and has it written soon. Text that may be a secret is not kept. */
    public void used(Kind kind, String text) {
        String name = kind == Kind.PATH ? text.split("[?#]", 2)[0] : text;
        boolean plain = !name.isEmpty()
                && name.length() <= LONGEST
                && name.codePoints().noneMatch(Character::isISOControl)
                && !SecretShape.matches(name);
        for (String part : name.split("/", -1)) {
            plain &= !SecretShape.matches(part);
        }
        if (!plain) {
            return;
        }
        synchronized (this) {
            pending.merge(new Name(kind, name), new Uses(1, clock.instant()), Uses::plus);
        }
        background.execute(this::write);
    }

    @Override
    public synchronized double rank(Kind kind, String name) {
        Name key = new Name(kind, name);
        Uses before = known.get(key);
        Uses now = pending.get(key);
        Uses uses = before == null ? now : now == null ? before : before.plus(now);
        if (uses == null) {
            return 0;
        }
        Duration age = Duration.between(uses.last, clock.instant());
        double weight = age.compareTo(Duration.ofHours(1)) < 0
                ? 4
                : age.compareTo(Duration.ofDays(1)) < 0 ? 2 : age.compareTo(Duration.ofDays(7)) < 0 ? 1 : 0.25;
        return uses.count * weight;
    }

    /** The same for a profile or a context. */
    public double rank(String name) {
        return rank(Kind.PROFILE, name) + rank(Kind.CONTEXT, name);
    }

    @Override
    public synchronized List<String> names(Kind kind) {
        return Stream.concat(known.keySet().stream(), pending.keySet().stream())
                .filter(name -> name.kind == kind)
                .map(Name::text)
                .distinct()
                .toList();
    }

    /** Writes what is not written yet: adds it to what other shells have written meanwhile. */
    public void write() {
        synchronized (writing) {
            Map<Name, Uses> added = takePending();
            if (added.isEmpty()) {
                return;
            }
            Map<Name, Uses> all = new HashMap<>(read());
            added.forEach((name, uses) -> all.merge(name, uses, Uses::plus));
            List<Map.Entry<Name, Uses>> newest = all.entrySet().stream()
                    .sorted(Comparator.comparing((Map.Entry<Name, Uses> entry) -> entry.getValue().last)
                            .reversed())
                    .limit(MOST)
                    .toList();
            String text = newest.stream().map(Usage::line).collect(Collectors.joining());
            try {
                files.replace(file, text.getBytes(StandardCharsets.UTF_8));
            } catch (FailureException e) {
                // It only ranks names; the command that needs the home says what is wrong with it.
                return;
            }
        }
    }

    // A key press does not wait for the file: the names are known before they are written.
    private synchronized Map<Name, Uses> takePending() {
        Map<Name, Uses> added = Map.copyOf(pending);
        Map<Name, Uses> all = new HashMap<>(known);
        added.forEach((name, uses) -> all.merge(name, uses, Uses::plus));
        known = all;
        pending.clear();
        return added;
    }

    private Map<Name, Uses> read() {
        try {
            Map<Name, Uses> read = new HashMap<>();
            String text = new String(files.read(file, LARGEST).orElse(new byte[0]), StandardCharsets.UTF_8);
            for (String line : text.lines().limit(MOST).toList()) {
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    Kind kind = Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
                    Instant last = Instant.ofEpochSecond(Long.parseLong(parts.group(3)));
                    read.put(new Name(kind, parts.group(4)), new Uses(Integer.parseInt(parts.group(2)), last));
                }
            }
            return read;
        } catch (FailureException e) {
            return Map.of();
        }
    }

    private static String line(Map.Entry<Name, Uses> entry) {
        return String.join(
                        " ",
                        entry.getKey().kind.name().toLowerCase(Locale.ROOT),
                        String.valueOf(Math.min(entry.getValue().count, 999_999)),
                        String.valueOf(entry.getValue().last.getEpochSecond()),
                        entry.getKey().text)
                + "\n";
    }
}
