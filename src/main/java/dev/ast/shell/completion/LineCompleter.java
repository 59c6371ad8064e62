package dev.ast.shell.completion;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.command.Values;
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
    private final ValueProposals values;
    private final UsedNames used;
    private OwnWords own = OwnWords.NONE;

    /** The user's own words for the beginning of a line. */
    public interface OwnWords {
        /** None. */
        OwnWords NONE = new OwnWords() {
            @Override
            public List<Proposal> all() {
                return List.of();
            }

            @Override
            public List<String> expand(List<String> words) {
                return words;
            }
        };

        /** Each with what it stands for. */
        List<Proposal> all();

        /** The words of a line, its first one replaced where it is the user's own. */
        List<String> expand(List<String> words);
    }

    /** Proposes these, too, and completes what follows them. */
    public LineCompleter with(OwnWords words) {
        own = words;
        return this;
    }

    /**
     * Completes file names from the process's working directory.
     *
     * @param userHome what {@code ~} stands for; absent where that is not known
     * @param used what comes first
     */
    public LineCompleter(Catalog catalog, ValueSource values, Optional<Path> userHome, UsedNames used) {
        this(
                catalog,
                new ValueProposals(catalog, values, new FileNames(Path.of(""), userHome)::startingWith, used),
                used);
    }

    /** Completes without knowing what was used before. */
    public LineCompleter(Catalog catalog, ValueSource values) {
        this(catalog, values, Optional.empty(), UsedNames.NONE);
    }

    LineCompleter(Catalog catalog, ValueSource values, Path workingDirectory) {
        this(
                catalog,
                new ValueProposals(
                        catalog,
                        values,
                        new FileNames(workingDirectory, Optional.empty())::startingWith,
                        UsedNames.NONE),
                UsedNames.NONE);
    }

    private LineCompleter(Catalog catalog, ValueProposals values, UsedNames used) {
        this.catalog = catalog;
        this.values = values;
        this.used = used;
    }

    /** The same without the names of files: for what is asked at each key, which must not wait for a disk. */
    public LineCompleter withoutFiles() {
        return new LineCompleter(catalog, values.withoutFiles(), used).with(own);
    }

    /**
     * The proposals for the word at the cursor, the likeliest first.
     *
     * @param wordsBefore the words before it, without quoting
     * @param current the part of it before the cursor, without quoting
     */
    public List<Proposal> complete(List<String> wordsBefore, String current) {
        CommandLine line = CommandLine.of(catalog, own.expand(wordsBefore));
        Optional<OptionSpec> awaited = line.awaited();
        if (awaited.isPresent() && awaited.get().takes() == Takes.VALUE) {
            return values.of(awaited.get().values(), current, line);
        }
        if (!line.isOptionsEnded() && current.startsWith("-")) {
            int equals = current.indexOf('=');
            return equals < 0 ? options(line, current) : optionValues(line, current, equals);
        }
        List<Proposal> found = new ArrayList<>();
        awaited.ifPresent(option -> found.addAll(values.of(option.values(), current, line)));
        if (line.isPathOpen()) {
            found.addAll(words(line.path(), current));
            if (wordsBefore.isEmpty()) {
                found.addAll(Match.best(current, own.all(), Proposal::value));
            }
        }
        Optional<ArgumentSpec> argument = line.nextArgument();
        argument.ifPresent(taken -> found.addAll(values.of(taken.values(), current, line)));
        boolean open = argument.isEmpty()
                || argument.filter(LineCompleter::isFreeOrNone).isPresent();
        boolean nothingElse = found.isEmpty() && open && current.isEmpty() && !line.isOptionsEnded();
        if (nothingElse && line.named().isPresent()) {
            return options(line, "--");
        }
        return Match.best(current, found, Proposal::value);
    }

    /** The words of a line, the user's own one at its beginning replaced. */
    public List<String> expand(List<String> words) {
        return own.expand(words);
    }

    /** The files that the beginning of a path can become, in order. */
    public List<Proposal> files(String prefix) {
        return values.files(prefix);
    }

    private static boolean isFreeOrNone(ArgumentSpec argument) {
        return argument.count() == ArgumentSpec.Count.MAYBE && argument.values().kind() == Values.Kind.FREE;
    }

    /** The words that can follow these in the name of a command; those that were used come first. */
    private List<Proposal> words(String path, String current) {
        List<Catalog.Word> next = new ArrayList<>(catalog.next(path));
        next.sort(Comparator.comparingDouble(
                word -> -used.rank(Usage.Kind.COMMAND, path.isEmpty() ? word.text() : path + " " + word.text())));
        List<Proposal> all = next.stream()
                .map(word -> new Proposal(word.text(), word.description()))
                .toList();
        return Match.best(current, all, Proposal::value);
    }

    /** The options that can still be given: the command's own, and then those of every command. */
    private List<Proposal> options(CommandLine line, String typed) {
        List<Proposal> all = options(line)
                .filter(option -> option.repeatable() || !line.has(option.name()))
                .filter(option ->
                        !option.name().equals("version") || line.path().isEmpty())
                .map(option -> new Proposal("--" + option.name(), option.description()))
                .toList();
        return typed.startsWith("--")
                ? Match.best(typed.substring(2), all, option -> option.value().substring(2))
                : typed.equals("-") ? all : List.of();
    }

    private static Stream<OptionSpec> options(CommandLine line) {
        List<OptionSpec> own = line.named().map(CommandSpec::options).orElse(List.of());
        Comparator<OptionSpec> byName = Comparator.comparing(OptionSpec::name);
        return Stream.concat(
                own.stream().sorted(byName),
                GlobalOptions.SPECS.stream()
                        .filter(global ->
                                own.stream().noneMatch(option -> option.name().equals(global.name())))
                        .sorted(byName));
    }

    private List<Proposal> optionValues(CommandLine line, String current, int equals) {
        String written = current.substring(0, equals);
        return options(line)
                .filter(option -> written.equals("--" + option.name()) && option.takes() != Takes.NOTHING)
                .findFirst()
                .map(option -> values.of(option.values(), current.substring(equals + 1), line))
                .orElse(List.of())
                .stream()
                .map(proposal -> new Proposal(written + "=" + proposal.value(), proposal.description()))
                .toList();
    }
}
