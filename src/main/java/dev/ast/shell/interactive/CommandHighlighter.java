package dev.ast.shell.interactive;

import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.CommandLine.Role;
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

/** Shows the words of a known command bold, and a word that no command can begin with red. Nothing else changes. */
final class CommandHighlighter implements Highlighter {
    private static final AttributedStyle RED = AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);

    private final Supplier<Optional<Catalog>> catalog;

    /** @param catalog absent while the commands are not known yet; it must not wait */
    CommandHighlighter(Supplier<Optional<Catalog>> catalog) {
        this.catalog = catalog;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        Optional<Catalog> known = catalog.get();
        if (known.isEmpty()) {
            return new AttributedString(buffer);
        }
        List<Token> tokens = Tokenizer.parse(buffer, buffer.length()).command();
        CommandLine line =
                CommandLine.of(known.get(), tokens.stream().map(Token::text).toList());
        AttributedStringBuilder styled = new AttributedStringBuilder();
        int shown = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean wrong = line.isUnknownCommand() && line.failedAt() == i && !begins(known.get(), line.path(), token);
            if (wrong || line.role(i) == Role.COMMAND) {
                styled.append(buffer.substring(shown, token.start()));
                styled.styled(wrong ? RED : AttributedStyle.BOLD, buffer.substring(token.start(), token.end()));
                shown = token.end();
            }
        }
        return styled.append(buffer.substring(shown)).toAttributedString();
    }

    private static boolean begins(Catalog catalog, String path, Token token) {
        return catalog.next(path).stream().anyMatch(next -> next.text().startsWith(token.text()));
    }
}
