package dev.ast.shell.grammar;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import java.util.List;

/** A few commands of every shape that the program has. */
public final class Commands {
    private static final CommandSpec.Action NOTHING = call -> CommandSpec.Silent.NOTHING;

    private Commands() {}

    /** The commands as a catalog. */
    public static Catalog catalog() {
        return new Catalog(all());
    }

    /** The commands. */
    public static List<CommandSpec> all() {
        return List.of(
                CommandSpec.named("login", "Session", "Sign in")
                        .alias("auth login")
                        .option(
                                OptionSpec.flag("no-browser", "Start no browser")
                                        .letter('l'),
                                OptionSpec.flag("web", "Sign in through the browser"),
                                OptionSpec.value("token-login", "TOKEN", "Use a token")
                                        .letter('t')
                                        .maybe()
                                        .asSecret(),
                                OptionSpec.flag("with-token", "Read a token from standard input"),
                                OptionSpec.value("provider", "NAME", "The platform")
                                        .from(Values.PROVIDER))
                        .does(NOTHING),
                CommandSpec.named("logout", "Session", "Sign out")
                        .alias("auth logout")
                        .option(OptionSpec.flag("all", "Every profile"))
                        .does(NOTHING),
                CommandSpec.named("whoami", "Session", "Show who is signed in").does(NOTHING),
                CommandSpec.named("token", "Session", "Print the access token")
                        .alias("auth token")
                        .option(OptionSpec.value("min-ttl", "DURATION", "Refresh when less is left"))
                        .does(NOTHING),
                CommandSpec.named("profile list", "Profiles", "List profiles").does(NOTHING),
                CommandSpec.named("profile use", "Profiles", "Change the active profile")
                        .argument(ArgumentSpec.maybe("NAME", "The profile", Values.PROFILE))
                        .does(NOTHING),
                CommandSpec.named("profile rename", "Profiles", "Rename a profile")
                        .argument(ArgumentSpec.one("OLD", "Its name", Values.PROFILE))
                        .argument(ArgumentSpec.one("NEW", "Its new name", Values.FREE))
                        .does(NOTHING),
                CommandSpec.named("context use", "Profiles", "Select a context")
                        .argument(ArgumentSpec.one("NAME", "The context", Values.CONTEXT))
                        .does(NOTHING),
                CommandSpec.named("api", "Requests", "Send a request")
                        .argument(ArgumentSpec.maybe(
                                "METHOD", "The method", Values.words("GET", "POST", "PUT", "PATCH", "DELETE")))
                        .argument(ArgumentSpec.one("PATH", "The path", Values.FREE))
                        .option(
                                OptionSpec.value("raw-field", "K=V", "A field")
                                        .letter('f')
                                        .many(),
                                OptionSpec.value("header", "LINE", "A header")
                                        .letter('H')
                                        .many(),
                                OptionSpec.value("input", "FILE", "The body").from(Values.FILE),
                                OptionSpec.flag("include", "Show headers").letter('i'))
                        .does(NOTHING),
                CommandSpec.named("exec", "Requests", "Run a program")
                        .argument(ArgumentSpec.program("PROGRAM", "The program and its words", Values.FILE))
                        .does(NOTHING),
                CommandSpec.named("completion", "Program", "Print a completion script")
                        .argument(ArgumentSpec.one("SHELL", "The shell", Values.words("bash")))
                        .does(NOTHING),
                CommandSpec.named("help", "Program", "Show help")
                        .argument(ArgumentSpec.rest("COMMAND", "The command", Values.COMMAND))
                        .does(NOTHING),
                CommandSpec.named("version", "Program", "Show the version").does(NOTHING),
                CommandSpec.named("exit", "Program", "Leave the shell")
                        .alias("quit")
                        .does(NOTHING),
                CommandSpec.named("__complete", "Program", "Complete words")
                        .argument(ArgumentSpec.rest("WORDS", "The words so far", Values.FREE))
                        .hide()
                        .does(NOTHING));
    }
}
