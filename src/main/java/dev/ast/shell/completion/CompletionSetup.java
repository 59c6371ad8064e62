package dev.ast.shell.completion;

import dev.ast.credential.file.EditedFile;
import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.host.Environment;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets the completion up where a shell of the user looks for it: one file of its own and, where the shell does not find
 * that by itself, a block of lines in the shell's settings.
 */
final class CompletionSetup {
    private static final String MARK = "# Added by ast completion install\n";
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish", "powershell");
    /** Where bash's package of completions is, which reads the files of the user. */
    private static final List<String> BASH_COMPLETION = List.of(
            "/usr/share/bash-completion/bash_completion",
            "/usr/local/share/bash-completion/bash_completion",
            "/opt/homebrew/share/bash-completion/bash_completion",
            "/etc/bash_completion");

    private final Environment environment;
    private final String shell;

    /**
     * The setup of a shell.
     *
     * @param named the shell; {@code SHELL} says which it is where that is empty
     * @throws dev.ast.domain.FailureException (usage) when neither names one that is known
     */
    CompletionSetup(Environment environment, Optional<String> named) {
        this.environment = environment;
        this.shell = named.orElseGet(() -> {
            String login = environment.get("SHELL").map(CompletionSetup::name).orElse("");
            if (!SHELLS.contains(login)) {
                throw Failure.usage(
                        login.isEmpty()
                                ? "no shell is named, and SHELL is not set"
                                : "there is no completion for the shell " + SecretShape.quoted(login, 20),
                        "ast completion install bash");
            }
            return login;
        });
    }

    private static String name(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals("pwsh") ? "powershell" : name;
    }

    /** The shell. */
    String shell() {
        return shell;
    }

    /**
     * Where what is put.
     *
     * @param script the file of its own
     * @param settings the shell's settings; empty where it finds the file by itself
     * @param line what stands in the settings
     * @param next what the user does then
     */
    private record Place(EditedFile script, Optional<EditedFile> settings, String line, String next) {
        String block() {
            return MARK + line + "\n";
        }
    }

    /**
     * Does it; what is done already stays as it is.
     *
     * @param code the completion script of the shell
     * @return what was done and the next step, a sentence each
     * @throws dev.ast.domain.FailureException when a file is not of this program, or cannot be written
     */
    List<String> install(String code) {
        Place place = place();
        String text = content(code);
        List<String> done = new ArrayList<>();
        Optional<String> before = own(place.script());
        if (!before.equals(Optional.of(text))) {
            place.script().remove(); // so that no copy of it stays
            place.script().write(text);
            done.add("Wrote " + place.script().path());
        }
        place.settings().ifPresent(settings -> {
            String old = settings.read().orElse("");
            if (!old.contains(place.block())) {
                settings.write(old + (old.isEmpty() || old.endsWith("\n") ? "" : "\n") + place.block());
                done.add("Added a line to " + settings.path());
            }
        });
        if (done.isEmpty()) {
            done.add("It is installed already, by " + place.script().path());
        }
        done.add(place.next());
        return done;
    }

    /**
     * Undoes exactly that.
     *
     * @return what was done, a sentence each
     * @throws dev.ast.domain.FailureException when a file is not of this program, or cannot be changed
     */
    List<String> uninstall() {
        Place place = place();
        List<String> done = new ArrayList<>();
        place.settings().ifPresent(settings -> {
            String old = settings.read().orElse("");
            int at = old.indexOf(place.block());
            if (at >= 0) {
                settings.undo(
                        old.substring(0, at) + old.substring(at + place.block().length()));
                settings.removeEmptyDirectories(home());
                done.add("Removed the line from " + settings.path());
            }
        });
        if (own(place.script()).isPresent()) {
            place.script().remove();
            place.script().removeEmptyDirectories(home());
            done.add("Removed " + place.script().path());
        }
        if (done.isEmpty()) {
            done.add("The completion was not installed for " + shell);
        }
        return done;
    }

    // The file of its own, if it is there.
    private Optional<String> own(EditedFile script) {
        if (script.isLink()) {
            throw Failure.failed(script.path() + " is a link to another file", "remove the link, and try again");
        }
        Optional<String> text = script.read();
        if (text.isPresent() && !text.get().contains("Completion of ast for ")) {
            throw Failure.failed(script.path() + " is there already, and not from ast", "move it away, and try again");
        }
        return text;
    }

    // bash reads its file at the first Tab, and asks the program then, so that an upgrade needs no new file.
    private String content(String code) {
        return shell.equals("bash") ? """
                # Completion of ast for bash, by the program that is installed
                eval "$(command ast completion bash)"
                """ : code;
    }

    private Place place() {
        return switch (shell) {
            case "bash" -> bash();
            case "zsh" -> zsh();
            case "fish" ->
                new Place(
                        new EditedFile(below("XDG_CONFIG_HOME", ".config").resolve("fish/completions/ast.fish")),
                        Optional.empty(),
                        "",
                        "fish finds it at the next Tab");
            default -> powershell();
        };
    }

    private Place bash() {
        Path folder = absolute("BASH_COMPLETION_USER_DIR")
                .orElseGet(() -> below("XDG_DATA_HOME", ".local/share").resolve("bash-completion"));
        Path file = folder.resolve("completions/ast");
        boolean read = BASH_COMPLETION.stream().anyMatch(path -> Files.exists(Path.of(path)));
        String next = read
                ? "A new bash finds it; in this one: source " + file
                : "The package bash-completion, which reads it, is not installed; without it, put into ~/.bashrc: source "
                        + file;
        return new Place(new EditedFile(file), Optional.empty(), "", next);
    }

    private Place zsh() {
        Path file = home().resolve(".zfunc/_ast");
        Path settings = absolute("ZDOTDIR").orElseGet(this::home).resolve(".zshrc");
        return new Place(
                new EditedFile(file),
                Optional.of(new EditedFile(settings)),
                "source ~/.zfunc/_ast",
                "A new zsh has it; in this one: source " + file);
    }

    private Place powershell() {
        boolean windows = File.separatorChar == '\\';
        Path folder = windows
                ? home().resolve("Documents").resolve("PowerShell")
                : below("XDG_CONFIG_HOME", ".config").resolve("powershell");
        Path file = folder.resolve("ast.ps1");
        return new Place(
                new EditedFile(file),
                Optional.of(new EditedFile(folder.resolve("profile.ps1"))),
                ". (Join-Path $PSScriptRoot ast.ps1)",
                "A new PowerShell has it; in this one: . " + file);
    }

    private Path below(String variable, String otherwise) {
        return absolute(variable).orElseGet(() -> home().resolve(otherwise));
    }

    private Optional<Path> absolute(String variable) {
        return environment.get(variable).map(Path::of).filter(Path::isAbsolute);
    }

    private Path home() {
        return absolute("HOME")
                .or(() -> absolute("USERPROFILE"))
                .orElseThrow(() -> Failure.usage("HOME names no directory", "set HOME"));
    }
}
