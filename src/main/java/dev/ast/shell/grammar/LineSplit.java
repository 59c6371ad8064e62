package dev.ast.shell.grammar;

import dev.ast.shell.grammar.Tokenizer.Kind;
import dev.ast.shell.grammar.Tokenizer.Quote;
import dev.ast.shell.grammar.Tokenizer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Splits a text into tokens from left to right, and notes what is known at one place of it, the cursor. */
final class LineSplit {
    static final String ESCAPED_IN_DOUBLE_QUOTES = "\"\\$`";
    private static final String SPACES = " \t\n\r";

    private final String line;
    private final @Nullable UnaryOperator<String> variables;
    /** Where the lines of the text end, outside of quotes. */
    final List<Integer> ends = new ArrayList<>();

    final List<Token> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    Quote quote = Quote.NONE;
    private boolean inWord;
    boolean danglingBackslash;
    private int start;
    private final int cursor;
    int cursorIndex = -1;
    String cursorText = "";
    Quote cursorQuote = Quote.NONE;
    boolean cursorInComment;
    boolean endsInComment;

    LineSplit(String line, int cursor, @Nullable UnaryOperator<String> variables) {
        this.line = line;
        this.cursor = cursor;
        this.variables = variables;
        split();
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
            if (c == '\n') {
                ends.add(at);
            }
            return at + 1;
        }
        if (c == '\\') {
            return backslash(at);
        }
        if (!inWord && c == '#') {
            return comment(at);
        }
        if (!inWord && (c == '|' || c == '>')) {
            return operator(at);
        }
        beginWord(at);
        if (c == '$' && variables != null) {
            return variable(at);
        }
        switch (c) {
            case '\'' -> quote = Quote.SINGLE;
            case '"' -> quote = Quote.DOUBLE;
            default -> text.append(c);
        }
        return at + 1;
    }

    /** Passes over a comment; returns the place of the line's end. */
    private int comment(int at) {
        int end = line.indexOf('\n', at);
        endsInComment = end < 0;
        int next = end < 0 ? line.length() : end;
        if (cursor > at && cursor <= next) {
            cursorIndex = tokens.size();
            cursorInComment = true;
            tokens.add(new Token("", cursor, cursor, Kind.WORD));
        }
        return next;
    }

    private int operator(int at) {
        boolean append = line.startsWith(">>", at);
        Kind kind = append ? Kind.APPEND : line.charAt(at) == '|' ? Kind.PIPE : Kind.WRITE;
        int end = at + (append ? 2 : 1);
        String written = line.substring(at, end);
        if (append && cursor == at + 1) {
            cursorIndex = tokens.size();
            cursorText = ">";
        }
        tokens.add(new Token(written, at, end, kind));
        return end;
    }

    /** Takes the value of the variable at a dollar sign, or the sign itself where no name follows; returns the next place. */
    private int variable(int at) {
        Optional<VariableName> found = VariableName.at(line, at);
        if (found.isEmpty() || variables == null) {
            text.append('$');
            return at + 1;
        }
        text.append(variables.apply(found.get().name()));
        return found.get().end();
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
        if (quote == Quote.DOUBLE && c == '$' && variables != null) {
            return variable(at);
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
        tokens.add(new Token(text.toString(), start, at, Kind.WORD));
        text.setLength(0);
        inWord = false;
    }

    /** Keeps what is known at the cursor; a cursor at the end of a word belongs to it, one between spaces to none. */
    private void noteCursor(int at) {
        if (at != cursor || cursorIndex >= 0) {
            return;
        }
        cursorIndex = tokens.size();
        cursorText = text.toString();
        cursorQuote = quote;
        boolean startsHere = at < line.length()
                && SPACES.indexOf(line.charAt(at)) < 0
                && line.charAt(at) != '#'
                && !line.startsWith("\\\n", at);
        if (!inWord && !startsHere) {
            tokens.add(new Token("", at, at, Kind.WORD));
        }
    }
}
