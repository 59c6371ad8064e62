package dev.ast;

import dev.ast.config.AstConfiguration;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.launch.Foundation;
import dev.ast.launch.LaunchRequest;
import dev.ast.launch.SealedEnvironment;
import dev.ast.launch.Shell;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.session.ContextRefresh;
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
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

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
            return switch (request.mode()) {
                case COMMAND -> {
                    try (ConfigurableApplicationContext context = start(foundation)) {
                        yield context.getBean(CommandRunner.class).run(request.words());
                    }
                }
                case SCRIPT -> {
                    try (ConfigurableApplicationContext context = start(foundation)) {
                        yield script(request, context.getBean(CommandRunner.class));
                    }
                }
                case SHELL -> shell(request, foundation);
            };
        } catch (Throwable thrown) {
            return new ErrorPrinter(screen, new Redactor()).print(expected(thrown), LineManner.of(argv), "");
        }
    }

    private static int script(LaunchRequest request, CommandRunner runner) throws IOException {
        String name = request.script().orElse("-");
        try (InputStream source = Script.open(name)) {
            return Script.run(name, source, request.keepGoing(), runner.with(request::withDefaults));
        }
    }

    private static int shell(LaunchRequest request, Foundation foundation) {
        CompletableFuture<Shell.Program> program = CompletableFuture.supplyAsync(() -> {
            ConfigurableApplicationContext context = start(foundation);
            return new Shell.Program(
                    context.getBean(CommandRunner.class),
                    context.getBean(Catalog.class),
                    context.getBean(LineCompleter.class),
                    context.getBean(ShellSession.class),
                    context.getBean(Leave.class),
                    context.getBean(ContextRefresh.class));
        });
        return new Shell(foundation, request, program).run();
    }

    private static ConfigurableApplicationContext start(Foundation foundation) {
        SpringApplication application = new SpringApplication(AstConfiguration.class);
        application.setEnvironment(SealedEnvironment.of(foundation.home().configFile()));
        application.setAddCommandLineProperties(false);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setLazyInitialization(true);
        // No listener of Boot is needed: they read configuration files and set up logging, and each costs time.
        application.setListeners(List.of());
        ApplicationContextInitializer<ConfigurableApplicationContext> parts = context -> foundation
                .beans()
                .forEach(part -> context.getBeanFactory()
                        .registerSingleton(part.getClass().getName(), part));
        application.setInitializers(List.of(parts));
        return application.run();
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
