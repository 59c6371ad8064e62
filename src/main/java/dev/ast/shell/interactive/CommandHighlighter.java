package dev.ast.shell.interactive;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.Values;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.CommandLine.Role;
import dev.ast.shell.grammar.GivenOption;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.grammar.Tokenizer.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Shows the words of a known command bold, options, quoted text and known values coloured, and the first mistake red and
 * underlined, once its word is finished.
 */
final class CommandHighlighter implements Highlighter {
    static final AttributedStyle WRONG =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.RED).underline();
    static final AttributedStyle OPTION = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    static final AttributedStyle VALUE = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    static final AttributedStyle QUOTED = AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);

    private final Supplier<Optional<Catalog>> catalog;
    private final UnaryOperator<List<String>> expand;

    /**
     * Shows lines of the given commands.
     *
     * @param catalog absent while the commands are not known yet; it must not wait
     * @param expand replaces a word of the user's own; asked only when the commands are known
     */
    CommandHighlighter(Supplier<Optional<Catalog>> catalog, UnaryOperator<List<String>> expand) {
        this.catalog = catalog;
        this.expand = expand;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        Optional<Catalog> known = catalog.get();
        if (known.isEmpty()) {
            return new AttributedString(buffer);
        }
        if (buffer.stripLeading().startsWith("!")) {
            return new AttributedString(buffer); // the words of a program
        }
        List<Token> tokens = Tokenizer.parse(buffer, buffer.length()).command();
        List<String> typed = tokens.stream().map(Token::text).toList();
        List<String> meant = expand.apply(typed);
        CommandLine line = CommandLine.of(known.get(), meant);
        // By how many words a word of the user's own, which is the first one, is longer than it looks.
        int more = meant.size() - typed.size();
        boolean own = !meant.equals(typed);
        AttributedStringBuilder styled = new AttributedStringBuilder();
        int shown = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String written = buffer.substring(token.start(), token.end());
            boolean finished = token.end() < buffer.length();
            styled.append(buffer.substring(shown, token.start()));
            int at = i + more;
            AttributedStyle style = own && i == 0 ? AttributedStyle.BOLD : style(line, at, token.text(), written);
            styled.styled(line.failedAt() == at && finished ? WRONG : style, written);
            shown = token.end();
        }
        return styled.append(buffer.substring(shown)).toAttributedString();
    }

    private static AttributedStyle style(CommandLine line, int at, String word, String written) {
        Role role = line.role(at);
        if (role == Role.COMMAND) {
            return AttributedStyle.BOLD;
        }
        if (line.failedAt() != at && (role == Role.OPTION || role == Role.SEPARATOR)) {
            return OPTION;
        }
        if (values(line, at).filter(values -> values.words().contains(word)).isPresent()) {
            return VALUE;
        }
        return written.startsWith("'") || written.startsWith("\"") ? QUOTED : AttributedStyle.DEFAULT;
    }

    /** What the word can be. */
    private static Optional<Values> values(CommandLine line, int at) {
        for (GivenOption given : line.given()) {
            if (given.word() == at) {
                return Optional.of(given.option().values());
            }
        }
        Optional<CommandSpec> command = line.role(at) == Role.ARGUMENT ? line.named() : Optional.empty();
        int number = 0;
        for (int i = 0; i < at; i++) {
            number += line.role(i) == Role.ARGUMENT ? 1 : 0;
        }
        int argument = number;
        return command.map(CommandSpec::arguments)
                .filter(all -> argument < all.size())
                .map(all -> all.get(argument))
                .map(ArgumentSpec::values);
    }
}
