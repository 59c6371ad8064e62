package dev.ast.shell;

import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import java.util.List;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Replaces Spring Shell's {@code DefaultCommandParser}, which knows double quotes only, drops empty words, passes over
 * unknown options and unexpected arguments, has no global options (issues 1374, 1331, 1309, 1314) and logs the line. It
 * finds the command; the words are its arguments as they are.
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
        return input(read(words), words);
    }

    /** Reads words; an error is kept in the line. */
    CommandLine read(List<String> words) {
        return CommandLine.of(catalog, words);
    }

    /** The name of a line's command, and the words that it was read from. Throws as {@link #parse(String)}. */
    ParsedInput input(CommandLine line, List<String> words) {
        List<String> name = List.of(line.command().name().split(" "));
        ParsedInput.Builder input = ParsedInput.builder().commandName(name.get(0));
        name.subList(1, name.size()).forEach(input::addSubCommand);
        for (int i = 0; i < words.size(); i++) {
            input.addArgument(new CommandArgument(i, words.get(i)));
        }
        return input.build();
    }
}
