package dev.ast;

import dev.ast.app.CommandParts;
import dev.ast.app.Ending;
import dev.ast.app.Foundation;
import dev.ast.app.OnlineParts;
import dev.ast.app.SessionParts;
import dev.ast.app.Settings;
import dev.ast.app.StoreParts;
import dev.ast.command.CommandSpec;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.output.Screen;
import dev.ast.shell.FullProgramNeeded;
import dev.ast.shell.PlainExecution;
import dev.ast.shell.grammar.CommandLine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The start without Spring, for commands that need no server. It has the same parts as the full program but
 * {@link OnlineParts}; a command that asks for these ends it, before anything is printed, and the launcher starts the
 * full program.
 */
public final class FastStart {
    /** The code that asks the launcher for the full program; nothing was printed then. */
    public static final int FULL_PROGRAM = 99;

    // The local commands that may turn out to need a server. A token from the command line is for the others only:
    // its user is not stored.
    private static final Set<String> MAY_ASK_A_SERVER = Set.of("whoami", "status", "context list", "context use");

    private FastStart() {}

    /**
     * Starts the program.
     *
     * @param args the words of the command line
     */
    public static void main(String[] args) {
        int code = run(List.of(args), Environment.ofProcess()).orElse(FULL_PROGRAM);
        if (code != 0) {
            // Nothing is open and all output is written; shutdown hooks would only cost time.
            halt(code);
        }
    }

    /** Runs a command of this process, as {@link #run(List, Foundation, Settings)}. */
    static OptionalInt run(List<String> words, Environment environment) {
        // A script and its options are the full program's, also where a word of a command follows.
        for (String word : words) {
            if (word.startsWith("--script") || word.equals("--keep-going")) {
                return OptionalInt.empty();
            }
        }
        Interrupts interrupts = new Interrupts();
        try {
            Foundation base = Foundation.ofProcess(
                    environment,
                    Screen.ofProcess(environment),
                    interrupts,
                    Signals.behindLauncher(interrupts, FastStart::halt));
            Optional<Settings> settings = Settings.read(base.home());
            return settings.isEmpty() ? OptionalInt.empty() : run(words, base, settings.get());
        } catch (FailureException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Runs a command over the given parts.
     *
     * @return its exit code; empty when the full program must run it, and nothing was printed
     */
    public static OptionalInt run(List<String> words, Foundation base, Settings settings) {
        try (Ending ending = Ending.of(base, words)) {
            base.holdWarnings();
            settings.warnings().forEach(base::warn);
            StoreParts store = new StoreParts(base);
            Supplier<OnlineParts> online = () -> {
                throw new FullProgramNeeded();
            };
            store.logging(settings.logging());
            SessionParts session = new SessionParts(base, store, settings.platforms(), online);
            CommandParts commands = new CommandParts(base, store, session, online);
            PlainExecution execution = commands.execution();
            ending.started();
            int code = commands.runner(line -> run(execution, execution.read(line), base, settings))
                    .run(words);
            return OptionalInt.of(code);
        } catch (FullProgramNeeded e) {
            return OptionalInt.empty();
        }
    }

    // The warnings of the settings come first, unless the full program may have to print them.
    private static int run(PlainExecution execution, CommandLine line, Foundation base, Settings settings) {
        boolean wrong = line.failedAt() >= 0;
        if (!wrong) {
            requireLocal(line, settings.keyVariables(), base.environment());
        }
        if (wrong || !MAY_ASK_A_SERVER.contains(line.command().name())) {
            base.printWarnings();
        }
        Object result;
        try {
            result = execution.act(line);
        } catch (FailureException e) {
            base.printWarnings();
            throw e;
        }
        base.printWarnings();
        return execution.show(result, line.global());
    }

    private static void requireLocal(CommandLine line, List<String> keyVariables, Environment environment) {
        CommandSpec command = line.command();
        boolean given = line.has("token") && MAY_ASK_A_SERVER.contains(command.name());
        if (!command.local() || given || line.has("jq") || anySet(keyVariables, environment)) {
            throw new FullProgramNeeded();
        }
    }

    private static boolean anySet(List<String> names, Environment environment) {
        for (String name : names) {
            if (environment.get(name).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static void halt(int code) {
        Runtime.getRuntime().halt(code);
    }
}
