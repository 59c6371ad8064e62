package dev.ast.shell.interactive;

import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.grammar.Tokenizer.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Shows the words of a known command bold, and a first word that begins no command red. Nothing else changes. */
final class CommandHighlighter implements Highlighter {
    private final Supplier<Optional<Catalog>> catalog;

    /** @param catalog absent while the commands are not known yet; it must not wait */
    CommandHighlighter(Supplier<Optional<Catalog>> catalog) {
        this.catalog = catalog;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        Optional<Catalog> known = catalog.get();
        List<Token> tokens = Tokenizer.parse(buffer, buffer.length()).tokens();
        if (known.isEmpty() || tokens.get(0).text().isEmpty()) {
            return new AttributedString(buffer);
        }
        int end = endOfCommand(known.get(), tokens);
        Token first = tokens.get(0);
        AttributedStringBuilder styled = new AttributedStringBuilder();
        if (end > 0) {
            styled.styled(AttributedStyle.BOLD, buffer.substring(0, end));
            return styled.append(buffer.substring(end)).toAttributedString();
        }
        if (first.text().startsWith("-") || begins(known.get(), first.text())) {
            return new AttributedString(buffer);
        }
        styled.append(buffer.substring(0, first.start()));
        styled.styled(
                AttributedStyle.DEFAULT.foreground(AttributedStyle.RED), buffer.substring(first.start(), first.end()));
        return styled.append(buffer.substring(first.end())).toAttributedString();
    }

    private static int endOfCommand(Catalog catalog, List<Token> tokens) {
        String path = "";
        int end = 0;
        for (Token token : tokens) {
            path = path.isEmpty() ? token.text() : path + " " + token.text();
            if (token.text().isEmpty() || token.text().indexOf(' ') >= 0 || !catalog.leadsOn(path)) {
                return end;
            }
            end = token.end();
        }
        return end;
    }

    private static boolean begins(Catalog catalog, String word) {
        return catalog.next("").stream().anyMatch(next -> next.text().startsWith(word));
    }
}
