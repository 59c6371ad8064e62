package dev.ast.shell.interactive;

import dev.ast.credential.file.HistoryFile;
import dev.ast.domain.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;

/**
 * The lines that the arrow keys bring back. JLine itself adds none and touches no file: the shell adds a line when it
 * runs it, unless {@link SecretLines} refuses it, so that it contains neither answers to questions nor secrets.
 */
final class SecretFreeHistory extends DefaultHistory {
    private static final int LONGEST = 4_096;
    /** How many lines are looked at after each key. */
    private static final int SUGGESTED_FROM = 500;
    /** The file keeps no times; the line editor requires one. */
    private static final Instant UNKNOWN = Instant.EPOCH;

    private final HistoryFile file;
    private final Map<String, Boolean> ran = new HashMap<>();
    private final List<String> own = new ArrayList<>();
    private HistoryFile.Position position = HistoryFile.Position.BEGINNING;
    private Optional<FailureException> trouble = Optional.empty();
    private boolean loaded;
    private boolean reported;

    SecretFreeHistory(HistoryFile file) {
        this.file = file;
    }

    /** Called when the line editor starts, before the first key. */
    @Override
    public void attach(LineReader reader) {
        super.attach(reader);
        if (!loaded) {
            loaded = true;
            try {
                HistoryFile.Tail all = file.after(position);
                position = all.next();
                all.entries().forEach(line -> super.add(UNKNOWN, line));
            } catch (FailureException e) {
                trouble = Optional.of(e);
            }
        }
    }

    /** Keeps a line that is about to run, unless it contains a secret or repeats the last one. */
    void remember(String line, SecretLines secrets) {
        boolean again = !isEmpty() && get(last()).equals(line);
        if (again || line.length() > LONGEST || secrets.holds(line)) {
            return;
        }
        super.add(UNKNOWN, line);
        if (trouble.isPresent()) {
            return; // a file that could not be read is not written to
        }
        try {
            file.append(line);
            own.add(line);
        } catch (FailureException e) {
            trouble = Optional.of(e);
        }
    }

    /** Takes in what other shells have entered meanwhile. */
    void follow() {
        if (!loaded || trouble.isPresent()) {
            return;
        }
        try {
            HistoryFile.Tail added = file.after(position);
            position = added.next();
            for (String line : added.entries()) {
                if (!own.remove(line)) {
                    super.add(UNKNOWN, line);
                }
            }
        } catch (FailureException e) {
            trouble = Optional.of(e);
        }
    }

    /** Remembers how a line of this shell ended. */
    void ended(String line, int code) {
        ran.put(line, code == 0);
    }

    /**
     * The rest of the newest line that begins with a text, and may be suggested: one that has succeeded here, or is
     * correct and did not fail here.
     */
    Optional<String> suggestion(String typed, Predicate<String> correct) {
        int looked = 0;
        for (var lines = reverseIterator(last()); lines.hasNext() && looked < SUGGESTED_FROM; looked++) {
            String line = lines.next().line();
            if (line.length() > typed.length()
                    && line.startsWith(typed)
                    && (ran.containsKey(line) ? ran.getOrDefault(line, false) : correct.test(line))) {
                return Optional.of(line.substring(typed.length()));
            }
        }
        return Optional.empty();
    }

    /** What is wrong with the file, once. */
    Optional<FailureException> newTrouble() {
        Optional<FailureException> found = reported ? Optional.empty() : trouble;
        reported |= found.isPresent();
        return found;
    }

    /** Ends the history of this shell: keeps its file from growing. */
    void end() {
        if (trouble.isEmpty()) {
            try {
                file.shorten();
            } catch (FailureException e) {
                trouble = Optional.of(e); // the next shell reports it
            }
        }
    }

    /** The remembered lines, the oldest first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (History.Entry entry : this) {
            lines.add(entry.line());
        }
        return lines;
    }

    /** JLine's own adding, of whatever was typed: nothing is kept. */
    @Override
    public void add(Instant time, String line) {
        // see remember
    }

    @Override
    public void load() {
        // the file is read by attach
    }

    @Override
    public void save() {
        // each line is written when it is remembered
    }

    @Override
    public void write(Path path, boolean incremental) throws IOException {
        throw new IOException("history is written to its own file only");
    }

    @Override
    public void append(Path path, boolean incremental) throws IOException {
        throw new IOException("history is written to its own file only");
    }

    @Override
    public void read(Path path, boolean checkDuplicates) throws IOException {
        throw new IOException("history is read from its own file only");
    }

    @Override
    public void purge() throws IOException {
        throw new IOException("history is kept until its file is removed");
    }
}
