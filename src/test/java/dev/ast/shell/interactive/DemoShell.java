package dev.ast.shell.interactive;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.credential.file.HistoryFile;
import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.ChildEnvironment;
import dev.ast.host.Environment;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.output.Coloring;
import dev.ast.output.Conversation;
import dev.ast.output.Conversation.Choice;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.output.StandardInput;
import dev.ast.output.TerminalConversation;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.Proposal;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A small program around the shell, with a command for each thing that a command can ask of it. */
final class DemoShell {
    private final Environment environment;
    private final Path home;
    private final Interrupts interrupts;
    private final Screen screen;
    private final ShellTerminal terminal;
    private final ShellControls controls;
    private final HistoryFile history;
    private final Redactor redactor = new Redactor();
    private final CompletableFuture<Catalog> catalog;
    private volatile String place = "";

    DemoShell(
            Environment environment,
            ShellTerminal terminal,
            Screen screen,
            Interrupts interrupts,
            Path home,
            CompletableFuture<Catalog> catalog) {
        this.environment = environment;
        this.home = home;
        this.terminal = terminal;
        this.screen = screen;
        this.interrupts = interrupts;
        this.history = new HistoryFile(home.resolve("history"));
        this.controls = new ShellControls(history);
        this.catalog = catalog;
    }

    ShellLoop loop(Signals signals) {
        return new ShellLoop(
                terminal,
                new ShellLoop.Parts(
                        () -> new Standing(
                                place.isEmpty() ? "default" : place,
                                Optional.empty(),
                                Optional.empty(),
                                Standing.State.SIGNED_IN,
                                Optional.empty(),
                                Optional.empty(),
                                false),
                        List::of,
                        List.of(),
                        line -> {},
                        screen.unicode(),
                        () -> {},
                        catalog::isDone,
                        catalog::join,
                        () -> new LineCompleter(catalog.join(), (kind, prefix, profile) -> profiles()),
                        () -> {
                            catalog.join();
                            return this::run;
                        },
                        history,
                        controls,
                        warning -> print("warning: " + warning),
                        interrupts,
                        signals,
                        new Editing(environment, () -> new Programs(new ChildEnvironment(Set.of())), home),
                        () -> new ShellLook(Optional.empty(), false, false)));
    }

    Catalog commands() {
        return new Catalog(List.of(
                CommandSpec.named("exit", "Program", "Leave").alias("quit").does(call -> {
                    controls.leave();
                    return "";
                }),
                CommandSpec.named("clear", "Program", "Clear the screen").does(call -> {
                    controls.clear();
                    return "";
                }),
                CommandSpec.named("history", "Program", "Show history")
                        .does(call -> String.join("|", controls.history())),
                CommandSpec.named("say", "Program", "Say words")
                        .argument(ArgumentSpec.rest("WORDS", "The words", Values.FREE))
                        .does(call -> String.join("+", call.rest())),
                CommandSpec.named("dots", "Program", "Print without a line end").does(call -> {
                    screen.out("...");
                    screen.flush();
                    return "";
                }),
                CommandSpec.named("wait", "Program", "Wait for long").does(call -> {
                    print("waiting");
                    Sleeper.real(interrupts).pause(Duration.ofMinutes(10));
                    return "waited";
                }),
                CommandSpec.named("hang", "Program", "Never end").does(DemoShell::hang),
                CommandSpec.named("login", "Session", "Sign in")
                        .option(OptionSpec.value("provider", "NAME", "The platform")
                                .from(Values.words("oidc", "sandbox")))
                        .does(call -> "signed in"),
                CommandSpec.named("profile use", "Profiles", "Change the profile")
                        .argument(ArgumentSpec.one("NAME", "The profile", Values.PROFILE))
                        .does(call -> {
                            place = call.arguments().get("NAME");
                            return "";
                        }),
                CommandSpec.named("profile list", "Profiles", "List profiles").does(call -> "none"),
                CommandSpec.named("ask", "Questions", "Ask")
                        .does(call -> "answer: " + call.conversation().ask("Name", "--name")),
                CommandSpec.named("confirm", "Questions", "Confirm")
                        .does(call -> "confirmed: " + call.conversation().confirm("Sure?", "--yes")),
                CommandSpec.named("secret", "Questions", "Ask for a secret")
                        .does(call -> "length: "
                                + call.conversation()
                                        .askSecret("Token", "--with-token")
                                        .reveal()
                                        .length()),
                CommandSpec.named("choose", "Questions", "Choose")
                        .does(call -> "chosen: "
                                + call.conversation()
                                        .choose(
                                                "Which one",
                                                List.of(
                                                        new Choice("alpha", "first", false),
                                                        new Choice("beta", "", true),
                                                        new Choice("gamma", "", false)),
                                                "--name"))));
    }

    private static Object hang(Call call) {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static List<Proposal> profiles() {
        return List.of(
                new Proposal("prod", "https://api.example.com"),
                new Proposal("my profile", "https://my.example.com"),
                new Proposal("dev", ""));
    }

    private int run(String line) {
        try {
            if (Tokenizer.words(line).isEmpty()) {
                return Exit.OK.code();
            }
            CommandLine read = CommandLine.of(catalog.join(), Tokenizer.words(line));
            Object result = read.command().action().run(read.call(this::conversation));
            if (!result.equals("")) {
                print(result.toString());
            }
            return Exit.OK.code();
        } catch (FailureException e) {
            print("ast: " + e.getMessage());
            return e.failure().exit().code();
        }
    }

    private Conversation conversation(GlobalOptions global) {
        TerminalConversation.Options options = new TerminalConversation.Options(false, global.noInput(), Coloring.AUTO);
        StandardInput input = new StandardInput(new Input(interrupts, true));
        return new JLineConversation(
                terminal,
                interrupts,
                redactor,
                new TerminalConversation(screen, input, interrupts, redactor, options),
                name -> 0);
    }

    private void print(String line) {
        screen.out(line + "\n");
        screen.flush();
    }
}
