package dev.ast.app;

import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.host.Environment;
import dev.ast.output.Version;
import dev.ast.profile.Profiles;
import dev.ast.sandbox.SandboxNews;
import dev.ast.session.Selection;
import dev.ast.session.SessionKeeper;
import dev.ast.session.ShellSession;
import dev.ast.session.ShellWatch;
import dev.ast.session.Targets;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.Usage;
import dev.ast.shell.completion.UsedInLine;
import dev.ast.shell.interactive.Editing;
import dev.ast.shell.interactive.Greeting;
import dev.ast.shell.interactive.LineRunner;
import dev.ast.shell.interactive.ShellLook;
import dev.ast.shell.interactive.ShellLoop;
import dev.ast.shell.interactive.ShellTerminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.context.ConfigurableApplicationContext;

/** Opens the interactive shell: the prompt at once, the program behind it while the first line is typed. */
public final class Shell {
    private static final String PROFILE = "profile";

    private final Foundation foundation;
    private final LaunchRequest request;
    private final Supplier<ConfigurableApplicationContext> beans;
    private final List<String> told = new ArrayList<>();
    private final SandboxNews sandbox;
    private boolean begun;

    /**
     * A shell for a program that is still to be started.
     *
     * @param beans starts it; asked once, in a thread of its own, when the first prompt is about to be shown: before
     *     that it would only keep the prompt waiting
     */
    public Shell(Foundation foundation, LaunchRequest request, Supplier<ConfigurableApplicationContext> beans) {
        this.foundation = foundation;
        this.request = request;
        this.beans = beans;
        this.sandbox = new SandboxNews(foundation.home());
    }

    /** What the shell uses of the program. */
    private record Program(
            CommandRunner runner,
            CommandParts commands,
            LineCompleter completer,
            SessionParts session,
            SessionKeeper keeper,
            ShellWatch watch,
            LineParts lines) {}

    /**
     * Runs the shell.
     *
     * @return its exit code
     */
    public int run() {
        StoreParts store = new StoreParts(foundation);
        ShellSession held = new ShellSession();
        request.defaultOf(PROFILE).ifPresent(given -> held.switchTo(new ProfileName(given)));
        ShellStanding standing = new ShellStanding(store.profiles(), store.sessions(), foundation.clock());
        // Made while the terminal is opened, which takes longer.
        CompletableFuture<List<String>> greeting = CompletableFuture.supplyAsync(() -> {
            choose(held, store);
            return Greeting.lines(
                    standing.of(held, Optional.empty()),
                    Version.ofBuild().version(),
                    foundation.screen().unicode() ? " · " : ", ");
        });
        try (ShellTerminal terminal = ShellTerminal.open(foundation.environment())) {
            foundation.conversations().askIn(terminal, foundation.usage()::rank);
            foundation.screen().enterShell(terminal::columns);
            List<String> greeted = greeting.join();
            CompletableFuture<Program> ready = new CompletableFuture<>();
            ShellLoop.Parts parts = new ShellLoop.Parts(
                    () -> standing.of(
                            isReady(ready) ? ready.join().session().shell() : held,
                            isReady(ready) ? ready.join().keeper().life() : Optional.empty()),
                    () -> isReady(ready) ? news(ready.join()) : List.of(),
                    greeted,
                    request.isDefault("quiet") ? line -> {} : foundation.conversations()::announce,
                    foundation.screen().unicode(),
                    () -> {
                        if (!begun) {
                            begun = true;
                            ready.completeAsync(() -> begin(held));
                        } else if (isReady(ready)) {
                            ready.join().session().contextRefresh().refreshSoon();
                        }
                    },
                    () -> isReady(ready),
                    () -> ready.join().commands().catalog(),
                    () -> ready.join().completer(),
                    () -> runner(ready.join()),
                    foundation.history(),
                    foundation.controls(),
                    line -> foundation.screen().err("warning: " + line + "\n"),
                    foundation.interrupts(),
                    foundation.signals(),
                    new Editing(
                            foundation.environment(),
                            () -> ready.join().session().programs(),
                            foundation.home().directory()),
                    () -> look(store));
            int code = new ShellLoop(terminal, parts).run();
            foundation.usage().write();
            return code;
        } finally {
            foundation.screen().leaveShell();
        }
    }

    private ShellLook look(StoreParts store) {
        try {
            return store.shellSettings().look();
        } catch (FailureException e) {
            foundation.warn(e.failure().message());
            return ShellLook.USUAL;
        }
    }

    private static boolean isReady(CompletableFuture<Program> program) {
        return program.isDone() && !program.isCompletedExceptionally();
    }

    private Program begin(ShellSession held) {
        ConfigurableApplicationContext context = beans.get();
        SessionParts session = context.getBean(SessionParts.class);
        CommandParts commands = context.getBean(CommandParts.class);
        session.shell().follow(held);
        Program made = new Program(
                context.getBean(CommandRunner.class),
                commands,
                commands.shellCompleter(),
                session,
                session.keeper(),
                session.watch(),
                context.getBean(LineParts.class));
        made.watch().settle();
        made.keeper().begin();
        session.contextRefresh().begin();
        session.contextRefresh().refreshSoon();
        readNames(context.getBean(Profiles.class));
        foundation.usage().load();
        return made;
    }

    // For the first Tab, while the first line is typed.
    private static void readNames(Profiles profiles) {
        try {
            profiles.names();
        } catch (FailureException e) {
            // The first command that needs the file reports what is wrong with it.
            return;
        }
    }

    private List<String> news(Program made) {
        List<String> news = new ArrayList<>(told);
        told.clear();
        sandbox.next().ifPresent(news::add);
        news.addAll(made.watch().news());
        for (Optional<String> next = made.keeper().news();
                next.isPresent();
                next = made.keeper().news()) {
            news.add(next.get());
        }
        return news;
    }

    private LineRunner runner(Program made) {
        // The profile is what the shell works with from the start, until the user switches.
        CommandRunner runner = made.lines().runner(made.runner(), request.without(PROFILE));
        UsedInLine used = new UsedInLine(made.commands().catalog(), foundation.usage());
        return line -> {
            Optional<ProfileName> before = made.session().shell().profile();
            List<String> meanwhile = made.watch().news();
            int code = runner.run(line);
            made.watch().settle();
            made.keeper().look();
            told.addAll(meanwhile);
            if (code == 0) {
                used.succeeded(line);
            }
            // Also one that was chosen from the list.
            made.session()
                    .shell()
                    .profile()
                    .filter(now -> !before.equals(Optional.of(now)))
                    .ifPresent(now -> foundation.usage().used(Usage.Kind.PROFILE, now.value()));
            if (made.commands().leave().asked()) {
                foundation.controls().leave(made.commands().leave().code().orElse(0));
            }
            return code;
        };
    }

    // The shell keeps the profile that it began with, see ShellSession.
    private void choose(ShellSession session, StoreParts store) {
        if (session.profile().isPresent()) {
            return;
        }
        try {
            Environment environment = foundation.environment();
            session.begin(Targets.choose(Selection.NONE, environment, session, store.profiles(), store.directories())
                    .name());
        } catch (FailureException e) {
            // The first command reports what is wrong with the file or the variable.
            return;
        }
    }
}
