package dev.ast.shell;

import dev.ast.command.GlobalOptions;
import dev.ast.output.Coloring;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Format;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import java.util.List;

/** How the errors of a line are printed, also when the line itself is wrong. */
public final class ErrorOptions {
    private ErrorOptions() {}

    /** The words of a line; one with an open quote is split at its spaces, since the quote would hide what follows. */
    public static List<String> words(String line) {
        Tokenizer.Tokens tokens = Tokenizer.parse(line, line.length());
        return tokens.finished()
                ? tokens.command().stream().map(Tokenizer.Token::text).toList()
                : List.of(line.split("\\s+", -1));
    }

    /** The line's global options; they are found in spite of any error. */
    public static ErrorPrinter.Options of(List<String> words) {
        CommandLine line = CommandLine.withoutCommands(GlobalOptions.SPECS, words);
        Coloring coloring = Coloring.AUTO;
        for (String when : line.values("color")) {
            coloring = when.equals("never") ? Coloring.NEVER : when.equals("always") ? Coloring.ALWAYS : coloring;
        }
        Format format = line.values("output").contains("json") ? Format.JSON : Format.TEXT;
        return new ErrorPrinter.Options(format, coloring, line.has("verbose"));
    }
}
