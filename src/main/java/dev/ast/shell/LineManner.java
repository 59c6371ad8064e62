package dev.ast.shell;

import dev.ast.output.Coloring;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Format;
import dev.ast.shell.grammar.Tokenizer;
import java.util.List;

/** Finds out how a line wants its errors, even when the line is one that the grammar refuses. */
public final class LineManner {
    private LineManner() {}

    /** The words of a line; one with an open quote is cut at its blanks, since the quote would hide what follows. */
    static List<String> words(String line) {
        Tokenizer.Tokens tokens = Tokenizer.parse(line, line.length());
        return tokens.finished() ? tokens.words() : List.of(line.split("\\s+", -1));
    }

    /** Looks for the options before {@code --}, without asking whether they stand where they may. */
    public static ErrorPrinter.Options of(List<String> words) {
        Format format = Format.TEXT;
        Coloring coloring = Coloring.AUTO;
        boolean verbose = false;
        for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
            String word = words.get(i);
            String next = i + 1 < words.size() ? words.get(i + 1) : "";
            if (isJson(word, next)) {
                format = Format.JSON;
            }
            verbose |= word.equals("--verbose") || word.matches("-[hq]*v.*");
            if (isColor(word, next, "never")) {
                coloring = Coloring.NEVER;
            } else if (isColor(word, next, "always")) {
                coloring = Coloring.ALWAYS;
            }
        }
        return new ErrorPrinter.Options(format, coloring, verbose);
    }

    private static boolean isJson(String word, String next) {
        return word.equals("--output=json")
                || word.matches("-[hqv]*o=?json")
                || (next.equals("json") && (word.equals("--output") || word.matches("-[hqv]*o")));
    }

    private static boolean isColor(String word, String next, String value) {
        return word.equals("--color=" + value) || (word.equals("--color") && next.equals(value));
    }
}
