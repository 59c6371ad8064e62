package dev.ast.host;

import dev.ast.domain.FailureException;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Programs.Stream;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Opens a web address in the user's browser: {@code BROWSER} if it is set, else the system's opener. Only plain http(s)
 * addresses are opened, as one argument and without a shell; programs are looked up in absolute directories of
 * {@code PATH} only, so that nothing from the current directory is run.
 */
public final class Browser {
    private static final long PATIENCE_SECONDS = 2;

    private final Environment environment;
    private final Programs programs;

    /** A browser as set in the environment. */
    public Browser(Environment environment, ChildEnvironment children) {
        this.environment = environment;
        this.programs = new Programs(children);
    }

    /** Whether there is a program to open addresses with, and a screen for it. */
    public boolean available() {
        return command(URI.create("http://localhost/")).isPresent();
    }

    /** Whether this process runs in a remote session, where an opened browser would be on the wrong machine. */
    public boolean remote() {
        return environment.get("SSH_CONNECTION").isPresent()
                || environment.get("SSH_TTY").isPresent();
    }

    /**
     * Opens an address.
     *
     * @return whether a program was started that did not fail within two seconds
     */
    public boolean open(URI address) {
        if (!plain(address)) {
            return false;
        }
        Optional<List<String>> command = command(address);
        if (command.isEmpty()) {
            return false;
        }
        try {
            Process process = programs.start(command.get(), Map.of(), Stream.NOWHERE, Stream.NOWHERE, Stream.NOWHERE);
            return !process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (FailureException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean plain(URI address) {
        try {
            ServerOrigin.of(URI.create(address.toString().split("#", 2)[0]));
        } catch (FailureException | IllegalArgumentException e) {
            return false;
        }
        return address.toString().chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private Optional<List<String>> command(URI address) {
        Optional<String> chosen = environment.get("BROWSER");
        if (chosen.isPresent()) {
            for (String one : chosen.get().split(File.pathSeparator, -1)) {
                List<String> words = new ArrayList<>(List.of(one.trim().split("\\s+", -1)));
                Optional<Path> program = words.get(0).isEmpty() ? Optional.empty() : program(words.get(0));
                if (program.isPresent()) {
                    words.set(0, program.get().toString());
                    boolean placed = words.contains("%s");
                    words.replaceAll(word -> word.equals("%s") ? address.toString() : word);
                    if (!placed) {
                        words.add(address.toString());
                    }
                    return Optional.of(words);
                }
            }
            return Optional.empty();
        }
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return Optional.of(List.of("/usr/bin/open", address.toString()));
        }
        if (system.contains("windows")) {
            return environment
                    .get("SystemRoot")
                    .map(root -> List.of(
                            root + "\\System32\\rundll32.exe", "url.dll,FileProtocolHandler", address.toString()));
        }
        boolean screen = environment.get("DISPLAY").isPresent()
                || environment.get("WAYLAND_DISPLAY").isPresent();
        return screen
                ? program("xdg-open").map(opener -> List.of(opener.toString(), address.toString()))
                : Optional.empty();
    }

    private Optional<Path> program(String name) {
        return Programs.find(name, environment);
    }
}
