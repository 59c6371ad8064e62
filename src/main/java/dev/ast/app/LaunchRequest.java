package dev.ast.app;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.command.Values;
import dev.ast.domain.Failure;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.GivenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What argv asks for.
 *
 * @param mode shell, one command or script
 * @param words the words of the one command
 * @param script the script's file, or {@code -}
 * @param keepGoing whether a script runs on after a failing line
 * @param options how a script is run
 * @param defaults global options for every line of a shell or script, as {@code --NAME} or {@code --NAME=VALUE}
 */
public record LaunchRequest(
        Mode mode,
        List<String> words,
        Optional<String> script,
        boolean keepGoing,
        List<String> defaults,
        ScriptOptions options) {

    private static final OptionSpec SCRIPT = OptionSpec.value("script", "FILE|-", "Run the commands of a file");
    private static final OptionSpec KEEP_GOING = OptionSpec.flag("keep-going", "Run on after a failing line");
    private static final OptionSpec TRACE = OptionSpec.flag("trace", "Print each line before it runs");
    private static final OptionSpec DRY_RUN = OptionSpec.flag("dry-run", "Check the lines, and run none");
    private static final OptionSpec ENV = OptionSpec.value(
                    "env", "NAME", "Let the script use this environment variable")
            .many();
    private static final List<OptionSpec> OWN = List.of(SCRIPT, KEEP_GOING, TRACE, DRY_RUN, ENV);
    private static final List<OptionSpec> OPTIONS =
            Stream.concat(GlobalOptions.SPECS.stream(), OWN.stream()).toList();
    // The launch of a script as a command of its own, whose words are its arguments.
    private static final CommandSpec LAUNCH = CommandSpec.named("script", "", "Run a script")
            .option(OWN.toArray(OptionSpec[]::new))
            .argument(ArgumentSpec.rest("ARGUMENTS", "The arguments of the script", Values.FREE))
            .does(call -> CommandSpec.Silent.NOTHING);

    private static final Set<String> REPAIRS = Set.of("config", "doctor");

    /**
     * How a script is run.
     *
     * @param arguments its arguments
     * @param trace whether each line is printed before it runs
     * @param dryRun whether lines are only checked
     * @param variables the environment variables that it may use
     */
    public record ScriptOptions(List<String> arguments, boolean trace, boolean dryRun, List<String> variables) {
        static final ScriptOptions NONE = new ScriptOptions(List.of(), false, false, List.of());
    }

    /** How the program runs. */
    public enum Mode {
        SHELL,
        COMMAND,
        SCRIPT
    }

    /** A shell, one command, or a script without options of its own. */
    public LaunchRequest(
            Mode mode, List<String> words, Optional<String> script, boolean keepGoing, List<String> defaults) {
        this(mode, words, script, keepGoing, defaults, ScriptOptions.NONE);
    }

    /** Copies the lists. */
    public LaunchRequest {
        words = List.copyOf(words);
        defaults = List.copyOf(defaults);
    }

    /**
     * Reads argv. Anything that is not certainly a shell or a script is one command, for the grammar to judge.
     *
     * @param keyboard whether standard input is a terminal
     * @throws dev.ast.domain.FailureException (usage) when {@code --script} lacks its file or is combined with a command
     */
    public static LaunchRequest of(List<String> argv, boolean keyboard) {
        CommandLine line = CommandLine.withoutCommands(OPTIONS, argv);
        boolean wrong = line.failedAt() < argv.size();
        boolean launches = false;
        for (GivenOption one : line.given()) {
            boolean own = List.of(SCRIPT.name(), KEEP_GOING.name())
                    .contains(one.option().name());
            launches |= own && (!wrong || one.word() <= line.failedAt());
        }
        boolean script = launches && line.has(SCRIPT.name());
        boolean ended = line.isOptionsEnded() && !script;
        if (line.has("help") || line.has("version") || ended || (wrong && !launches)) {
            return new LaunchRequest(Mode.COMMAND, argv, Optional.empty(), false, List.of());
        }
        if (wrong && !line.isUnknownCommand()) {
            throw line.failure().orElseThrow();
        }
        if (script) {
            return script(argv);
        }
        if (wrong) {
            throw Failure.usage("--keep-going goes with a script", "ast --script FILE [--keep-going]");
        }
        List<String> defaults = defaults(line);
        return !launches && keyboard
                ? new LaunchRequest(Mode.SHELL, List.of(), Optional.empty(), false, defaults)
                : new LaunchRequest(Mode.SCRIPT, List.of(), Optional.of("-"), line.has(KEEP_GOING.name()), defaults);
    }

    private static LaunchRequest script(List<String> argv) {
        List<String> words = new ArrayList<>(List.of(LAUNCH.name()));
        words.addAll(argv);
        CommandLine line = CommandLine.of(new Catalog(List.of(LAUNCH)), words);
        line.failure().ifPresent(e -> {
            throw Failure.usage(e.failure().message(), "ast --script FILE [OPTIONS] [--] [ARGUMENTS]");
        });
        return new LaunchRequest(
                Mode.SCRIPT,
                List.of(),
                Optional.of(line.values(SCRIPT.name()).get(0)),
                line.has(KEEP_GOING.name()),
                defaults(line),
                new ScriptOptions(
                        List.copyOf(line.positional()),
                        line.has(TRACE.name()),
                        line.has(DRY_RUN.name()),
                        line.values(ENV.name())));
    }

    private static List<String> defaults(CommandLine line) {
        List<String> defaults = new ArrayList<>();
        for (GivenOption one : line.given()) {
            if (!OWN.contains(one.option())) {
                String value = one.option().takes() == Takes.NOTHING
                        ? ""
                        : "=" + one.value().orElse("");
                defaults.add("--" + one.option().name() + value);
            }
        }
        return defaults;
    }

    /** Whether this is a command that mends the settings, and so runs where they cannot be read. */
    public boolean repairs() {
        Optional<String> first =
                words.stream().filter(word -> !word.startsWith("-")).findFirst();
        return mode == Mode.COMMAND && first.filter(REPAIRS::contains).isPresent();
    }

    /** Whether a line at the end says what the script has run: for people who let it run on, or watch it. */
    boolean hasSummary() {
        boolean text = defaults.stream().noneMatch(option -> option.matches("--output=(json|yaml|csv)"));
        return (keepGoing || options.trace()) && text && !defaults.contains("--quiet");
    }

    /** The value of an option that was given for all lines. */
    public Optional<String> defaultOf(String option) {
        String start = "--" + option + "=";
        return defaults.stream()
                .filter(one -> one.startsWith(start))
                .map(one -> one.substring(start.length()))
                .findFirst();
    }

    /** Whether a flag was given for all lines. */
    public boolean isDefault(String flag) {
        return defaults.contains("--" + flag);
    }

    /** The same request without an option for all lines. */
    public LaunchRequest without(String option) {
        List<String> fewer = defaults.stream()
                .filter(one -> !one.startsWith("--" + option + "="))
                .toList();
        return new LaunchRequest(mode, words, script, keepGoing, fewer, options);
    }

    /** The words of a line with the defaults that it does not decide itself. */
    public List<String> withDefaults(List<String> line) {
        if (defaults.isEmpty() || line.isEmpty()) {
            return line;
        }
        CommandLine read = CommandLine.withoutCommands(GlobalOptions.SPECS, line);
        List<String> all = new ArrayList<>();
        for (String option : defaults) {
            int equals = option.indexOf('=');
            if (!read.has(option.substring(2, equals < 0 ? option.length() : equals))) {
                all.add(option);
            }
        }
        all.addAll(line);
        return all;
    }
}
