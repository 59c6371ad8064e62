package dev.ast.app;

import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.GivenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What argv asks for.
 *
 * @param mode shell, one command or script
 * @param words the words of the one command
 * @param script the script's file, or {@code -}
 * @param keepGoing whether a script runs on after a failing line
 * @param defaults global options for every line of a shell or script, as {@code --NAME} or {@code --NAME=VALUE}
 */
public record LaunchRequest(
        Mode mode, List<String> words, Optional<String> script, boolean keepGoing, List<String> defaults) {

    private static final OptionSpec SCRIPT = OptionSpec.value("script", "FILE|-", "Run the commands of a file");
    private static final OptionSpec KEEP_GOING = OptionSpec.flag("keep-going", "Run on after a failing line");
    private static final List<OptionSpec> OPTIONS = Stream.concat(
                    GlobalOptions.SPECS.stream(), Stream.of(SCRIPT, KEEP_GOING))
            .toList();

    /** How the program runs. */
    public enum Mode {
        SHELL,
        COMMAND,
        SCRIPT
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
        List<String> defaults = new ArrayList<>();
        for (GivenOption one : line.given()) {
            if (one.option().equals(SCRIPT) || one.option().equals(KEEP_GOING)) {
                launches |= !wrong || one.word() <= line.failedAt();
            } else {
                String value = one.option().takes() == Takes.NOTHING
                        ? ""
                        : "=" + one.value().orElse("");
                defaults.add("--" + one.option().name() + value);
            }
        }
        if (line.has("help") || line.has("version") || line.isOptionsEnded() || (wrong && !launches)) {
            return new LaunchRequest(Mode.COMMAND, argv, Optional.empty(), false, List.of());
        }
        if (wrong && line.isUnknownCommand()) {
            String word = SecretShape.quoted(argv.get(line.failedAt()), 40);
            throw Failure.usage(
                    line.has(SCRIPT.name())
                            ? "a script and a command do not go together: " + word
                            : "--keep-going goes with a script",
                    "ast --script FILE [--keep-going]");
        }
        if (wrong) {
            throw line.failure().orElseThrow();
        }
        if (!launches && keyboard) {
            return new LaunchRequest(Mode.SHELL, List.of(), Optional.empty(), false, defaults);
        }
        List<String> script = line.values(SCRIPT.name());
        return new LaunchRequest(
                Mode.SCRIPT,
                List.of(),
                Optional.of(script.isEmpty() ? "-" : script.get(0)),
                line.has(KEEP_GOING.name()),
                defaults);
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
        return new LaunchRequest(mode, words, script, keepGoing, fewer);
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
