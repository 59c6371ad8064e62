package dev.ast.support;

import dev.ast.AstApplication;
import dev.ast.FastStart;
import dev.ast.app.Ending;
import dev.ast.app.Foundation;
import dev.ast.app.LaunchRequest;
import dev.ast.app.SealedEnvironment;
import dev.ast.app.Settings;
import dev.ast.app.SettingsReader;
import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.shell.ErrorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;

/**
 * The whole program, wired as always, in this JVM: each run is one command with the environment, home and clock that the
 * test sets. A pause of the program moves the clock on instead of waiting, but for the shortest ones.
 */
public final class AstInside {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Path home;
    private final Map<String, String> environment = new TreeMap<>();
    private volatile Instant now = Instant.now();
    private Consumer<SpringApplication> customizer = application -> {};

    private AstInside(Path home) {
        this.home = home;
        environment.put("HOME", home.toString());
        environment.put("AST_HOME", home.resolve(".ast").toString());
        environment.put("AST_STORAGE", "file");
        environment.put("LANG", "C.UTF-8");
        environment.put("PATH", "/usr/bin:/bin");
    }

    /** A program with an empty home. */
    public static AstInside in(Path home) {
        return new AstInside(home);
    }

    /** Sets a variable for all later runs. */
    public AstInside env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Takes a variable away for all later runs. */
    public AstInside withoutEnv(String name) {
        environment.remove(name);
        return this;
    }

    /** Writes {@code config.yml}. */
    public AstInside config(String yaml) {
        try {
            Files.createDirectories(astHome());
            Files.writeString(astHome().resolve("config.yml"), yaml);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code AST_HOME}. */
    public Path astHome() {
        return home.resolve(".ast");
    }

    /** What stands in {@code credentials.json}. */
    public String credentials() {
        try {
            return Files.readString(astHome().resolve("credentials.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program's time. */
    public Instant now() {
        return now;
    }

    /** Lets the program's time pass. */
    public void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** Runs one command to its end. */
    public AstResult run(String... words) {
        AstResult result = start(words).end();
        JsonResults.check(List.of(words), result);
        return result;
    }

    /** Runs one command by the fast start; empty, with nothing printed, where it leaves it to the full program. */
    public Optional<AstResult> fast(String... words) {
        RecordedScreen screen = RecordedScreen.piped();
        OptionalInt code;
        try {
            Foundation base = foundation(screen.screen(), new Interrupts());
            Settings settings = SettingsReader.prepared(SealedEnvironment.of(base.home()));
            code = FastStart.run(List.of(words), base, settings);
        } catch (FailureException e) {
            code = OptionalInt.empty(); // such settings are never prepared
        }
        if (code.isEmpty()) {
            if (!(screen.out() + screen.err()).isEmpty()) {
                throw new AssertionError("handed over after printing: " + screen.out() + screen.err());
            }
            return Optional.empty();
        }
        return Optional.of(new AstResult(code.getAsInt(), screen.out(), screen.err()));
    }

    /** Has every application of later runs changed before it starts, for example by beans that take the place of others. */
    public AstInside with(Consumer<SpringApplication> customizer) {
        this.customizer = customizer;
        return this;
    }

    private SpringApplication customized(SpringApplication application) {
        customizer.accept(application);
        return application;
    }

    private Foundation foundation(Screen screen, Interrupts interrupts) {
        InstantSource clock = () -> now;
        return new Foundation(
                Environment.of(environment),
                screen,
                clock,
                sleeper(interrupts),
                interrupts,
                new Signals(interrupts, clock, ended -> {}));
    }

    private Sleeper sleeper(Interrupts interrupts) {
        Sleeper real = Sleeper.real(interrupts);
        return pause -> {
            real.pause(pause.compareTo(SHORT) < 0 ? pause : Duration.ofMillis(5));
            if (pause.compareTo(SHORT) >= 0) {
                pass(pause);
            }
        };
    }

    /** Starts one command. */
    public Run start(String... words) {
        return new Run(List.of(words));
    }

    /** A command that runs. */
    public final class Run {
        private final RecordedScreen screen = RecordedScreen.piped();
        private final Interrupts interrupts = new Interrupts();
        private final CompletableFuture<Integer> code;

        private Run(List<String> words) {
            code = CompletableFuture.supplyAsync(() -> run(words), task -> {
                Thread thread = new Thread(task, "ast");
                thread.setDaemon(true);
                thread.start();
            });
        }

        /** Waits until standard error holds the pattern, and gives its first group. */
        public String awaitErr(String pattern) {
            Pattern compiled = Pattern.compile(pattern);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> code.isDone() || compiled.matcher(screen.err()).find());
            Matcher matcher = compiled.matcher(screen.err());
            if (!matcher.find()) {
                throw new AssertionError("'" + pattern + "' is not in: " + screen.err());
            }
            return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
        }

        /** Presses Ctrl-C. */
        public void interrupt() {
            interrupts.interrupt(Exit.INTERRUPTED);
        }

        /** Waits for the end. */
        public AstResult end() {
            return new AstResult(
                    code.orTimeout(120, java.util.concurrent.TimeUnit.SECONDS).join(), screen.out(), screen.err());
        }

        private int run(List<String> words) {
            try {
                Foundation base = foundation(screen.screen(), interrupts);
                LaunchRequest request =
                        new LaunchRequest(LaunchRequest.Mode.COMMAND, words, Optional.empty(), false, List.of());
                try (Ending ending = Ending.of(base, words)) {
                    return SpringApplication.exit(customized(AstApplication.over(base, request, ending))
                            .run());
                }
            } catch (RuntimeException thrown) {
                Throwable cause = ErrorPrinter.cause(thrown);
                if (cause instanceof FailureException) {
                    return new ErrorPrinter(screen.screen(), new Redactor()).print(cause, ErrorOptions.of(words), "");
                }
                throw thrown;
            }
        }
    }
}
