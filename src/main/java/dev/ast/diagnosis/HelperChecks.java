package dev.ast.diagnosis;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Programs;
import dev.ast.host.Programs.Stream;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Other programs that are set up to ask this one for credentials, and whether they would find it. Nothing is run but git. */
public final class HelperChecks {
    private static final String NAME = "ast";
    private static final int LARGEST = 1024 * 1024;
    private static final long GIT_SECONDS = 5;

    private final Environment environment;
    private final Supplier<Programs> programs;
    private final Predicate<String> answers;

    /**
     * Checks of what the user has set up.
     *
     * @param answers whether docker would get a credential for a host
     */
    public HelperChecks(Environment environment, Supplier<Programs> programs, Predicate<String> answers) {
        this.environment = environment;
        this.programs = programs;
        this.answers = answers;
    }

    /** All of them. */
    public List<Check> all() {
        return List.of(new Check("docker", this::docker), new Check("git", this::git));
    }

    private List<Finding> docker() {
        Optional<Path> file = environment
                .get("DOCKER_CONFIG")
                .map(Path::of)
                .or(() -> environment.get("HOME").map(home -> Path.of(home, ".docker")))
                .map(folder -> folder.resolve("config.json"));
        Optional<byte[]> text = file.flatMap(HelperChecks::read);
        if (text.isEmpty()) {
            return List.of(Finding.ok("is not set up"));
        }
        Optional<JsonObject> config = Json.tryObject(text.get());
        if (config.isEmpty()) {
            return List.of(
                    Finding.warning("its settings are not JSON", "correct them").about(file.orElseThrow()));
        }
        List<String> hosts = new ArrayList<>();
        config.get()
                .object("credHelpers")
                .ifPresent(helpers -> helpers.members().forEach((host, helper) -> {
                    if (NAME.equals(helper)) {
                        hosts.add(host);
                    }
                }));
        boolean everything =
                config.get().text("credsStore").filter(NAME::equals).isPresent();
        if (hosts.isEmpty() && !everything) {
            return List.of(Finding.ok("is not set up"));
        }
        Optional<Finding> missing = missing("docker-credential-" + NAME);
        if (missing.isPresent()) {
            return List.of(missing.get().about(file.orElseThrow()));
        }
        List<Finding> found = new ArrayList<>();
        for (String host : hosts) {
            if (!isAnswered(host)) {
                found.add(Finding.warning(
                                "no signed-in profile has a credential for a registry that is set up", "ast login")
                        .about(host));
            }
        }
        return found.isEmpty() ? List.of(Finding.ok("is set up, and its helper is found")) : found;
    }

    private boolean isAnswered(String host) {
        try {
            return answers.test(host);
        } catch (FailureException e) {
            return false; // no host, or the checks of the store have said why
        }
    }

    private List<Finding> git() {
        Optional<Path> git = Programs.find("git", environment);
        Optional<String> settings = git.flatMap(this::settings);
        List<Finding> found = new ArrayList<>();
        boolean any = false;
        for (String line : settings.orElse("").lines().toList()) {
            String[] parts = line.split(" ", 2);
            String helper = parts.length < 2 ? "" : parts[1].strip();
            Optional<String> program = program(helper);
            if (program.isPresent()) {
                any = true;
                missing(program.get()).ifPresent(one -> found.add(one.about(parts[0])));
            }
        }
        if (!any) {
            return List.of(Finding.ok("is not set up"));
        }
        return found.isEmpty() ? List.of(Finding.ok("is set up, and its helper is found")) : found;
    }

    // gitcredentials(7): a name, an absolute path, or after an exclamation mark a line for the shell.
    private static Optional<String> program(String helper) {
        if (helper.startsWith("!")) {
            return helper.matches("(?s).*(^|[^A-Za-z0-9_./-])" + NAME + " .*") ? Optional.of(NAME) : Optional.empty();
        }
        String word = helper.split(" ", 2)[0];
        if (word.equals(NAME)) {
            return Optional.of("git-credential-" + NAME);
        }
        return word.startsWith("/") && word.endsWith("/git-credential-" + NAME) ? Optional.of(word) : Optional.empty();
    }

    // Its settings are those of the user whose environment this is.
    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        for (String name : List.of("HOME", "XDG_CONFIG_HOME")) {
            environment.get(name).ifPresent(value -> variables.put(name, value));
        }
        return variables;
    }

    private Optional<String> settings(Path git) {
        Process process = null;
        try {
            process = programs.get()
                    .start(
                            List.of(git.toString(), "config", "--get-regexp", "^credential(\\..*)?\\.helper$"),
                            variables(),
                            Stream.NOWHERE,
                            Stream.PIPE,
                            Stream.NOWHERE);
            if (!process.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
            try (InputStream out = process.getInputStream()) {
                return Optional.of(new String(out.readNBytes(LARGEST), StandardCharsets.UTF_8));
            }
        } catch (IOException | FailureException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    /** What is wrong with a program that is to be called by this name or path. */
    private Optional<Finding> missing(String program) {
        return Programs.find(program, environment).isPresent()
                ? Optional.empty()
                : Optional.of(Finding.failed(
                        Exit.FAILURE,
                        "is set up, but its helper is not found",
                        "put " + program + " on the PATH, beside ast"));
    }

    private static Optional<byte[]> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(LARGEST));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
