package dev.ast.host;

import dev.ast.domain.FailureException;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Programs.Stream;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens a web address in the user's browser: {@code BROWSER} if it is set, else the system's opener. Only plain http(s)
 * addresses are opened, as one argument and without a shell. A program in {@code BROWSER} may have spaces in its path, with
 * or without quotes; {@code %s} stands for the address, which is the last argument otherwise. Programs are looked up in absolute directories of
 * {@code PATH} only, so that nothing from the current directory is run.
 */
public final class Browser {
    private static final long PATIENCE_SECONDS = 2;
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|\\S+");

    private final Environment environment;
    private final Programs programs;

    /** Where this machine is, as seen from the user. */
    public enum Place {
        /** In front of the user, as far as can be seen. */
        HERE,
        /** At the other end of an SSH connection. */
        SSH,
        /** A container, whose ports other programs reach only when they are published. */
        CONTAINER
    }

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

    /** Where this machine is. */
    public Place place() {
        if (remote()) {
            return Place.SSH;
        }
        // The variable is set by podman and systemd-nspawn, the files are made by docker and podman.
        boolean container = environment.get("container").isPresent()
                || environment.get("KUBERNETES_SERVICE_HOST").isPresent()
                || Files.exists(Path.of("/.dockerenv"))
                || Files.exists(Path.of("/run/.containerenv"));
        return container ? Place.CONTAINER : Place.HERE;
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
                Optional<List<String>> command = chosen(one, address.toString());
                if (command.isPresent()) {
                    return command;
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
        // Under WSL it opens the browser of Windows, also without a screen of Linux; xdg-open mostly finds nothing
        // there.
        boolean wsl = environment.get("WSL_DISTRO_NAME").isPresent()
                || environment.get("WSL_INTEROP").isPresent();
        return (wsl ? program("wslview") : Optional.<Path>empty())
                .or(() -> screen ? program("xdg-open") : Optional.empty())
                .map(opener -> List.of(opener.toString(), address.toString()));
    }

    /** The command of one entry of {@code BROWSER}, if its program is there. */
    private Optional<List<String>> chosen(String entry, String address) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(entry);
        while (matcher.find()) {
            String quoted = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            words.add(quoted == null ? matcher.group() : quoted);
        }
        for (int length = 1; length <= words.size(); length++) {
            // The shortest that is a program: what follows is meant as arguments.
            Optional<Path> program = program(String.join(" ", words.subList(0, length)));
            if (program.isPresent()) {
                List<String> command = new ArrayList<>(List.of(program.get().toString()));
                List<String> arguments = words.subList(length, words.size());
                boolean placed = arguments.stream().anyMatch(word -> word.contains("%s"));
                arguments.forEach(word -> command.add(word.replace("%s", address)));
                if (!placed) {
                    command.add(address);
                }
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    private Optional<Path> program(String name) {
        return Programs.find(name, environment);
    }
}
