package dev.ast.diagnosis;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Programs;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other programs that are set up to ask this one for credentials, and whether they would find it. Nothing is run but git. */
public final class HelperChecks {
    private static final String NAME = "ast";
    private static final int LARGEST = 1024 * 1024;

    // The launcher as a word of a command line, by name or path, with or without quotes.
    private static final String LAUNCHER =
            "(?:'([^']*/ast)'|\"([^\"]*/ast)\"|(?<![\\w./-])((?:/[^\\s'\";|&()]*/)?ast))";
    private static final Pattern GIT = Pattern.compile(LAUNCHER + "\\s+credential\\s+git\\b");
    private static final Pattern GIT_KEY = Pattern.compile("credential\\.(.+)\\.helper");

    private final Environment environment;
    private final Supplier<Programs> programs;
    private final Predicate<String> answers;

    /**
     * Checks of what the user has set up.
     *
     * @param answers whether a profile has a credential for a host or origin
     */
    public HelperChecks(Environment environment, Supplier<Programs> programs, Predicate<String> answers) {
        this.environment = environment;
        this.programs = programs;
        this.answers = answers;
    }

    /** All of them; those behind docker and git find something only where the program is set up. */
    public List<Check> all() {
        return List.of(
                new Check("docker", this::docker),
                new Check("git", this::git),
                configured(
                        "kubectl",
                        file("KUBECONFIG", "", ".kube/config"),
                        "(?m)^\\s*(?:- )?command:\\s*" + LAUNCHER + "\\s*$"),
                new Check("terraform", this::terraform),
                configured(
                        "cargo",
                        file("CARGO_HOME", "config.toml", ".cargo/config.toml"),
                        "\"([^\"]*cargo-credential-ast)\""),
                configured("bazel", home(".bazelrc"), "--credential_helper=(?:[^=\\s]*=)?(\\S*bazel-credential-ast)"),
                configured(
                        "aws",
                        file("AWS_CONFIG_FILE", "", ".aws/config"),
                        "(?m)^\\s*credential_process\\s*=\\s*" + LAUNCHER + "\\s+credential\\s+aws\\b"));
    }

    private List<Finding> docker() {
        Optional<Path> file = file("DOCKER_CONFIG", "config.json", ".docker/config.json");
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
        hosts.forEach(host -> unanswered(host).ifPresent(found::add));
        return good(found);
    }

    private List<Finding> git() {
        List<Finding> found = new ArrayList<>();
        boolean any = false;
        for (String line : settings().lines().toList()) {
            String[] parts = line.split(" ", 2);
            String helper = parts.length < 2 ? "" : parts[1].strip();
            Optional<String> program = program(helper);
            if (program.isPresent()) {
                any = true;
                Matcher key = GIT_KEY.matcher(parts[0]);
                missing(program.get())
                        .map(one -> one.about(parts[0]))
                        .or(() -> key.matches() ? unanswered(key.group(1)) : Optional.empty())
                        .ifPresent(found::add);
            }
        }
        return any ? good(found) : List.of(Finding.ok("is not set up"));
    }

    // gitcredentials(7): a name, an absolute path, or after an exclamation mark a line for the shell.
    private static Optional<String> program(String helper) {
        if (helper.startsWith("!")) {
            return word(GIT, helper.substring(1));
        }
        String word = helper.split(" ", 2)[0];
        if (word.equals(NAME)) {
            return Optional.of("git-credential-" + NAME);
        }
        return word.startsWith("/") && word.endsWith("/git-credential-" + NAME) ? Optional.of(word) : Optional.empty();
    }

    private String settings() {
        if (Programs.find("git", environment).isEmpty()) {
            return "";
        }
        try {
            return programs.get()
                    .run("git", List.of("config", "--get-regexp", "^credential(\\..*)?\\.helper$"), environment)
                    .out();
        } catch (FailureException e) {
            return ""; // git says itself what is wrong with its settings
        }
    }

    private List<Finding> terraform() {
        Optional<Path> plugins = home(".terraform.d/plugins");
        Optional<Path> file = file("TF_CLI_CONFIG_FILE", "", ".terraformrc");
        if (plugins.isEmpty()
                || word(Pattern.compile("(?m)^\\s*credentials_helper\\s+\"(ast)\""), text(file))
                        .isEmpty()) {
            return List.of();
        }
        return good(
                missing(plugins.get().resolve("terraform-credentials-" + NAME).toString()).stream()
                        .map(one -> one.about(file.orElseThrow()))
                        .toList());
    }

    /** A program that is set up where its settings hold a pattern, whose group is the helper. */
    private Check configured(String program, Optional<Path> file, String pattern) {
        return new Check(
                program,
                () -> word(Pattern.compile(pattern), text(file))
                        .map(helper -> good(missing(helper).stream()
                                .map(one -> one.about(file.orElseThrow()))
                                .toList()))
                        .orElse(List.of()));
    }

    /** The file that a variable names, or the file of this name in the folder that it names; else one in the user's home. */
    private Optional<Path> file(String variable, String name, String otherwise) {
        return environment
                .get(variable)
                .map(value -> Path.of(value.split(File.pathSeparator, 2)[0]).resolve(name))
                .or(() -> home(otherwise));
    }

    private Optional<Path> home(String name) {
        return environment.get("HOME").map(home -> Path.of(home, name));
    }

    private static Optional<String> word(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            for (int i = 1; i <= matcher.groupCount(); i++) {
                if (matcher.group(i) != null) {
                    return Optional.of(matcher.group(i));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Finding> good(List<Finding> faults) {
        return faults.isEmpty() ? List.of(Finding.ok("is set up, and its helper is found")) : faults;
    }

    private Optional<Finding> unanswered(String host) {
        boolean answered;
        try {
            answered = answers.test(host);
        } catch (FailureException e) {
            answered = false; // no host, or the checks of the store have said why
        }
        return answered
                ? Optional.empty()
                : Optional.of(
                        Finding.warning("no signed-in profile has a credential for a host that is set up", "ast login")
                                .about(host));
    }

    /** What is wrong with a program that is to be called by this name or path. */
    private Optional<Finding> missing(String program) {
        return Programs.find(program, environment).isPresent()
                ? Optional.empty()
                : Optional.of(Finding.failed(
                        Exit.FAILURE,
                        "is set up, but its helper is not found",
                        program.contains("/")
                                ? "set it up again by --setup --apply, or put " + program + " there"
                                : "put " + program + " on the PATH, beside ast"));
    }

    private static String text(Optional<Path> file) {
        return file.flatMap(HelperChecks::read)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    private static Optional<byte[]> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(LARGEST));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
