package dev.ast.shell;

import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.domain.Failure;
import dev.ast.domain.Secret;
import dev.ast.host.Interrupts;
import dev.ast.output.Coloring;
import dev.ast.output.Conversation;
import dev.ast.output.Format;
import dev.ast.output.JqFilter;
import dev.ast.output.Outcome;
import dev.ast.output.Redactor;
import dev.ast.output.Views;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.GivenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs commands: reads the words, calls the command, shows its result. */
public final class PlainExecution implements CommandRunner.Execution {
    private final Catalog catalog;
    private final Views views;
    private final Redactor redactor;
    private final Interrupts interrupts;
    private final Function<GlobalOptions, Conversation> conversations;
    private @Nullable LastResult last;

    /**
     * Runs the commands of a catalog; {@code help} must be among them.
     *
     * @param views show results
     * @param redactor learns secret option values before anything can be printed
     * @param interrupts end a filter that takes too long
     * @param conversations makes the conversation of one command
     */
    public PlainExecution(
            Catalog catalog,
            Views views,
            Redactor redactor,
            Interrupts interrupts,
            Function<GlobalOptions, Conversation> conversations) {
        this.catalog = catalog;
        this.views = views;
        this.redactor = redactor;
        this.interrupts = interrupts;
        this.conversations = conversations;
    }

    /** Keeps results from now on. */
    public void keepIn(LastResult kept) {
        last = kept;
    }

    @Override
    public int run(List<String> words) {
        return run(read(words));
    }

    @Override
    public int run(CommandLine line) {
        Optional<JqFilter> filter = line.global().jq().map(text -> filter(text, line.global()));
        Object result = act(line);
        LastResult kept = last;
        return show(kept == null ? result : kept.keeping(line.command(), result), line.global(), filter);
    }

    /** Reads the words of a line. */
    public CommandLine read(List<String> words) {
        return CommandLine.of(catalog, words);
    }

    /** Calls a command, and shows nothing yet. @return its result @throws dev.ast.domain.FailureException where it fails */
    public Object act(CommandLine line) {
        CommandSpec command = line.command();
        for (GivenOption option : line.given()) {
            // A literal secret of the line is kept out of every message.
            option.value()
                    .filter(value -> option.isLiteralSecret() && !value.isEmpty())
                    .ifPresent(value -> redactor.register(Secret.of(value)));
        }
        boolean list = command.result() == CommandSpec.Result.LIST || command.result() == CommandSpec.Result.ANSWER;
        if (!list && format(line.global()) == Format.CSV) {
            throw Failure.usage("the result of " + command.name() + " is no list, as csv needs", "use -o json");
        }
        Call call = line.call(conversations);
        if (command.result() == CommandSpec.Result.PROGRAM) {
            return command.action().run(call);
        }
        try (Conversation.Waiting ignored = call.conversation().waiting(command.name())) {
            return command.action().run(call);
        }
    }

    /**
     * Shows the result of a command.
     *
     * @return its exit code
     * @throws dev.ast.domain.FailureException what the command reached only partly, after the rest was shown
     */
    public int show(Object result, GlobalOptions global) {
        return show(result, global, Optional.empty());
    }

    private int show(Object result, GlobalOptions global, Optional<JqFilter> filter) {
        if (!(result instanceof Outcome outcome)) {
            print(result, global, filter);
            return 0;
        }
        print(outcome.result(), global, filter);
        outcome.failure().ifPresent(failure -> {
            throw failure.asException();
        });
        return outcome.exit();
    }

    private static JqFilter filter(String text, GlobalOptions global) {
        if (!global.fields().isEmpty()
                || global.format()
                        .filter(format -> format != GlobalOptions.Format.JSON)
                        .isPresent()) {
            throw Failure.usage("--jq goes with JSON only", "leave out --fields, and --output or give -o json");
        }
        return JqFilter.of(text);
    }

    private void print(Object result, GlobalOptions global, Optional<JqFilter> filter) {
        if (result != CommandSpec.Silent.NOTHING) {
            if (filter.isPresent()) {
                views.show(result, filter.get(), coloring(global), interrupts);
            } else if (global.fields().isEmpty()) {
                views.show(result, format(global), coloring(global));
            } else {
                views.show(result, global.fields(), format(global), coloring(global));
            }
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
