package dev.ast;

import dev.ast.app.AstBeans;
import dev.ast.app.Ending;
import dev.ast.app.Foundation;
import dev.ast.app.Keeping;
import dev.ast.app.LaunchRequest;
import dev.ast.app.NoMessages;
import dev.ast.app.Renewal;
import dev.ast.app.ScriptRun;
import dev.ast.app.SealedEnvironment;
import dev.ast.app.Shell;
import dev.ast.command.GlobalOptions;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.protocol.KeeperProcess;
import dev.ast.session.RenewalProcess;
import dev.ast.shell.ErrorOptions;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** The program: one command, a script, or the shell, ended by one exit code. */
@SpringBootConfiguration(proxyBeanMethods = false)
public class AstApplication {

    /**
     * Starts the program.
     *
     * @param args the words of the command line
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    /** Runs what argv asks for, and reports what fails. @return the exit code */
    static int run(List<String> argv) {
        Environment environment = Environment.ofProcess();
        if (GlobalOptions.isPlain(argv)) {
            environment = environment.with(Screen.ACCESSIBLE, "1");
        }
        Screen screen = Screen.ofProcess(environment);
        try {
            LaunchRequest request = LaunchRequest.of(argv, screen.isTerminal(Screen.Stream.IN));
            Interrupts interrupts = new Interrupts();
            Signals signals =
                    Signals.ofProcess(interrupts, code -> Runtime.getRuntime().halt(code));
            Foundation base = Foundation.ofProcess(environment, screen, interrupts, signals);
            if (argv.equals(List.of(RenewalProcess.WORD))) {
                return Renewal.run(base);
            }
            if (argv.equals(List.of(KeeperProcess.WORD))) {
                return Keeping.run(base);
            }
            List<String> words = request.mode() == LaunchRequest.Mode.COMMAND ? request.words() : request.defaults();
            try (Ending ending = Ending.of(base, words)) {
                return switch (request.mode()) {
                    case SHELL ->
                        new Shell(
                                        base,
                                        request,
                                        () -> over(base, request, ending).run())
                                .run();
                    case SCRIPT -> ScriptRun.run(base, request, ending);
                    case COMMAND ->
                        SpringApplication.exit(over(base, request, ending).run());
                };
            }
        } catch (Throwable thrown) {
            return new ErrorPrinter(screen, new Redactor())
                    .print(ErrorPrinter.cause(thrown), ErrorOptions.of(argv), "");
        }
    }

    /**
     * The application over parts that exist already. It runs the command that is asked for, if that is one, and its exit
     * code is that of the command.
     *
     * @throws FailureException (usage) when {@code config.yml} cannot be used
     */
    public static SpringApplication over(Foundation base, LaunchRequest request, Ending ending) {
        SpringApplication application = new Application();
        application.setEnvironment(
                request.repairs() ? SealedEnvironment.forRepair(base.home()) : SealedEnvironment.of(base.home()));
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false); // there is no log
        application.setLazyInitialization(true);
        // The program reads the command line itself, and the environment needs no conversions.
        application.setAddCommandLineProperties(false);
        application.setAddConversionService(false);
        // Boot's own listeners read more configuration files and start a log; its initializers serve
        // auto-configuration.
        application.setListeners(List.of());
        application.setInitializers(List.of(context -> {
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            beans.registerSingleton("foundation", base);
            beans.registerSingleton("launchRequest", request);
            beans.registerSingleton("ending", ending);
            beans.registerSingleton(AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME, new NoMessages());
        }));
        // Signals have rules of their own, see Signals.
        application.setRegisterShutdownHook(false);
        return application;
    }

    /**
     * Registers the beans of the program without a look at annotations, of which they have none. Spring would read those of
     * {@code AstApplication} and then search each bean for those of callbacks and events: a third of the time of a command
     * (the rows of {@code api} and of the prompt in {@code docs/performance.md}). Another class that is added as a source is loaded as usual, and then they count in all beans.
     */
    private static final class Application extends SpringApplication {
        Application() {
            super(AstApplication.class);
        }

        @Override
        protected ConfigurableApplicationContext createApplicationContext() {
            return new GenericApplicationContext();
        }

        @Override
        protected void load(ApplicationContext context, Object[] sources) {
            ((GenericApplicationContext) context).register(new AstBeans());
            Object[] others = Arrays.stream(sources)
                    .filter(source -> source != AstApplication.class)
                    .toArray();
            if (others.length > 0) {
                super.load(context, others);
            }
        }

        @Override
        protected void bindToSpringApplication(ConfigurableEnvironment environment) {
            // Nothing in the sealed environment is for Spring itself, and the binder is a tenth of the classes of a
            // start.
        }
    }
}
