package dev.ast.shell.line;

import dev.ast.domain.SecretShape;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.output.Visible;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.GivenOption;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.grammar.Tokenizer.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Prints each line of a script before it runs, as {@code + LINE} on standard error, without the secrets in it. */
public final class LineTrace implements Consumer<String> {
    private final Catalog catalog;
    private final Redactor redactor;
    private final Screen screen;

    /** Prints on the screen. */
    public LineTrace(Catalog catalog, Redactor redactor, Screen screen) {
        this.catalog = catalog;
        this.redactor = redactor;
        this.screen = screen;
    }

    @Override
    public void accept(String line) {
        screen.err("+ " + Visible.field(redactor.redact(masked(line))) + "\n");
    }

    private String masked(String line) {
        List<Token> tokens = Tokenizer.parse(line, line.length()).tokens();
        CommandLine read =
                CommandLine.of(catalog, tokens.stream().map(Token::text).toList());
        Set<Integer> secrets = new HashSet<>();
        for (GivenOption option : read.given()) {
            if (option.isLiteralSecret()) {
                secrets.add(option.word());
            }
        }
        StringBuilder shown = new StringBuilder();
        int done = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (secrets.contains(i) || SecretShape.matches(token.text())) {
                shown.append(line, done, token.start()).append(Redactor.MASK);
                done = token.end();
            }
        }
        return shown.append(line.substring(done)).toString();
    }
}
