package dev.ast.protocol;

import dev.ast.credential.file.EditedFile;
import dev.ast.domain.Failure;
import dev.ast.host.ShellText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sets a program up by a block of lines at the end of its configuration, in a language that this program does not read. Where
 * the file has such a setting already, only the user can join the two.
 *
 * @param file the configuration
 * @param block what is put there, with line ends
 * @param written finds such a block, also one for another profile or of a program that has been moved
 * @param taken finds such a setting of the user, in place of which ours would count, or which would count in place of ours
 * @param link where the program looks for its helper, and the name of the helper; empty for the PATH
 */
record BlockSetup(
        String program,
        Function<SetupPlace, Path> file,
        Function<SetupPlace, String> block,
        String written,
        Function<SetupPlace, Pattern> taken,
        Optional<Link> link)
        implements Setup {
    private static final String MARK = "# Added by ast credential ";

    /** A link to the helper. */
    record Link(Function<SetupPlace, Path> folder, String name) {}

    /** Terraform: one helper for all hosts, found among the plugins. */
    static BlockSetup terraform() {
        return new BlockSetup(
                "terraform",
                place -> place.environment()
                        .get("TF_CLI_CONFIG_FILE")
                        .map(Path::of)
                        .orElseGet(() -> place.home().resolve(".terraformrc")),
                place -> "credentials_helper \"ast\" {\n  args = ["
                        + String.join(
                                ", ",
                                place.profileWords().stream()
                                        .map(word -> '"' + word + '"')
                                        .toList())
                        + "]\n}\n",
                "credentials_helper \"ast\" \\{\n  args = \\[[^]\n]*]\n}\n",
                place -> Pattern.compile("(?m)^\\s*credentials_helper\\b"),
                Optional.of(
                        new Link(place -> place.home().resolve(".terraform.d/plugins"), "terraform-credentials-ast")));
    }

    /** Cargo: the last provider in the list is asked first. */
    static BlockSetup cargo() {
        return new BlockSetup(
                "cargo",
                place -> place.file("CARGO_HOME", ".cargo").resolve("config.toml"),
                place -> "[registry]\nglobal-credential-providers = [\"cargo:token\", \""
                        + place.helper("cargo-credential-ast")
                                .toString()
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                        + "\"]\n",
                "\\[registry]\nglobal-credential-providers = \\[\"cargo:token\", \".*\"]\n",
                place -> Pattern.compile("(?m)^\\s*(\\[\\s*registry\\s*\\]|registry\\s*[.=])"),
                Optional.empty());
    }

    /** Bazel: a helper for each host, of which the last line counts. */
    static BlockSetup bazel() {
        return new BlockSetup(
                "bazel",
                place -> place.home().resolve(".bazelrc"),
                place -> Setup.origins(place).stream()
                        .map(origin -> "build --credential_helper=" + origin.host() + "="
                                + ShellText.word(
                                        place.helper("bazel-credential-ast").toString()) + "\n")
                        .collect(Collectors.joining()),
                "(?:build --credential_helper=.*bazel-credential-ast'?\n)+",
                place -> Pattern.compile("credential_helper[ =]['\"]?(?:"
                        + Setup.origins(place).stream()
                                .map(origin -> Pattern.quote(origin.host()))
                                .collect(Collectors.joining("|"))
                        + ")="),
                Optional.empty());
    }

    /** AWS: a profile {@code ast} for the role of the line. */
    static BlockSetup aws() {
        return new BlockSetup(
                "aws",
                place -> place.file("AWS_CONFIG_FILE", ".aws/config"),
                place -> "[profile ast]\ncredential_process = " + place.call("aws")
                        + place.options().entrySet().stream()
                                .map(option -> " --" + option.getKey() + " " + ShellText.word(option.getValue()))
                                .collect(Collectors.joining())
                        + "\n",
                "\\[profile ast]\ncredential_process = .*\n",
                place -> Pattern.compile("(?m)^\\s*\\[\\s*profile\\s+ast\\s*]"),
                Optional.empty());
    }

    @Override
    public String text(SetupPlace place) {
        String where = link.map(one -> "Link " + place.helper(one.name()) + " into "
                        + one.folder().apply(place) + "\n")
                .orElse("");
        return where + "In " + file.apply(place) + ":\n" + block.apply(place);
    }

    @Override
    public List<String> apply(SetupPlace place) {
        EditedFile edited = new EditedFile(file.apply(place));
        String before = edited.read().orElse("");
        List<String> done = new ArrayList<>();
        String ours = mark() + block.apply(place);
        if (!before.contains(ours)) {
            String rest = without(before);
            if (taken.apply(place).matcher(rest).find()) {
                throw Failure.failed(edited.path() + " has such a setting already", "join the two by hand");
            }
            String gap = rest.isEmpty() ? "" : rest.endsWith("\n") ? "\n" : "\n\n";
            edited.write(rest + gap + ours);
            done.add("set up in " + edited.path());
        }
        link.map(one -> one.folder().apply(place).resolve(one.name())).ifPresent(path -> {
            if (EditedFile.link(path, place.helper(String.valueOf(path.getFileName())))) {
                done.add("linked " + path);
            }
        });
        return done;
    }

    private String mark() {
        return MARK + program + " --setup\n";
    }

    // Without our block, and the empty line in front of it.
    private String without(String text) {
        return Pattern.compile("(?m)^\n?" + Pattern.quote(mark()) + written)
                .matcher(text)
                .replaceFirst("");
    }

    @Override
    public List<String> remove(SetupPlace place) {
        EditedFile edited = new EditedFile(file.apply(place));
        String before = edited.read().orElse("");
        List<String> done = new ArrayList<>();
        String rest = without(before);
        if (!rest.equals(before)) {
            edited.write(rest);
            done.add("removed from " + edited.path());
        }
        link.map(one -> one.folder().apply(place).resolve(one.name())).ifPresent(path -> {
            if (EditedFile.unlink(path, place.helper(String.valueOf(path.getFileName())))) {
                done.add("removed " + path);
            }
        });
        return done;
    }
}
