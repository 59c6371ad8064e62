package dev.ast.shell.interactive;

import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.Proposal;
import dev.ast.shell.grammar.Tokenizer.Kind;
import dev.ast.shell.grammar.Tokenizer.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the file after {@code >}; nothing in the words of a program or in a comment; the rest as a command. */
final class OperatorCompleter implements Completer {
    private final Completer command;
    private final Supplier<LineCompleter> files;

    /**
     * Completes whole lines.
     *
     * @param command completes the words of a command
     * @param files completes the names of files
     */
    OperatorCompleter(Completer command, Supplier<LineCompleter> files) {
        this.command = command;
        this.files = files;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        Tokens tokens = ((WordParser.Line) line).tokens();
        Optional<Kind> operator = tokens.operator();
        if (tokens.inComment() || operator.equals(Optional.of(Kind.PIPE))) {
            return;
        }
        if (operator.isEmpty()) {
            command.complete(reader, line, candidates);
            return;
        }
        for (Proposal file : files.get().files(tokens.before())) {
            candidates.add(new Candidate(
                    file.value(),
                    file.value(),
                    null,
                    null,
                    null,
                    null,
                    !file.value().endsWith("/")));
        }
    }
}
