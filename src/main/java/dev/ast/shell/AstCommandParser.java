package dev.ast.shell;

import dev.ast.command.GlobalOptions;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Replaces Spring Shell's {@code DefaultCommandParser}, which knows double quotes only, drops empty words, passes over
 * unknown options and unexpected arguments, has no global options (issues 1374, 1331, 1309, 1314) and logs the line.
 */
public final class AstCommandParser implements CommandParser {
    private final Catalog catalog;

    /** Parses calls of these commands. {@code help} and {@code version} must be among them. */
    public AstCommandParser(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Reads a line. @throws dev.ast.domain.FailureException (usage) for anything that the grammar refuses */
    @Override
    public ParsedInput parse(String line) {
        return parse(Tokenizer.words(line));
    }

    /** Reads words that are split already, so that nothing is joined and split again. Throws as {@link #parse(String)}. */
    public ParsedInput parse(List<String> words) {
        CommandLine line = CommandLine.of(catalog, words);
        List<String> name = List.of(line.command().name().split(" "));
        ParsedInput.Builder input = ParsedInput.builder().commandName(name.get(0));
        name.subList(1, name.size()).forEach(input::addSubCommand);
        addGlobal(input, line.global());
        line.options().forEach((option, values) -> addOption(input, option, values));
        addArguments(input, line.operands());
        return input.build();
    }

    private static void addArguments(ParsedInput.Builder input, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            input.addArgument(new CommandArgument(i, words.get(i)));
        }
    }

    private static void addOption(ParsedInput.Builder input, String name, List<String> values) {
        if (values.isEmpty()) {
            input.addOption(CommandOption.with().longName(name).build());
        }
        values.forEach(value ->
                input.addOption(CommandOption.with().longName(name).value(value).build()));
    }

    private static void addGlobal(ParsedInput.Builder input, GlobalOptions global) {
        addValue(input, "profile", global.profile());
        addValue(input, "context", global.context());
        addValue(input, "server", global.server());
        addValue(input, "output", global.format().map(AstCommandParser::word));
        addValue(input, "token", global.token());
        addFlag(input, "no-input", global.noInput());
        addFlag(input, "quiet", global.quiet());
        addFlag(input, "verbose", global.verbose());
        addValue(input, "color", Optional.of(word(global.color())));
    }

    private static void addValue(ParsedInput.Builder input, String name, Optional<?> value) {
        value.ifPresent(present -> addOption(input, name, List.of(present.toString())));
    }

    private static void addFlag(ParsedInput.Builder input, String name, boolean given) {
        if (given) {
            addOption(input, name, List.of(""));
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
