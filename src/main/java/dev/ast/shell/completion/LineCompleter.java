package dev.ast.shell.completion;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.command.Values;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.output.Visible;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Completes the word at the cursor: commands and their words, options that are not given yet, values. It
 * never fails; where the line is wrong, or a store cannot be read, there are fewer proposals.
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
        CommandLine line = CommandLine.of(catalog, wordsBefore);
        Optional<OptionSpec> awaited = line.awaited();
        if (awaited.isPresent() && awaited.get().takes() == Takes.VALUE) {
            return values(awaited.get().values(), current, line, "");
        }
        if (!line.isOptionsEnded() && current.startsWith("-")) {
            int equals = current.indexOf('=');
            return equals < 0 ? options(line, current) : optionValues(line, current, equals);
        }
        List<Proposal> found = new ArrayList<>();
        awaited.ifPresent(option -> found.addAll(values(option.values(), current, line, "")));
        if (line.isPathOpen()) {
            catalog.next(line.path()).stream()
                    .filter(word -> word.text().startsWith(current))
                    .forEach(word -> found.add(new Proposal(word.text(), word.description())));
        }
        Optional<ArgumentSpec> argument = line.nextArgument();
        argument.ifPresent(taken -> found.addAll(values(taken.values(), current, line, "")));
        boolean nothingElse = found.isEmpty() && argument.isEmpty() && current.isEmpty() && !line.isOptionsEnded();
        return nothingElse && line.named().isPresent() ? options(line, "--") : found;
    }

    /** The files that the beginning of a path can become, in order. */
    public List<Proposal> files(String prefix) {
        return sorted(files.startingWith(prefix).stream(), prefix);
    }

    private List<Proposal> options(CommandLine line, String prefix) {
        return options(line)
                .filter(option -> option.repeatable() || !line.has(option.name()))
                .filter(option ->
                        !option.name().equals("version") || line.path().isEmpty())
                .map(option -> new Proposal("--" + option.name(), option.description()))
                .filter(proposal -> proposal.value().startsWith(prefix))
                .sorted(Comparator.comparing(Proposal::value))
                .toList();
    }

    /** The command's own options, and the global ones with other names. */
    private static Stream<OptionSpec> options(CommandLine line) {
        List<OptionSpec> own = line.named().map(CommandSpec::options).orElse(List.of());
        return Stream.concat(
                own.stream(),
                GlobalOptions.SPECS.stream()
                        .filter(global ->
                                own.stream().noneMatch(option -> option.name().equals(global.name()))));
    }

    private List<Proposal> optionValues(CommandLine line, String current, int equals) {
        String written = current.substring(0, equals);
        return options(line)
                .filter(option -> written.equals("--" + option.name()) && option.takes() != Takes.NOTHING)
                .findFirst()
                .map(option -> values(option.values(), current.substring(equals + 1), line, written + "="))
                .orElse(List.of());
    }

    private List<Proposal> values(Values wanted, String prefix, CommandLine line, String before) {
        List<Proposal> found = switch (wanted.kind()) {
            case FREE -> List.of();
            case WORDS -> sorted(wanted.words().stream().map(word -> new Proposal(word, "")), prefix);
            case FILE -> sorted(files.startingWith(prefix).stream(), prefix);
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

    private List<Proposal> asked(Values.Kind kind, String prefix, CommandLine line) {
        try {
            // A name that would change the screen is not offered; it can still be typed.
            return sorted(
                    values.values(kind, prefix, profile(line)).stream()
                            .filter(proposal -> Visible.field(proposal.value()).equals(proposal.value())),
                    prefix);
        } catch (FailureException e) {
            return List.of(); // the command reports a store that cannot be read
        }
    }

    private static Optional<ProfileName> profile(CommandLine line) {
        List<String> names = line.values("profile");
        try {
            return names.isEmpty() ? Optional.empty() : Optional.of(new ProfileName(names.get(names.size() - 1)));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    private static List<Proposal> sorted(Stream<Proposal> proposals, String prefix) {
        return proposals
                .filter(proposal -> proposal.value().startsWith(prefix))
                .sorted(Comparator.comparing(Proposal::value))
                .toList();
    }
}
