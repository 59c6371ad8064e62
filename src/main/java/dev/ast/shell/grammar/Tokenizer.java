package dev.ast.shell.grammar;

import dev.ast.domain.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words with the quoting of a POSIX shell (POSIX.1-2017, Shell Command Language 2.2) and without any
 * expansion: no variables, no globs, no comments, no history.
 */
public final class Tokenizer {

    /** The quotes that are open at a place of a line. */
    public enum Quote {
        NONE,
        SINGLE,
        DOUBLE
    }

    /**
     * One word.
     *
     * @param text without its quotes and escapes
     * @param start where it begins in the line
     * @param end the place after its last character, a closing quote included
     */
    public record Token(String text, int start, int end) {}

    /**
     * A line as completion sees it; the word at the cursor always exists, an empty one between spaces.
     *
     * @param tokens all words
     * @param index which of them holds the cursor
     * @param before the text of that word left of the cursor, without quotes and escapes
     * @param quote what is open at the cursor
     * @param finished whether the line could be run: no quote is open at its end, and no backslash ends it
     */
    public record Tokens(List<Token> tokens, int index, String before, Quote quote, boolean finished) {

        /** The texts of all words. */
        public List<String> words() {
            return tokens.stream().map(Token::text).toList();
        }

        /** The word that holds the cursor. */
        public Token current() {
            return tokens.get(index);
        }
    }

    private static final String SPACES = " \t\n\r";
    private static final String ESCAPED_IN_DOUBLE_QUOTES = "\"\\$`";
    private static final String PLAIN = "@%+=:,./-_";

    private final String line;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Quote quote = Quote.NONE;
    private boolean inWord;
    private boolean danglingBackslash;
    private int start;
    private final int cursor;
    private int cursorIndex = -1;
    private String cursorText = "";
    private Quote cursorQuote = Quote.NONE;

    private Tokenizer(String line, int cursor) {
        this.line = line;
        this.cursor = cursor;
        split();
    }

    /**
     * The words of a line that is to be run.
     *
     * @throws dev.ast.domain.FailureException (usage) when a quote is not closed or a backslash ends the line
     */
    public static List<String> words(String line) {
        Tokenizer split = new Tokenizer(line, -1);
        if (split.quote != Quote.NONE) {
            throw Failure.usage("a quote (%s) is not closed".formatted(split.quote == Quote.SINGLE ? "'" : "\""));
        }
        if (split.danglingBackslash) {
            throw Failure.usage("a backslash at the end has nothing to quote");
        }
        List<String> words = new ArrayList<>();
        for (Token token : split.tokens) {
            words.add(token.text());
        }
        return words;
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
        Tokenizer split = new Tokenizer(line, cursor);
        boolean finished = split.quote == Quote.NONE && !split.danglingBackslash;
        return new Tokens(List.copyOf(split.tokens), split.cursorIndex, split.cursorText, split.cursorQuote, finished);
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
                    written.append(ESCAPED_IN_DOUBLE_QUOTES.indexOf(c) >= 0 ? "\\" : "")
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

    private void split() {
        int at = 0;
        while (at < line.length()) {
            noteCursor(at);
            at = quote == Quote.NONE ? unquoted(at) : quoted(at);
        }
        noteCursor(line.length());
        if (inWord) {
            endWord(line.length());
        }
    }

    /** Reads from a place outside quotes; returns the next place. */
    private int unquoted(int at) {
        char c = line.charAt(at);
        if (SPACES.indexOf(c) >= 0) {
            if (inWord) {
                endWord(at);
            }
            return at + 1;
        }
        if (c == '\\') {
            return backslash(at);
        }
        beginWord(at);
        switch (c) {
            case '\'' -> quote = Quote.SINGLE;
            case '"' -> quote = Quote.DOUBLE;
            default -> text.append(c);
        }
        return at + 1;
    }

    private int backslash(int at) {
        if (at + 1 == line.length()) {
            beginWord(at);
            danglingBackslash = true;
            return at + 1;
        }
        char next = line.charAt(at + 1);
        if (next != '\n') { // a backslash before a line break joins the lines
            beginWord(at);
            text.append(next);
        }
        noteCursor(at + 1);
        return at + 2;
    }

    private int quoted(int at) {
        char c = line.charAt(at);
        if (c == (quote == Quote.SINGLE ? '\'' : '"')) {
            quote = Quote.NONE;
            return at + 1;
        }
        boolean escapes = quote == Quote.DOUBLE && c == '\\' && at + 1 < line.length();
        if (escapes && line.charAt(at + 1) == '\n') {
            noteCursor(at + 1);
            return at + 2;
        }
        if (escapes && ESCAPED_IN_DOUBLE_QUOTES.indexOf(line.charAt(at + 1)) >= 0) {
            text.append(line.charAt(at + 1));
            noteCursor(at + 1);
            return at + 2;
        }
        text.append(c);
        return at + 1;
    }

    private void beginWord(int at) {
        if (!inWord) {
            inWord = true;
            start = at;
        }
    }

    private void endWord(int at) {
        tokens.add(new Token(text.toString(), start, at));
        text.setLength(0);
        inWord = false;
    }

    /** Keeps what is known at the cursor; a cursor at the end of a word belongs to it, one between spaces to none. */
    private void noteCursor(int at) {
        if (at != cursor) {
            return;
        }
        cursorIndex = tokens.size();
        cursorText = text.toString();
        cursorQuote = quote;
        boolean startsHere = at < line.length() && SPACES.indexOf(line.charAt(at)) < 0 && !line.startsWith("\\\n", at);
        if (!inWord && !startsHere) {
            tokens.add(new Token("", at, at));
        }
    }
}
