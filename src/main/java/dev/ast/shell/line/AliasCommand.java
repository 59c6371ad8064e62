package dev.ast.shell.line;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.CommandSpec.Silent;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.grammar.Tokenizer.Quote;
import dev.ast.shell.grammar.Tokenizer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code alias}: lists, adds and removes the user's own words. */
public final class AliasCommand {
    /** The command's name. */
    public static final String NAME = "alias";

    private static final int LONGEST = 1000;

    private final Supplier<Catalog> catalog;
    private final Supplier<Aliases> aliases;

    /** A command over the aliases of the user's settings, which may not hide a command of the catalog. */
    public AliasCommand(Supplier<Catalog> catalog, Supplier<Aliases> aliases) {
        this.catalog = catalog;
        this.aliases = aliases;
    }

    /** Its description. */
    public CommandSpec spec() {
        return CommandSpec.named(NAME, "Shell", "List your own short words, or add one")
                .gives(CommandSpec.Result.LIST)
                .describe(
                        "For example: alias me = whoami -o json. The word can begin a line of the shell or of a script. It"
                                + " is kept in config.yml, and cannot take the name of a command.")
                .argument(ArgumentSpec.maybe("NAME", "The word", Values.FREE))
                .argument(ArgumentSpec.rest("WORDS", "What it stands for", Values.COMMAND))
                .option(OptionSpec.flag("remove", "Remove the word"))
                .does(this::run);
    }

    /** The words of a line, in which the options of what an alias stands for are not those of {@code alias} itself. */
    static List<String> quoted(List<String> words) {
        boolean adds =
                words.size() > 2 && words.get(0).equals(NAME) && !words.get(1).startsWith("-");
        if (!adds || words.contains("--remove") || words.contains("--")) {
            return words;
        }
        List<String> quoted = new ArrayList<>(List.of(NAME, words.get(1), "--"));
        quoted.addAll(words.subList(2, words.size()));
        return quoted;
    }

    private Object run(Call call) {
        if (call.argument("NAME").isEmpty()) {
            return new AliasList(aliases.get().all());
        }
        String name = call.argument("NAME").get();
        if (call.has("remove")) {
            if (!call.rest().isEmpty() || !aliases.get().remove(name)) {
                throw Failure.usage("there is no alias " + SecretShape.quoted(name, 40), "ast alias");
            }
            call.conversation().say("Removed alias " + name);
            return Silent.NOTHING;
        }
        List<String> words = new ArrayList<>(call.rest());
        if (!words.isEmpty() && words.get(0).equals("=")) {
            words.remove(0);
        }
        if (words.isEmpty()) {
            throw Failure.usage("the words of the alias are missing", "ast alias NAME = WORDS");
        }
        String line = words.size() == 1
                ? words.get(0)
                : words.stream()
                        .map(word -> word.isEmpty() ? "''" : Tokenizer.escape(word, Quote.NONE))
                        .collect(Collectors.joining(" "));
        check(name, line);
        aliases.get().set(name, line);
        call.conversation().say("Added alias " + name);
        return Silent.NOTHING;
    }

    private void check(String name, String line) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,31}")) {
            throw Failure.usage(
                    "the name of an alias has letters, digits, - and _, not " + SecretShape.quoted(name, 40));
        }
        if (name.equals("ast") || catalog.get().leadsOn(name)) {
            throw Failure.usage("'" + name + "' is a command already", "choose another name");
        }
        if (line.length() > LONGEST || line.chars().anyMatch(Character::isISOControl)) {
            throw Failure.usage("the words of an alias are one line of at most " + LONGEST + " characters");
        }
        List<Token> tokens = Tokenizer.tokens(line, variable -> "$" + variable);
        if (tokens.isEmpty() || tokens.stream().anyMatch(Token::isOperator)) {
            throw Failure.usage("an alias stands for the words of a command, without | and >");
        }
        if (tokens.stream().anyMatch(token -> SecretShape.matches(token.text()))) {
            throw Failure.usage("an alias cannot hold a secret: it is kept in config.yml");
        }
    }
}
