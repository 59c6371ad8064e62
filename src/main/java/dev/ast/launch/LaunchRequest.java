package dev.ast.launch;

import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.domain.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What argv asks for.
 *
 * @param mode shell, one command or script
 * @param words the words of the one command
 * @param script the script's file, or {@code -}
 * @param keepGoing whether a script runs on after a failing line
 * @param defaults global options that stand for every line of a shell or script
 */
public record LaunchRequest(
        Mode mode, List<String> words, Optional<String> script, boolean keepGoing, List<String> defaults) {

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
     * Reads argv. Anything that is not surely a shell or script is one command, whose grammar then has its say.
     *
     * @param keyboard whether standard input is a terminal
     * @throws dev.ast.domain.FailureException (usage) when {@code --script} lacks its file or stands beside a command
     */
    public static LaunchRequest of(List<String> argv, boolean keyboard) {
        List<String> defaults = new ArrayList<>();
        Optional<String> script = Optional.empty();
        boolean keepGoing = false;
        for (int i = 0; i < argv.size(); i++) {
            String word = argv.get(i);
            if (word.equals("--keep-going")) {
                keepGoing = true;
            } else if (word.equals("--script") || word.startsWith("--script=")) {
                if (script.isPresent()) {
                    throw Failure.usage("--script is given twice", "ast --script FILE");
                }
                if (word.equals("--script") && i + 1 >= argv.size()) {
                    throw Failure.usage("--script needs a file, or - for standard input", "ast --script FILE");
                }
                script = Optional.of(word.equals("--script") ? argv.get(++i) : word.substring("--script=".length()));
            } else if (isHelp(word)) {
                return command(argv);
            } else {
                Optional<OptionSpec> option = global(word);
                if (option.isEmpty()) {
                    if (script.isPresent() || keepGoing) {
                        throw Failure.usage(
                                script.isPresent()
                                        ? "a script and a command do not go together: '" + shorten(word) + "'"
                                        : "--keep-going goes with a script",
                                "ast --script FILE [--keep-going]");
                    }
                    return command(argv);
                }
                defaults.add(word);
                boolean valueFollows = valueFollows(option.get(), word);
                if (valueFollows && i + 1 < argv.size()) {
                    defaults.add(argv.get(++i));
                } else if (valueFollows) {
                    return command(argv);
                }
            }
        }
        if (script.isPresent() || keepGoing || !keyboard) {
            return new LaunchRequest(Mode.SCRIPT, List.of(), Optional.of(script.orElse("-")), keepGoing, defaults);
        }
        return new LaunchRequest(Mode.SHELL, List.of(), Optional.empty(), false, defaults);
    }

    /** The words of a line with the defaults that it does not decide itself. */
    public List<String> withDefaults(List<String> line) {
        if (defaults.isEmpty() || line.isEmpty()) {
            return line;
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < defaults.size(); i++) {
            String word = defaults.get(i);
            Optional<OptionSpec> option = global(word);
            boolean pair = option.isPresent() && valueFollows(option.get(), word);
            if (option.isPresent() && !decides(line, option.get())) {
                all.add(word);
                if (pair) {
                    all.add(defaults.get(i + 1));
                }
            }
            i += pair ? 1 : 0;
        }
        all.addAll(line);
        return all;
    }

    private static boolean valueFollows(OptionSpec option, String word) {
        return option.takes() == OptionSpec.Takes.VALUE
                && (word.startsWith("--") ? word.indexOf('=') < 0 : word.length() == 2);
    }

    private static boolean decides(List<String> line, OptionSpec option) {
        for (String word : line) {
            if (word.equals("--")) {
                return false;
            }
            if (global(word).filter(option::equals).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static LaunchRequest command(List<String> argv) {
        return new LaunchRequest(Mode.COMMAND, argv, Optional.empty(), false, List.of());
    }

    private static boolean isHelp(String word) {
        return word.equals("--help") || word.equals("-h") || word.equals("--version") || word.equals("--");
    }

    private static Optional<OptionSpec> global(String word) {
        String name = word.indexOf('=') < 0 ? word : word.substring(0, word.indexOf('='));
        for (OptionSpec option : GlobalOptions.SPECS) {
            if (name.equals("--" + option.name()) || isLetterOf(option, word)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    private static boolean isLetterOf(OptionSpec option, String word) {
        if (option.letter().isEmpty()) {
            return false;
        }
        String letter = "-" + option.letter().get();
        return option.takes() == OptionSpec.Takes.VALUE ? word.startsWith(letter) : word.equals(letter);
    }

    private static String shorten(String word) {
        return word.length() > 40 ? word.substring(0, 40) + "…" : word;
    }
}
