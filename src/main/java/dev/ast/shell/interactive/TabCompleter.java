package dev.ast.shell.interactive;

import dev.ast.output.Visible;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.Proposal;
import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Shows our proposals in JLine's menu, with descriptions. */
final class TabCompleter implements Completer {
    private static final int LONGEST_DESCRIPTION = 200;

    private final Supplier<LineCompleter> completer;

    TabCompleter(Supplier<LineCompleter> completer) {
        this.completer = completer;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        int rank = 0; // JLine sorts by it
        for (Proposal proposal : proposals(completer.get(), line)) {
            candidates.add(candidate(proposal, rank++));
        }
    }

    /** The proposals for the word at the cursor, the likeliest first. */
    static List<Proposal> proposals(LineCompleter completer, ParsedLine line) {
        return completer.complete(
                line.words().subList(0, line.wordIndex()), line.word().substring(0, line.wordCursor()));
    }

    /** A proposal as JLine's menu shows it. */
    static Candidate candidate(Proposal proposal, int rank) {
        String value = proposal.value();
        String description = Visible.field(proposal.description(), LONGEST_DESCRIPTION);
        boolean goesOn = value.endsWith("/"); // a directory: the name of a file may follow
        return new Candidate(
                value,
                Visible.field(value),
                null,
                description.isEmpty() ? null : description,
                null,
                null,
                !goesOn,
                rank);
    }
}
