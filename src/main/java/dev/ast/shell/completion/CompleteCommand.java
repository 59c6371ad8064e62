package dev.ast.shell.completion;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.Values;
import dev.ast.output.PlainText;
import dev.ast.output.Visible;
import dev.ast.shell.grammar.Catalog;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code completion}, and the hidden {@code __complete} that its scripts call back. */
public final class CompleteCommand {
    /** The name of the call-back. */
    public static final String CALL_BACK = "__complete";

    private CompleteCommand() {}

    /**
     * The call-back {@code __complete -- WORDS}: the last word is the one at the cursor, perhaps empty. It prints one
     * line for each proposal, the value, a tab and the description.
     */
    public static CommandSpec callBack(Supplier<LineCompleter> completer) {
        return CommandSpec.named(CALL_BACK, "Program", "Complete a line for another shell")
                .argument(ArgumentSpec.rest("WORDS", "The words of the line", Values.FREE))
                .hide()
                .local()
                .does(call -> answer(completer.get(), call.rest()));
    }

    /** {@code completion bash|zsh|fish}. */
    public static CommandSpec completion(Supplier<Catalog> catalog) {
        return CommandSpec.named("completion", "Program", "Print the completion script for a shell")
                .local()
                .describe(
                        "For bash: source <(ast completion bash). For zsh: source <(ast completion zsh). For fish: source the"
                                + " output of ast completion fish")
                .argument(ArgumentSpec.one("SHELL", "The shell", Values.words("bash", "zsh", "fish")))
                .does(call -> new PlainText(script(call.argument("SHELL").orElseThrow(), catalog.get())));
    }

    /** The completion script for a shell that {@code completion} knows. */
    public static String script(String shell, Catalog catalog) {
        return shell.equals("bash") ? BashCompletion.script(catalog) : CompletionCode.of("ast." + shell);
    }

    private static Object answer(LineCompleter completer, List<String> words) {
        if (words.isEmpty()) {
            return CommandSpec.Silent.NOTHING;
        }
        int last = words.size() - 1;
        // The other shell replaces the word by what all proposals begin with, so they must begin with the word.
        List<Proposal> found = completer.complete(words.subList(0, last), words.get(last)).stream()
                .filter(proposal -> proposal.value().startsWith(words.get(last)))
                .toList();
        if (found.isEmpty()) {
            return CommandSpec.Silent.NOTHING;
        }
        return new PlainText(found.stream()
                .map(proposal -> Visible.field(proposal.value()) + "\t" + Visible.field(proposal.description()))
                .collect(Collectors.joining("\n", "", "\n")));
    }
}
