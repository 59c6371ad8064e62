package dev.ast;

import dev.ast.config.ProgramContext;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Input;
import dev.ast.host.Sleeper;
import dev.ast.launch.Ending;
import dev.ast.launch.Foundation;
import dev.ast.launch.LaunchRequest;
import dev.ast.launch.SealedEnvironment;
import dev.ast.launch.Shell;
import dev.ast.oauth.OAuthTokens;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.session.ContextRefresh;
import dev.ast.session.OAuthRenewal;
import dev.ast.session.RenewalProcess;
import dev.ast.session.RenewalTask;
import dev.ast.session.ShellSession;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.Leave;
import dev.ast.shell.LineManner;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.script.Script;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The program: one command, a script, or the shell, ended by one exit code. */
public final class AstApplication {

    private AstApplication() {}

    /**
     * Starts the program.
     *
     * @param args the words of the command line
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> argv) {
        Environment environment = Environment.ofProcess();
        Screen screen = Screen.ofProcess(environment);
        try {
            LaunchRequest request = LaunchRequest.of(argv, screen.isTerminal(Screen.Stream.IN));
            Foundation foundation = Foundation.ofProcess(
                    environment, screen, code -> Runtime.getRuntime().halt(code));
            if (argv.equals(List.of(RenewalProcess.WORD))) {
                return renewal(foundation, screen);
            }
            return switch (request.mode()) {
                case COMMAND -> command(request, foundation);
                case SCRIPT -> script(request, foundation);
                case SHELL -> shell(request, foundation);
            };
        } catch (Throwable thrown) {
            return new ErrorPrinter(screen, new Redactor()).print(expected(thrown), LineManner.of(argv), "");
        }
    }

    private static int renewal(Foundation foundation, Screen screen) {
        try (ProgramContext context = start(foundation)) {
            OAuthTokens tokens = context.getBean("oauthTokens", OAuthTokens.class);
            StoredSessions sessions = context.getBean("storedSessions", StoredSessions.class);
            return new RenewalTask(new OAuthRenewal(() -> tokens), sessions, Sleeper.plain())
                    .run(context.getBean("input", Input.class).standard(), screen.bytes())
                    .code();
        }
    }

    private static int command(LaunchRequest request, Foundation foundation) {
        try (Ending ending = Ending.of(foundation, request.words());
                ProgramContext context = ending.endsAtOnce(() -> start(foundation))) {
            return runner(context).run(request.words());
        }
    }

    private static int script(LaunchRequest request, Foundation foundation) throws IOException {
        String name = request.script().orElse("-");
        try (Ending ending = Ending.of(foundation, request.defaults());
                ProgramContext context = ending.endsAtOnce(() -> start(foundation));
                InputStream source = Script.open(name, context.getBean("input", Input.class))) {
            CommandRunner runner = runner(context).with(request::withDefaults);
            return Script.run(name, source, request.keepGoing(), ending.noting(runner));
        }
    }

    private static int shell(LaunchRequest request, Foundation foundation) {
        Shell shell = new Shell(foundation, request, () -> {
            ProgramContext context = start(foundation);
            Shell.Program made = new Shell.Program(
                    runner(context),
                    context.getBean("catalog", Catalog.class),
                    context.getBean("lineCompleter", LineCompleter.class),
                    context.getBean("shellSession", ShellSession.class),
                    context.getBean("leave", Leave.class),
                    context.getBean("contextRefresh", ContextRefresh.class));
            readNames(context.getBean("profiles", Profiles.class));
            return made;
        });
        try (Ending ending = Ending.of(foundation, request.defaults())) {
            return ending.endsAtOnce(shell::run);
        }
    }

    // For the first Tab, while the first line is typed.
    private static void readNames(Profiles profiles) {
        try {
            profiles.names("");
        } catch (FailureException e) {
            // The first command that needs the file says what is wrong with it.
            return;
        }
    }

    // By its name: to find a bean by its type, Spring looks at all of them.
    private static CommandRunner runner(ProgramContext context) {
        return context.getBean("commandRunner", CommandRunner.class);
    }

    private static ProgramContext start(Foundation foundation) {
        ProgramContext context =
                new ProgramContext(SealedEnvironment.of(foundation.home().configFile()), foundation.beans());
        context.refresh();
        return context;
    }

    // Spring wraps what a bean throws while it is made.
    private static Throwable expected(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailureException) {
                return cause;
            }
        }
        return thrown;
    }
}
