package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SelectedContext;
import dev.ast.output.Conversation.Choice;
import dev.ast.session.ContextSwitcher;
import dev.ast.session.Contexts;
import dev.ast.session.Selection;
import java.util.List;

/** The {@code context} commands. */
public final class ContextCommands {
    private static final String GROUP = "Profiles";

    private final ContextSwitcher switcher;
    private final Selections selections;

    /** Commands over the given use case. */
    public ContextCommands(ContextSwitcher switcher, Selections selections) {
        this.switcher = switcher;
        this.selections = selections;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("context list", GROUP, "List the accounts, organizations and workspaces")
                        .gives(CommandSpec.Result.LIST)
                        .local()
                        .describe("Shows the server's answer of the last ten minutes, or asks again; when it cannot be"
                                + " reached, its last answer is shown.")
                        .option(OptionSpec.flag("refresh", "Ask the server in any case"))
                        .does(this::list),
                CommandSpec.named("context use", GROUP, "Select an account, organization or workspace")
                        .local()
                        .argument(ArgumentSpec.maybe("NAME", "Its name or id, or - for the one before", Values.CONTEXT))
                        .does(this::use),
                CommandSpec.named("context clear", GROUP, "Select none of them")
                        .local()
                        .does(this::clear));
    }

    private Object list(Call call) {
        Selection selection = selections.of(call);
        return contexts(selection, call, call.has("refresh"));
    }

    private Contexts contexts(Selection selection, Call call, boolean anew) {
        try {
            return anew ? switcher.asked(selection) : switcher.recent(selection);
        } catch (FailureException e) {
            Contexts known = switcher.known(selection);
            if (!(e.failure() instanceof Failure.Unreachable) || known.all().isEmpty()) {
                throw e;
            }
            call.conversation().warn(e.failure().message() + "; these were known before");
            return known;
        }
    }

    private Object use(Call call) {
        Selection selection = selections.of(call);
        String word = call.argument("NAME").orElseGet(() -> pick(selection, call));
        SelectedContext used = switcher.use(selection, word);
        call.conversation().say("Now using " + used.kind() + " " + used.name());
        return Changed.of("context", used.id(), "used");
    }

    private String pick(Selection selection, Call call) {
        if (!call.conversation().canAsk()) {
            throw Failure.usage("context use needs a name", "ast context use NAME");
        }
        Contexts contexts = contexts(selection, call, false);
        List<SelectedContext> all = contexts.all();
        if (all.isEmpty()) {
            throw Failure.usage("there is nothing to select", "ast context list");
        }
        List<Choice> choices = all.stream()
                .map(context -> new Choice(
                        context.name(),
                        context.kind(),
                        contexts.profile().context().filter(context::same).isPresent()))
                .toList();
        return all.get(call.conversation().choose("Which one", choices, "ast context use NAME"))
                .id();
    }

    private Object clear(Call call) {
        switcher.clear(selections.of(call));
        call.conversation().say("Nothing is selected any more");
        return Changed.of("context", null, "cleared");
    }
}
