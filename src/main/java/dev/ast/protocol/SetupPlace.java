package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.host.Programs;
import dev.ast.host.ShellText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * For what, and on which computer, a program is set up.
 *
 * @param launcher the file that starts this program, absolute
 * @param origins what it is set up for
 * @param profile the profile that is to answer, where the line names one
 * @param programs starts the program's own command
 * @param options what the line gives beside, for the command that the program will run, in the order of the help
 */
public record SetupPlace(
        Path launcher,
        List<ServerOrigin> origins,
        Optional<ProfileName> profile,
        Environment environment,
        Supplier<Programs> programs,
        Map<String, String> options) {
    private static final String PROFILE = " --profile ";

    /** Copies the list. */
    public SetupPlace {
        origins = List.copyOf(origins);
    }

    /** The same with other options. */
    SetupPlace with(Map<String, String> others) {
        return new SetupPlace(launcher, origins, profile, environment, programs, others);
    }

    /** The launcher as a word of a POSIX shell. */
    String command() {
        return ShellText.word(launcher.toString());
    }

    /** The words behind a protocol that name the profile. */
    List<String> profileWords() {
        return profile.map(name -> List.of("--profile", name.value())).orElse(List.of());
    }

    /** The words behind the launcher that make it the helper of a protocol, for the profile. */
    List<String> words(String protocol) {
        return Stream.concat(Stream.of("credential", protocol), profileWords().stream())
                .toList();
    }

    /** The launcher with these words, as a command of a POSIX shell. */
    String call(String protocol) {
        return command() + " " + String.join(" ", words(protocol));
    }

    /** Whether a command is such a call, also for another profile, or of a program that has been moved. */
    static boolean isCall(String command, String protocol) {
        String words = " credential " + protocol;
        int at = command.lastIndexOf(words);
        String program = at < 0 ? "" : command.substring(0, at);
        String more = at < 0 ? "" : command.substring(at + words.length());
        return (program.endsWith("ast") || program.endsWith("ast'"))
                && program.indexOf('\n') < 0
                && (more.isEmpty()
                        || (more.startsWith(PROFILE)
                                && more.substring(PROFILE.length()).matches("[A-Za-z0-9._-]+")));
    }

    /** The launcher under the name by which a program calls its helper. */
    Path helper(String name) {
        return launcher.resolveSibling(name);
    }

    /** The user's home. */
    Path home() {
        return environment
                .get("HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseThrow(() -> Failure.usage("HOME names no directory", "set HOME"));
    }

    /** What a variable names, else a path in the user's home. */
    Path file(String variable, String otherwise) {
        return environment.get(variable).map(Path::of).orElseGet(() -> home().resolve(otherwise));
    }

    /** Runs a program of the user's PATH. Fails as {@link Programs#run}. */
    Programs.Ended run(String program, String... words) {
        return programs.get().run(program, List.of(words), environment);
    }

    /** The same for one that must end well. */
    void must(String program, String... words) {
        int code = run(program, words).code();
        if (code != 0) {
            throw Failure.failed(program + " " + words[0] + " ended with code " + code, "run it by hand to see why");
        }
    }
}
