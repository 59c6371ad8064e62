package dev.ast.shell.completion;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.ArgumentSpec.Count;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.command.Values;
import dev.ast.domain.FailureException;
import dev.ast.output.Visible;
import dev.ast.shell.grammar.Catalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Proposes what can still stand at the cursor: commands and their words, options that have not been given, values. It
 * never fails; where the line is wrong, or a store cannot be read, it proposes less.
 */
public final class LineCompleter {
    private final Catalog catalog;
    private final ValueSource values;
    private final FileNames files;

    /** Completes file names from the process's working directory. */
    public LineCompleter(Catalog catalog, ValueSource values) {
        this(catalog, values, Path.of(""));
    }

    LineCompleter(Catalog catalog, ValueSource values, Path workingDirectory) {
        this.catalog = catalog;
        this.values = values;
        this.files = new FileNames(workingDirectory);
    }

    /**
     * The proposals for the word at the cursor, in order.
     *
     * @param wordsBefore the words before it, without quoting
     * @param current the part of it before the cursor, without quoting
     */
    public List<Proposal> complete(List<String> wordsBefore, String current) {
        TypedLine line = new TypedLine(catalog, wordsBefore);
        Optional<OptionSpec> waiting = line.waiting();
        if (waiting.isPresent() && waiting.get().takes() == Takes.VALUE) {
            return values(waiting.get().values(), current, line, "");
        }
        if (!line.optionsEnded() && current.startsWith("-")) {
            int equals = current.indexOf('=');
            return equals < 0 ? options(line, current) : optionValues(line, current, equals);
        }
        List<Proposal> found = new ArrayList<>();
        waiting.ifPresent(option -> found.addAll(values(option.values(), current, line, "")));
        if (line.pathOpen()) {
            catalog.next(line.path()).stream()
                    .filter(word -> word.text().startsWith(current))
                    .forEach(word -> found.add(new Proposal(word.text(), word.description())));
        }
        Optional<ArgumentSpec> argument = argument(line);
        argument.ifPresent(taken -> found.addAll(values(taken.values(), current, line, "")));
        boolean nothingElse = found.isEmpty() && argument.isEmpty() && current.isEmpty() && !line.optionsEnded();
        return nothingElse && line.command().isPresent() ? options(line, "--") : found;
    }

    private List<Proposal> options(TypedLine line, String prefix) {
        return line.options().stream()
                .filter(option -> option.repeatable() || !line.has(option))
                .filter(option ->
                        !option.name().equals("version") || line.path().isEmpty())
                .map(option -> new Proposal("--" + option.name(), option.description()))
                .filter(proposal -> proposal.value().startsWith(prefix))
                .sorted(Comparator.comparing(Proposal::value))
                .toList();
    }

    private List<Proposal> optionValues(TypedLine line, String current, int equals) {
        String written = current.substring(0, equals);
        return line.option(option -> written.equals("--" + option.name()))
                .filter(option -> option.takes() != Takes.NOTHING)
                .map(option -> values(option.values(), current.substring(equals + 1), line, written + "="))
                .orElse(List.of());
    }

    /** The argument that the next positional word belongs to, if that many are taken. */
    private static Optional<ArgumentSpec> argument(TypedLine line) {
        if (line.command().isEmpty()) {
            return Optional.empty();
        }
        List<ArgumentSpec> arguments = line.command().get().arguments();
        int at = line.positional().size();
        if (at < arguments.size()) {
            return Optional.of(arguments.get(at));
        }
        return arguments.stream()
                .filter(argument -> argument.count() == Count.REST)
                .findFirst();
    }

    private List<Proposal> values(Values wanted, String prefix, TypedLine line, String before) {
        List<Proposal> found = switch (wanted.kind()) {
            case FREE -> List.of();
            case WORDS ->
                new SortedNames(wanted.words().stream()
                                .map(word -> new Proposal(word, ""))
                                .toList())
                        .startingWith(prefix);
            case FILE -> sorted(files.startingWith(prefix));
            case COMMAND ->
                catalog.next(String.join(" ", line.positional())).stream()
                        .filter(word -> word.text().startsWith(prefix))
                        .map(word -> new Proposal(word.text(), word.description()))
                        .toList();
            case PROFILE, CONTEXT, PROVIDER -> asked(wanted.kind(), prefix, line);
        };
        if (before.isEmpty()) {
            return found;
        }
        return found.stream()
                .map(proposal -> new Proposal(before + proposal.value(), proposal.description()))
                .toList();
    }

    private List<Proposal> asked(Values.Kind kind, String prefix, TypedLine line) {
        try {
            return sorted(values.values(kind, prefix, line.profile()).stream()
                    .filter(proposal -> proposal.value().startsWith(prefix))
                    // A name that would change the screen is not offered; it can still be typed.
                    .filter(proposal -> Visible.field(proposal.value()).equals(proposal.value()))
                    .toList());
        } catch (FailureException e) {
            return List.of(); // a store that cannot be read is told by the command, not by the Tab key
        }
    }

    private static List<Proposal> sorted(List<Proposal> proposals) {
        return proposals.stream().sorted(Comparator.comparing(Proposal::value)).toList();
    }
}
