package dev.ast.shell.completion;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.Call;
import dev.ast.command.Changed;
import dev.ast.command.CommandSpec;
import dev.ast.command.Values;
import dev.ast.host.Environment;
import dev.ast.output.PlainText;
import dev.ast.output.Visible;
import dev.ast.shell.grammar.Catalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code completion} and its setup, and the hidden {@code __complete} that its scripts call back. */
public final class CompleteCommand {
    /** The name of the call-back. */
    public static final String CALL_BACK = "__complete";

    private static final String GROUP = "Program";
    private static final Values SHELLS = Values.words("bash", "zsh", "fish", "powershell");

    private CompleteCommand() {}

    /**
     * The call-back {@code __complete -- WORDS}: the last word is the one at the cursor, perhaps empty. It prints one
     * line for each proposal, the value, a tab and the description.
     */
    public static CommandSpec callBack(Supplier<LineCompleter> completer) {
        return CommandSpec.named(CALL_BACK, GROUP, "Complete a line for another shell")
                .argument(ArgumentSpec.rest("WORDS", "The words of the line", Values.FREE))
                .hide()
                .local()
                .does(call -> answer(completer.get(), call.rest()));
    }

    /** {@code completion SHELL}, {@code completion install} and {@code completion uninstall}. */
    public static List<CommandSpec> completion(Supplier<Catalog> catalog, Environment environment) {
        return List.of(
                CommandSpec.named("completion", GROUP, "Print the completion script for a shell")
                        .local()
                        .describe(
                                "For one shell: source <(ast completion bash), source <(ast completion zsh), or, for fish: ast"
                                        + " completion fish | source. To have it in every shell: ast completion install")
                        .argument(ArgumentSpec.one("SHELL", "The shell", SHELLS))
                        .does(call ->
                                new PlainText(script(call.argument("SHELL").orElseThrow(), catalog.get()))),
                CommandSpec.named("completion install", GROUP, "Set completion up for a shell")
                        .local()
                        .describe(
                                "Writes one file where the shell looks for it, or one that a line in the shell's settings"
                                        + " reads. The settings as they were are kept beside them with .before-ast in the name.")
                        .argument(ArgumentSpec.maybe("SHELL", "The shell, the login shell if left out", SHELLS))
                        .does(call -> {
                            CompletionSetup setup = new CompletionSetup(environment, call.argument("SHELL"));
                            return said(call, setup, setup.install(script(setup.shell(), catalog.get())), "installed");
                        }),
                CommandSpec.named("completion uninstall", GROUP, "Remove what completion install has set up")
                        .local()
                        .argument(ArgumentSpec.maybe("SHELL", "The shell, the login shell if left out", SHELLS))
                        .does(call -> {
                            CompletionSetup setup = new CompletionSetup(environment, call.argument("SHELL"));
                            return said(call, setup, setup.uninstall(), "uninstalled");
                        }));
    }

    private static Changed said(Call call, CompletionSetup setup, List<String> done, String change) {
        done.forEach(call.conversation()::say);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("shell", setup.shell());
        document.put("change", change);
        return new Changed(document);
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
