package dev.ast.shell;

import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.domain.Secret;
import dev.ast.output.Coloring;
import dev.ast.output.Conversation;
import dev.ast.output.Format;
import dev.ast.output.Outcome;
import dev.ast.output.Redactor;
import dev.ast.output.Views;
import dev.ast.shell.grammar.CallParser;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.ParsedCall;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs commands: reads the words, calls the command, shows its result. */
public final class PlainExecution implements CommandRunner.Execution {
    private final CallParser parser;
    private final Catalog catalog;
    private final Views views;
    private final Redactor redactor;
    private final Function<GlobalOptions, Conversation> conversations;

    /**
     * Runs the commands of a catalog; {@code help} must be among them.
     *
     * @param views show results
     * @param redactor learns secret option values before anything can be printed
     * @param conversations makes the conversation of one command
     */
    public PlainExecution(
            Catalog catalog, Views views, Redactor redactor, Function<GlobalOptions, Conversation> conversations) {
        this.parser = new CallParser(catalog);
        this.catalog = catalog;
        this.views = views;
        this.redactor = redactor;
        this.conversations = conversations;
    }

    @Override
    public int run(List<String> words) {
        ParsedCall call = parse(words);
        return show(call, act(call));
    }

    /** Reads the words of a line. @throws dev.ast.domain.FailureException (usage) for anything that the grammar refuses */
    public ParsedCall parse(List<String> words) {
        return parser.parse(words);
    }

    /** Calls a command, and shows nothing yet. @return its result @throws dev.ast.domain.FailureException where it fails */
    public Object act(ParsedCall parsed) {
        CommandSpec command = parsed.command();
        List<String> rest = parsed.rest();
        if (parsed.help()) {
            // NAME --help is the same as help NAME, for groups of commands and the program itself too.
            rest = command.name().isEmpty() ? List.of() : List.of(command.name().split(" "));
            command = catalog.find("help").orElseThrow();
        }
        GlobalOptions global = parsed.global();
        parsed.options().forEach((name, values) -> guard(parsed.command().options(), name, values));
        global.token().ifPresent(token -> guard(GlobalOptions.SPECS, "token", List.of(token)));
        Map<String, String> arguments = parsed.arguments();
        return command.action()
                .run(new Call(command, global, parsed.options(), arguments, rest, conversations.apply(global)));
    }

    /**
     * Shows the result of a command.
     *
     * @return its exit code
     * @throws dev.ast.domain.FailureException what the command reached only partly, after the rest was shown
     */
    public int show(ParsedCall parsed, Object result) {
        if (!(result instanceof Outcome outcome)) {
            show(result, parsed.global());
            return 0;
        }
        show(outcome.result(), parsed.global());
        outcome.failure().ifPresent(failure -> {
            throw failure.asException();
        });
        return outcome.exit();
    }

    // Keeps a literal secret of the line out of every message.
    private void guard(List<OptionSpec> options, String name, List<String> values) {
        for (String value : values) {
            boolean literal = !value.isEmpty() && !value.equals("-") && !value.startsWith("@");
            if (literal && options.stream().anyMatch(option -> option.secret() && option.name().equals(name))) {
                redactor.register(Secret.of(value));
            }
        }
    }

    private void show(Object result, GlobalOptions global) {
        if (result != CommandSpec.Silent.NOTHING) {
            views.show(result, format(global), coloring(global));
        }
    }

    /** The options' format as the output knows it. */
    private static Format format(GlobalOptions global) {
        return global.format().map(format -> Format.valueOf(format.name())).orElse(Format.TEXT);
    }

    /** The options' use of colours as the output knows it. */
    public static Coloring coloring(GlobalOptions global) {
        return Coloring.valueOf(global.color().name());
    }
}
