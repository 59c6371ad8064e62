package dev.ast.shell.completion;

import dev.ast.command.Values;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.output.Visible;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The values that an option or an argument can have. */
final class ValueProposals {
    private static final List<Proposal> METHODS = List.of(
            new Proposal("GET", "read"),
            new Proposal("HEAD", "read the headers only"),
            new Proposal("POST", "create or do something"),
            new Proposal("PUT", "replace"),
            new Proposal("PATCH", "change a part"),
            new Proposal("DELETE", "remove"));

    private final Catalog catalog;
    private final ValueSource names;
    private final Function<String, List<Proposal>> files;
    private final UsedNames used;

    /** @param files the files that the beginning of a path can become */
    ValueProposals(Catalog catalog, ValueSource names, Function<String, List<Proposal>> files, UsedNames used) {
        this.catalog = catalog;
        this.names = names;
        this.files = files;
        this.used = used;
    }

    /** The same without files, which lie on a disk that may have to be waited for. */
    ValueProposals withoutFiles() {
        return new ValueProposals(catalog, names, typed -> List.of(), used);
    }

    /** The values that match what was typed in the best way, the likeliest first. */
    List<Proposal> of(Values wanted, String typed, CommandLine line) {
        return switch (wanted.kind()) {
            case FREE -> List.of();
            case WORDS, SUGGESTED ->
                best(
                        typed,
                        wanted.words().stream()
                                .map(word -> new Proposal(word, wanted.meaning(word)))
                                .toList());
            case FILE -> files.apply(typed);
            case TEXT_OR_FILE -> named(typed);
            case SCOPE -> scopes(typed, line);
            case REQUEST -> requests(typed, line);
            case COMMAND ->
                best(
                        typed,
                        catalog.next(String.join(" ", line.positional())).stream()
                                .map(word -> new Proposal(word.text(), word.description()))
                                .toList());
            case PROFILE -> ranked(Usage.Kind.PROFILE, typed, asked(Values.Kind.PROFILE, typed, line));
            case CONTEXT -> ranked(Usage.Kind.CONTEXT, typed, asked(Values.Kind.CONTEXT, typed, line));
            case PROVIDER -> sorted(best(typed, asked(Values.Kind.PROVIDER, typed, line)));
        };
    }

    /** The files that the beginning of a path can become. */
    List<Proposal> files(String typed) {
        return files.apply(typed);
    }

    /** {@code @FILE}, perhaps after {@code KEY=}. */
    private List<Proposal> named(String typed) {
        int at = typed.indexOf('@');
        if (at < 0 || (at > 0 && typed.charAt(at - 1) != '=')) {
            return List.of();
        }
        String before = typed.substring(0, at + 1);
        return files.apply(typed.substring(at + 1)).stream()
                .map(file -> new Proposal(before + file.value(), file.description()))
                .toList();
    }

    /** The last of several scopes. */
    private List<Proposal> scopes(String typed, CommandLine line) {
        String before = typed.substring(0, typed.lastIndexOf(' ') + 1);
        List<String> given = List.of(before.split(" "));
        List<Proposal> left = asked(Values.Kind.SCOPE, typed, line).stream()
                .filter(scope -> !given.contains(scope.value()))
                .toList();
        return best(typed.substring(before.length()), left).stream()
                .map(scope -> new Proposal(before + scope.value(), scope.description()))
                .toList();
    }

    /** A method, a path that was used before, or after a method only the path. */
    private List<Proposal> requests(String typed, CommandLine line) {
        List<Proposal> all = new ArrayList<>();
        if (line.positional().isEmpty()) {
            all.addAll(METHODS);
        } else if (line.positional().size() > 1 || line.positional().get(0).startsWith("/")) {
            return List.of();
        }
        List<Proposal> paths = used.names(Usage.Kind.PATH).stream()
                .map(path -> new Proposal(path, "requested before"))
                .toList();
        all.addAll(ranked(Usage.Kind.PATH, typed, paths));
        return best(typed, all);
    }

    private List<Proposal> asked(Values.Kind kind, String typed, CommandLine line) {
        try {
            return names.values(kind, typed, profile(line));
        } catch (FailureException e) {
            return List.of(); // the command reports a store that cannot be read
        }
    }

    private List<Proposal> ranked(Usage.Kind kind, String typed, List<Proposal> found) {
        List<Proposal> sorted = sorted(best(typed, found));
        Set<String> before = Set.copyOf(used.names(kind));
        List<Proposal> first = new ArrayList<>();
        List<Proposal> rest = new ArrayList<>(sorted.size());
        for (Proposal one : sorted) {
            (before.contains(one.value()) ? first : rest).add(one);
        }
        first.sort(Comparator.comparingDouble(one -> -used.rank(kind, one.value())));
        first.addAll(rest);
        return first;
    }

    private static List<Proposal> sorted(List<Proposal> found) {
        // A name that would change the screen is not offered; it can still be typed.
        return found.stream()
                .filter(proposal -> Visible.field(proposal.value()).equals(proposal.value()))
                .sorted(Comparator.comparing(Proposal::value))
                .toList();
    }

    private static List<Proposal> best(String typed, List<Proposal> found) {
        return Match.best(typed, found, Proposal::value);
    }

    private static Optional<ProfileName> profile(CommandLine line) {
        List<String> given = line.values("profile");
        return given.isEmpty() ? Optional.empty() : ProfileName.of(given.get(given.size() - 1));
    }
}
