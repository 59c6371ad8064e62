package dev.ast.shell.interactive;

import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.grammar.Tokenizer.Quote;
import dev.ast.shell.grammar.Tokenizer.Tokens;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.Parser;

/** Gives JLine the words of our own grammar, so that what Tab completes is what Enter runs. */
final class WordParser implements Parser {

    @Override
    public CompletingParsedLine parse(String line, int cursor, ParseContext context) {
        Tokens tokens = Tokenizer.parse(line, Math.max(0, Math.min(cursor, line.length())));
        boolean entered = context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT;
        if (entered && !tokens.finished()) {
            throw new EOFError(-1, cursor, "the line is not finished", missing(line));
        }
        return new Line(line, cursor, tokens);
    }

    private static String missing(String line) {
        return switch (Tokenizer.parse(line, line.length()).quote()) {
            case SINGLE -> "'";
            case DOUBLE -> "\"";
            case NONE -> "\\";
        };
    }

    /** A line and its tokens. */
    record Line(String line, int cursor, Tokens tokens) implements CompletingParsedLine {
        @Override
        public String word() {
            return tokens.current().text();
        }

        @Override
        public int wordCursor() {
            return tokens.before().length();
        }

        @Override
        public int wordIndex() {
            return tokens.index();
        }

        @Override
        public List<String> words() {
            return tokens.words();
        }

        @Override
        public int rawWordCursor() {
            return cursor - tokens.current().start();
        }

        @Override
        public int rawWordLength() {
            return tokens.current().end() - tokens.current().start();
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            Quote open = tokens.quote();
            String written = Tokenizer.escape(candidate.toString(), open);
            String quote = switch (open) {
                case NONE -> "";
                case SINGLE -> "'";
                case DOUBLE -> "\"";
            };
            return quote + written + (complete ? quote : "");
        }
    }
}
