package dev.ast.shell.grammar;

import dev.ast.domain.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Splits a line into words with the quoting of a POSIX shell (POSIX.1-2017, Shell Command Language 2.2). A word that begins
 * with an unquoted {@code #} begins a comment up to the end of the line. A word that begins with an unquoted {@code |} or
 * {@code >} begins with an operator; inside a word both are ordinary characters, as in an address. Of expansions there are
 * only variables, and only where they are asked for: no globs, no history.
 */
public final class Tokenizer {

    /** The quotes that are open at a place of a line. */
    public enum Quote {
        NONE,
        SINGLE,
        DOUBLE
    }

    /** What a token is. */
    public enum Kind {
        WORD,
        /** {@code |}. */
        PIPE,
        /** {@code >}. */
        WRITE,
        /** {@code >>}. */
        APPEND
    }

    /**
     * One word or operator.
     *
     * @param text without its quotes and escapes
     * @param start where it begins in the line
     * @param end the place after its last character, a closing quote included
     */
    public record Token(String text, int start, int end, Kind kind) {
        /** Whether it is an operator, not a word. */
        public boolean isOperator() {
            return kind != Kind.WORD;
        }
    }

    /**
     * A line as completion sees it; the word at the cursor always exists, an empty one between spaces.
     *
     * @param tokens all words
     * @param index which of them holds the cursor
     * @param before the text of that word left of the cursor, without quotes and escapes
     * @param quote what is open at the cursor
     * @param finished whether the line could be run: no quote is open at its end, and no backslash ends it
     * @param inComment whether the cursor is in a comment
     */
    public record Tokens(
            List<Token> tokens, int index, String before, Quote quote, boolean finished, boolean inComment) {

        /** The texts of all words and operators. */
        public List<String> words() {
            return tokens.stream().map(Token::text).toList();
        }

        /** The words of the command: those before the first operator. */
        public List<Token> command() {
            for (int i = 0; i < tokens.size(); i++) {
                if (tokens.get(i).isOperator()) {
                    return tokens.subList(0, i);
                }
            }
            return tokens;
        }

        /** The last operator before the word that holds the cursor. */
        public Optional<Kind> operator() {
            for (int i = index - 1; i >= 0; i--) {
                if (tokens.get(i).isOperator()) {
                    return Optional.of(tokens.get(i).kind());
                }
            }
            return Optional.empty();
        }

        /** The word that holds the cursor. */
        public Token current() {
            return tokens.get(index);
        }
    }

    private static final String PLAIN = "@%+=:,./-_";

    private Tokenizer() {}

    /** The words of a line that is to be run, operators among them. Throws as {@link #tokens}. */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (Token token : checked(new LineSplit(line, -1, null))) {
            words.add(token.text());
        }
        return words;
    }

    /**
     * The words and operators of a line that is to be run.
     *
     * @param variables gives the value of a variable by its name, and throws for one that it does not have. It is called for
     *     each variable outside single quotes; a value is never split or read again
     * @throws dev.ast.domain.FailureException (usage) when a quote is not closed or a backslash ends the line
     */
    public static List<Token> tokens(String line, UnaryOperator<String> variables) {
        return checked(new LineSplit(line, -1, variables));
    }

    private static List<Token> checked(LineSplit split) {
        if (split.quote != Quote.NONE) {
            throw Failure.usage("a quote (%s) is not closed".formatted(split.quote == Quote.SINGLE ? "'" : "\""));
        }
        if (split.danglingBackslash) {
            throw Failure.usage("a backslash at the end has nothing to quote");
        }
        return split.tokens;
    }

    /** The lines of a text, such as a pasted one: a quote or a backslash at the end continues a line, in a comment neither. */
    public static List<String> lines(String text) {
        LineSplit split = new LineSplit(text, -1, null);
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end : split.ends) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        lines.add(text.substring(start));
        return lines;
    }

    /** Whether a line ends in a comment, where a backslash means nothing. */
    public static boolean endsInComment(String line) {
        return line.indexOf('#') >= 0 && new LineSplit(line, -1, null).endsInComment;
    }

    /**
     * Splits a line that is still being typed; never fails.
     *
     * @param cursor from 0 to the length of the line
     */
    public static Tokens parse(String line, int cursor) {
        if (cursor < 0 || cursor > line.length()) {
            throw new IllegalArgumentException("cursor " + cursor + " is outside a line of " + line.length());
        }
        LineSplit split = new LineSplit(line, cursor, null);
        boolean finished = split.quote == Quote.NONE && !split.danglingBackslash;
        return new Tokens(
                List.copyOf(split.tokens),
                split.cursorIndex,
                split.cursorText,
                split.cursorQuote,
                finished,
                split.cursorInComment);
    }

    /**
     * Writes a word, or its beginning, as the continuation of what the user has begun to type.
     *
     * @param open the quotes that are open there; they stay open, the caller closes them
     */
    public static String escape(String word, Quote open) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (open) {
                case SINGLE -> written.append(c == '\'' ? "'\\''" : String.valueOf(c));
                case DOUBLE ->
                    written.append(LineSplit.ESCAPED_IN_DOUBLE_QUOTES.indexOf(c) >= 0 ? "\\" : "")
                            .append(c);
                case NONE -> {
                    if (c == '\n') {
                        written.append("'\n'");
                    } else {
                        written.append(isPlain(c) ? "" : "\\").append(c);
                    }
                }
            }
        }
        return written.toString();
    }

    private static boolean isPlain(int c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate((char) c) || PLAIN.indexOf(c) >= 0;
    }
}
