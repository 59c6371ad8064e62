package dev.ast.shell.grammar;

import dev.ast.command.CommandSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** All commands, found by name, by alias and by the words that they begin with. */
public final class Catalog {

    /**
     * A word that can follow others in the name of a command.
     *
     * @param text the word
     * @param description the command's summary, or the words that can follow this one
     * @param command the command that the words name now; absent for a group such as {@code profile}
     */
    public record Word(String text, String description, Optional<CommandSpec> command) {}

    private final Set<String> closed = new HashSet<>();
    private final Function<String, List<CommandSpec>> described;
    private final NavigableMap<String, CommandSpec> byName = new TreeMap<>();

    /** @throws IllegalArgumentException when two commands share a name or alias */
    public Catalog(List<CommandSpec> commands) {
        described = word -> List.of();
        for (CommandSpec command : commands) {
            register(command, "");
        }
    }

    /**
     * Commands that are described when a line first begins with their word.
     *
     * @param words the first words of all names and aliases
     * @param described the commands with a name or alias that begins with a word; it may give others, too
     */
    public Catalog(Set<String> words, Function<String, List<CommandSpec>> described) {
        closed.addAll(words);
        this.described = described;
    }

    private void register(CommandSpec command, String firstWord) {
        register(command.name(), command, firstWord);
        for (String alias : command.aliases()) {
            register(alias, command, firstWord);
        }
    }

    private void register(String name, CommandSpec command, String firstWord) {
        boolean wanted = firstWord.isEmpty() || firstWord.equals(firstWord(name));
        if (wanted && byName.put(name, command) != null) {
            throw new IllegalArgumentException("two commands are called '" + name + "'");
        }
    }

    // All commands, or those with this first word.
    private synchronized NavigableMap<String, CommandSpec> opened(String name) {
        String first = firstWord(name);
        List<String> words = first.isEmpty() ? List.copyOf(closed) : List.of(first);
        for (String word : words) {
            if (closed.remove(word)) {
                for (CommandSpec command : described.apply(word)) {
                    register(command, word);
                }
            }
        }
        return byName;
    }

    /** The command of this name or alias; its words are separated by one space. */
    public Optional<CommandSpec> find(String nameOrAlias) {
        return Optional.ofNullable(opened(nameOrAlias).get(nameOrAlias));
    }

    /** All commands by name, hidden ones included. */
    public List<CommandSpec> all() {
        Map<String, CommandSpec> all = new TreeMap<>();
        opened("").values().forEach(command -> all.put(command.name(), command));
        return List.copyOf(all.values());
    }

    /** The commands of help and completion by name. */
    public List<CommandSpec> visible() {
        return all().stream().filter(command -> !command.hidden()).toList();
    }

    /** The visible commands whose name or alias begins with these words and goes on after them. */
    public List<CommandSpec> under(String prefixWords) {
        return after(prefixWords).values().stream()
                .filter(command -> !command.hidden())
                .distinct()
                .toList();
    }

    /** Whether these words name a command or begin the name of one. */
    public boolean leadsOn(String words) {
        return find(words).isPresent() || !after(words).isEmpty();
    }

    /**
     * The words that can follow these in the name of a visible command, sorted.
     *
     * @param words empty for the first word
     */
    public List<Word> next(String words) {
        SortedMap<String, CommandSpec> names = words.isEmpty() ? opened("") : after(words);
        int skip = words.isEmpty() ? 0 : words.length() + 1;
        TreeMap<String, Word> found = new TreeMap<>();
        names.forEach((name, command) -> {
            if (!command.hidden()) {
                String word = firstWord(name.substring(skip));
                found.computeIfAbsent(word, w -> describe(words.isEmpty() ? w : words + " " + w, w));
            }
        });
        return List.copyOf(found.values());
    }

    private Word describe(String path, String word) {
        Optional<CommandSpec> command = find(path).filter(found -> !found.hidden());
        String description = command.map(CommandSpec::summary).orElseGet(() -> String.join(", ", followers(path)));
        return new Word(word, description, command);
    }

    private Collection<String> followers(String path) {
        List<String> words = new ArrayList<>();
        after(path).forEach((name, command) -> {
            String word = firstWord(name.substring(path.length() + 1));
            if (!command.hidden() && !words.contains(word)) {
                words.add(word);
            }
        });
        return words;
    }

    private SortedMap<String, CommandSpec> after(String words) {
        return opened(words).subMap(words + " ", words + "!"); // '!' follows the space in ASCII
    }

    private static String firstWord(String name) {
        int space = name.indexOf(' ');
        return space < 0 ? name : name.substring(0, space);
    }
}
