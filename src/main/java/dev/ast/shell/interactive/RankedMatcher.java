package dev.ast.shell.interactive;

import dev.ast.shell.completion.Match;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader.Option;
import org.jspecify.annotations.Nullable;

/** Lets JLine take the proposals as they are, which match already, and narrows their list by {@link Match}. */
final class RankedMatcher implements CompletionMatcher {
    private String typed = "";
    private boolean narrowing;
    private List<Candidate> matching = List.of();

    @Override
    public void compile(
            Map<Option, Boolean> options,
            boolean prefix,
            CompletingParsedLine line,
            boolean caseInsensitive,
            int errors,
            String originalGroupName) {
        typed = line.word();
        // Letters typed while the list is shown come as a line without words; else the word may go on after the cursor.
        narrowing = line.words() == null || (!prefix && line.wordCursor() < typed.length());
    }

    @Override
    public List<Candidate> matches(List<Candidate> candidates) {
        matching = narrowing ? Match.best(typed, candidates, Candidate::value) : candidates;
        return matching;
    }

    @Override
    public @Nullable Candidate exactMatch() {
        for (Candidate candidate : matching) {
            if (candidate.complete() && candidate.value().equals(typed)) {
                return candidate;
            }
        }
        return null;
    }

    /** What all of them begin with; the typed text where some do not begin with that. */
    @Override
    public String getCommonPrefix() {
        String common = matching.isEmpty() ? typed : matching.get(0).value();
        for (Candidate candidate : matching) {
            common = common.substring(0, commonLength(common, candidate.value()));
        }
        return common.startsWith(typed) ? common : typed;
    }

    private static int commonLength(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        // Half of a character is none.
        return length > 0 && Character.isHighSurrogate(a.charAt(length - 1)) ? length - 1 : length;
    }
}
