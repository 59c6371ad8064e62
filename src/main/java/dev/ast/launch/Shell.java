package dev.ast.launch;

import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SelectedContext;
import dev.ast.host.Environment;
import dev.ast.profile.Profiles;
import dev.ast.session.ContextRefresh;
import dev.ast.session.Selection;
import dev.ast.session.ShellSession;
import dev.ast.session.Targets;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.Leave;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.interactive.LineRunner;
import dev.ast.shell.interactive.ShellLoop;
import dev.ast.shell.interactive.ShellTerminal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Opens the interactive shell: the prompt at once, the program behind it while the first line is typed. */
public final class Shell {
    private final Foundation foundation;
    private final LaunchRequest request;
    private final Supplier<Program> program;
    private boolean begun;

    /**
     * The part of the program that the shell uses.
     *
     * @param session the profile that this shell works with
     * @param contexts what keeps the contexts up to date
     */
    public record Program(
            CommandRunner runner,
            Catalog catalog,
            LineCompleter completer,
            ShellSession session,
            Leave leave,
            ContextRefresh contexts) {}

    /**
     * A shell for a program that is still to be made.
     *
     * @param program makes it; asked once, in a thread of its own, when the first prompt is about to be shown: before that
     *     it would only keep the prompt waiting
     */
    public Shell(Foundation foundation, LaunchRequest request, Supplier<Program> program) {
        this.foundation = foundation;
        this.request = request;
        this.program = program;
    }

    /**
     * Runs the shell.
     *
     * @return its exit code
     */
    public int run() {
        try (ShellTerminal terminal = ShellTerminal.open(foundation.environment())) {
            foundation.conversations().askIn(terminal);
            Profiles profiles = foundation.profiles();
            ShellSession held = new ShellSession();
            hold(held, profiles);
            CompletableFuture<Program> ready = new CompletableFuture<>();
            ShellLoop.Parts parts = new ShellLoop.Parts(
                    () -> place(isReady(ready) ? ready.join().session() : held, profiles),
                    () -> {
                        if (!begun) {
                            begun = true;
                            ready.completeAsync(() -> begin(held));
                        } else if (isReady(ready)) {
                            ready.join().contexts().poke();
                        }
                    },
                    () -> isReady(ready),
                    () -> ready.join().catalog(),
                    () -> ready.join().completer(),
                    () -> runner(ready.join()),
                    foundation.history(),
                    foundation.controls(),
                    line -> foundation.screen().err("warning: " + line + "\n"),
                    foundation.interrupts(),
                    foundation.signals());
            return new ShellLoop(terminal, parts).run();
        }
    }

    private static boolean isReady(CompletableFuture<Program> program) {
        return program.isDone() && !program.isCompletedExceptionally();
    }

    private Program begin(ShellSession held) {
        Program made = program.get();
        held.profile().ifPresent(made.session()::hold);
        made.contexts().begin();
        made.contexts().poke();
        return made;
    }

    private LineRunner runner(Program made) {
        CommandRunner runner = made.runner().with(request::withDefaults);
        return line -> {
            int code = runner.run(line);
            if (made.leave().asked()) {
                foundation.controls().leave();
            }
            return code;
        };
    }

    // The shell keeps the profile that it began with, see ShellSession.
    private void hold(ShellSession session, Profiles profiles) {
        try {
            Environment environment = foundation.environment();
            session.hold(Targets.choose(Selection.NONE, environment, session, profiles)
                    .name());
        } catch (FailureException e) {
            // The first command will say what is wrong with the file or the variable.
        }
    }

    private static String place(ShellSession session, Profiles profiles) {
        try {
            ProfileName name = session.profile().orElse(ProfileName.DEFAULT);
            Optional<String> context =
                    profiles.find(name).flatMap(Profile::context).map(SelectedContext::name);
            if (context.isPresent()) {
                return name + "/" + context.get();
            }
            return name.equals(ProfileName.DEFAULT) ? "" : name.value();
        } catch (FailureException e) {
            return "";
        }
    }
}
