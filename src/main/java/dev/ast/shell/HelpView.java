package dev.ast.shell;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How help looks: the list of all commands fits a terminal of 80 columns, and 24 lines as far as it can. */
public final class HelpView implements View<HelpPage> {
    private static final int SCREENFUL = 23;

    private final List<String> groups;

    /** @param groups headings in the order in which they are shown; others follow by name */
    public HelpView(List<String> groups) {
        this.groups = List.copyOf(groups);
    }

    @Override
    public Object document(HelpPage page) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        page.topic().ifPresent(command -> {
            document.putAll(brief(command));
            document.put("usage", usage(command));
            document.put("description", command.description());
            document.put("examples", HelpExamples.of(command.name()));
            document.put(
                    "arguments",
                    command.arguments().stream()
                            .map(argument -> Map.of("name", argument.name(), "description", argument.description()))
                            .toList());
            document.put(
                    "options", command.options().stream().map(HelpView::option).toList());
        });
        document.put("commands", page.commands().stream().map(HelpView::brief).toList());
        document.put(
                "global_options",
                GlobalOptions.SPECS.stream().map(HelpView::option).toList());
        return document;
    }

    private static Map<String, Object> brief(CommandSpec command) {
        Map<String, Object> brief = new LinkedHashMap<>();
        brief.put("name", command.name());
        brief.put("aliases", command.aliases());
        brief.put("group", command.group());
        brief.put("summary", command.summary());
        return brief;
    }

    private static Map<String, @Nullable Object> option(OptionSpec option) {
        Map<String, @Nullable Object> brief = new LinkedHashMap<>();
        brief.put("name", option.name());
        brief.put("letter", option.letter().map(String::valueOf).orElse(null));
        brief.put("value", option.takes() == OptionSpec.Takes.NOTHING ? null : option.valueName());
        brief.put("description", option.description());
        return brief;
    }

    @Override
    public void text(HelpPage help, Page page) {
        if (help.topic().isPresent()) {
            command(help.topic().get(), page);
            list("Commands", help.commands(), page);
        } else if (help.path().isEmpty()) {
            overview(help.commands(), page);
        } else {
            page.line("Usage: ", page.typed("ast " + help.path()), " COMMAND [OPTIONS]");
            list("Commands", help.commands(), page);
            page.emptyLine().line("Details: ", page.typed("ast help " + help.path() + " COMMAND"));
        }
    }

    private void overview(List<CommandSpec> commands, Page page) {
        Map<String, Map<String, String>> rows = rows(commands);
        int lines = 3 + rows.size() + rows.values().stream().mapToInt(Map::size).sum() + 4;
        boolean airy = lines + rows.size() <= SCREENFUL;
        page.line("Usage: ast [COMMAND] [OPTIONS]; without a command, the interactive shell");
        if (!airy) {
            page.emptyLine();
        }
        int column = rows.values().stream()
                .flatMap(terms -> terms.keySet().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        rows.forEach((group, terms) -> {
            if (airy) {
                page.emptyLine();
            }
            page.line(Tone.BOLD.of(group));
            Map<String, String> padded = new LinkedHashMap<>();
            terms.forEach((name, summary) -> padded.put(name + " ".repeat(column - name.length()), summary));
            page.terms(padded);
        });
        page.emptyLine();
        page.paragraph("Anywhere in a line: " + global());
        page.line("Details: ", page.typed("ast help COMMAND"), ", ", page.typed("ast help topics"));
    }

    // One line for all commands that begin with the same word, in the place of the first of them.
    private Map<String, Map<String, String>> rows(List<CommandSpec> commands) {
        Map<String, Map<String, String>> rows =
                new TreeMap<>(Comparator.comparingInt(this::place).thenComparing(Comparator.naturalOrder()));
        Map<String, Set<String>> followers = new LinkedHashMap<>();
        for (CommandSpec command : commands) {
            String first = firstWord(command.name());
            if (first.equals(command.name())) {
                row(rows, command.group()).put(command.name(), command.summary());
            } else {
                followers
                        .computeIfAbsent(first, word -> new LinkedHashSet<>())
                        .add(command.name().substring(first.length() + 1));
            }
        }
        for (CommandSpec command : commands) {
            String first = firstWord(command.name());
            if (followers.containsKey(first)) {
                row(rows, command.group()).putIfAbsent(first, String.join(", ", followers.get(first)));
            }
        }
        return rows;
    }

    private static String firstWord(String name) {
        int space = name.indexOf(' ');
        return space < 0 ? name : name.substring(0, space);
    }

    private static Map<String, String> row(Map<String, Map<String, String>> rows, String group) {
        return rows.computeIfAbsent(group, name -> new TreeMap<>());
    }

    private int place(String group) {
        int place = groups.indexOf(group);
        return place < 0 ? groups.size() : place;
    }

    private static void command(CommandSpec command, Page page) {
        page.line("Usage: ", page.typed(usage(command)));
        command.aliases().forEach(alias -> page.line("Also:  ", page.typed("ast " + alias)));
        page.emptyLine().paragraph(command.summary() + ".");
        if (!command.description().isEmpty()) {
            page.emptyLine().paragraph(command.description());
        }
        Map<String, String> arguments = new LinkedHashMap<>();
        command.arguments()
                .forEach(argument ->
                        arguments.put(argument.name(), withValues(argument.description(), argument.values())));
        terms("Arguments", arguments, page);
        terms("Options", options(command.options()), page);
        List<String> examples = HelpExamples.of(command.name());
        if (!examples.isEmpty()) {
            page.emptyLine().line(Tone.BOLD.of("Examples"));
            examples.forEach(example -> page.line("  ", page.typed(example)));
        }
        page.emptyLine();
        page.paragraph("Anywhere in a line: " + global());
    }

    private static String global() {
        return GlobalOptions.SPECS.stream().map(HelpView::shortest).collect(Collectors.joining(", "));
    }

    private static void list(String heading, List<CommandSpec> commands, Page page) {
        Map<String, String> terms = new LinkedHashMap<>();
        commands.forEach(command -> terms.put(command.name(), command.summary()));
        terms(heading, terms, page);
    }

    private static void terms(String heading, Map<String, String> terms, Page page) {
        if (!terms.isEmpty()) {
            page.emptyLine().line(Tone.BOLD.of(heading)).terms(terms);
        }
    }

    private static Map<String, String> options(List<OptionSpec> options) {
        Map<String, String> terms = new LinkedHashMap<>();
        for (OptionSpec option : options) {
            String letter = option.letter().map(c -> "-" + c + ", ").orElse("    ");
            terms.put(letter + "--" + option.name() + value(option), withValues(option.description(), option.values()));
        }
        return terms;
    }

    private static String value(OptionSpec option) {
        return switch (option.takes()) {
            case NOTHING -> "";
            case VALUE -> " " + option.valueName();
            case MAYBE -> " [" + option.valueName() + "]";
        };
    }

    private static String shortest(OptionSpec option) {
        return option.letter().map(c -> "-" + c).orElse("--" + option.name()) + value(option);
    }

    /** A description, with the words of a fixed list that it does not name. */
    public static String withValues(String description, Values values) {
        boolean needed =
                values.kind() == Values.Kind.WORDS && !values.words().stream().allMatch(description::contains);
        return needed ? description + ": " + String.join(", ", values.words()) : description;
    }

    /** How a command is written, with what it takes. */
    public static String usage(CommandSpec command) {
        StringBuilder usage = new StringBuilder("ast ").append(command.name());
        if (!command.options().isEmpty()) {
            usage.append(" [OPTIONS]");
        }
        for (ArgumentSpec argument : command.arguments()) {
            usage.append(
                    switch (argument.count()) {
                        case ONE -> " " + argument.name();
                        case MAYBE -> " [" + argument.name() + "]";
                        case PROGRAM -> " -- " + argument.name() + " [ARGS...]";
                        // The brackets already mark the value as optional.
                        case REST ->
                            argument.name().startsWith("[") ? " " + argument.name() : " [" + argument.name() + "...]";
                    });
        }
        return usage.toString();
    }
}
