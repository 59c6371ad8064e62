package dev.ast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.HelperDesk;
import dev.ast.support.Packages;
import dev.ast.support.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code credential PROTOCOL --setup}: what it prints, does and undoes, all in a home of the test. */
class SetupTest {
    @TempDir
    private Path home;

    private HelperDesk desk;

    @BeforeEach
    void signIn() {
        desk = new HelperDesk(home)
                .profile("work", "https://api.example.com", "https://git.example.com")
                .active("work")
                .env("PATH", "/usr/bin:/bin")
                .env("GIT_CONFIG_GLOBAL", home.resolve("gitconfig").toString())
                .env("DOCKER_CONFIG", home.resolve("docker").toString())
                .env("KUBECONFIG", home.resolve("kubeconfig").toString())
                .env("CARGO_HOME", home.resolve("cargo").toString())
                .env("TF_CLI_CONFIG_FILE", home.resolve("terraformrc").toString());
    }

    private AstResult ok(String... words) {
        AstResult answer = desk.ask("", words);
        assertThat(answer.exit()).as("%s", answer).isZero();
        return answer;
    }

    private String read(String file) throws IOException {
        return Files.readString(home.resolve(file));
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void gitIsSetUpByItsOwnCommandAndAsItWasAfterwards() throws IOException {
        String before = "[credential \"https://git.example.com\"]\n\thelper = mine\n\tusername = ada\n";
        write("gitconfig", before);

        assertThat(ok("git", "--setup").out()).isEqualTo("""
                        git config --global --add credential.https://git.example.com.helper ""
                        git config --global --add credential.https://git.example.com.helper '!/opt/ast/bin/ast credential git'
                        git config --global --add credential.https://api.example.com.helper ""
                        git config --global --add credential.https://api.example.com.helper '!/opt/ast/bin/ast credential git'
                        """);
        assertThat(read("gitconfig")).isEqualTo(before);
        assertThat(ok("git", "--setup", "git.example.com", "--apply").err())
                .contains("Git asks ast for https://git.example.com");
        String after = read("gitconfig");
        assertThat(after)
                .contains("helper = mine", "helper = \n", "helper = !/opt/ast/bin/ast credential git\n")
                .doesNotContain("api.example.com");
        assertThat(ok("git", "--setup", "git.example.com", "--apply").err()).contains("is set up already");
        assertThat(read("gitconfig")).isEqualTo(after);
        ok("git", "--setup", "git.example.com", "--apply", "--profile", "work");
        assertThat(read("gitconfig"))
                .contains("helper = !/opt/ast/bin/ast credential git --profile work\n")
                .doesNotContain("credential git\n");
        assertThat(ok("git", "--setup", "git.example.com", "--remove").err()).contains("no more");
        assertThat(read("gitconfig").lines().map(String::strip).sorted())
                .containsExactlyElementsOf(
                        before.lines().map(String::strip).sorted().toList());
        assertThat(ok("git", "--setup", "git.example.com", "--remove").err()).contains("othing was set up");
    }

    @Test
    void dockersFileIsEditedWithACopyOfTheOldOne() throws IOException {
        String before = """
                {
                \t"auths": {},
                \t"credHelpers": {
                \t\t"gcr.io": "gcloud"
                \t},
                \t"new": [
                \t\t1,
                \t\t"a: {b}, \\"c\\""
                \t]
                }
                """;
        write("docker/config.json", before);
        Files.setPosixFilePermissions(home.resolve("docker/config.json"), PosixFilePermissions.fromString("rw-------"));

        ok("docker", "--setup", "registry.example.com:5000", "--apply");
        assertThat(read("docker/config.json"))
                .isEqualTo(before.replace("\"gcloud\"\n", "\"gcloud\",\n\t\t\"registry.example.com:5000\": \"ast\"\n"));
        assertThat(read("docker/config.json.before-ast")).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("docker/config.json"))))
                .isEqualTo("rw-------");
        assertThat(ok("docker", "--setup", "registry.example.com:5000", "--apply")
                        .err())
                .contains("is set up already");
        ok("docker", "--setup", "registry.example.com:5000", "--remove");
        assertThat(read("docker/config.json")).isEqualTo(before);

        AstResult taken = desk.ask("", "docker", "--setup", "gcr.io", "--apply");
        assertThat(taken.exit()).isEqualTo(1);
        assertThat(taken.err()).contains("docker has another helper for gcr.io already");
        assertThat(read("docker/config.json")).isEqualTo(before);
        write("docker/config.json", "not JSON");
        assertThat(desk.ask("", "docker", "--setup", "git.example.com", "--apply")
                        .exit())
                .isEqualTo(1);
        assertThat(read("docker/config.json")).isEqualTo("not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"terraform:terraformrc", "cargo:cargo/config.toml"})
    void aBlockIsAddedAndTakenAway(String which) throws IOException {
        String program = which.split(":", -1)[0];
        String file = which.split(":", -1)[1];
        for (String before : List.of("# mine\nkey = \"value\"\n", "")) {
            write(file, before);
            ok(program, "--setup", "--apply");
            String after = read(file);
            assertThat(after).startsWith(before).contains("# Added by ast credential " + program + " --setup\n");
            assertThat(ok(program, "--setup", "--apply").err()).contains("is set up already");
            assertThat(read(file)).isEqualTo(after);
            ok(program, "--setup", "--remove");
            assertThat(read(file)).isEqualTo(before);
            ok(program, "--setup", "--apply", "--profile", "work");
            ok(program, "--setup", "--apply");
            assertThat(read(file)).isEqualTo(after);
            ok(program, "--setup", "--apply", "--profile", "work");
            ok(program, "--setup", "--remove");
            assertThat(read(file)).as("whatever the profile").isEqualTo(before);
        }
        String mine = program.equals("cargo") ? "[registry]\ndefault = \"x\"\n" : "credentials_helper \"other\" {}\n";
        write(file, mine);
        assertThat(desk.ask("", program, "--setup", "--apply").exit()).isEqualTo(1);
        assertThat(read(file)).isEqualTo(mine);
    }

    @Test
    void terraformFindsItsHelperByALinkAmongItsPlugins() throws IOException {
        Path link = home.resolve(".terraform.d/plugins/terraform-credentials-ast");

        ok("terraform", "--setup", "--apply");
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("/opt/ast/bin/terraform-credentials-ast"));
        ok("terraform", "--setup", "--remove");
        assertThat(Files.isSymbolicLink(link)).isFalse();
        Files.writeString(link, "the user's own");
        assertThat(desk.ask("", "terraform", "--setup", "--apply").exit()).isEqualTo(1);
        assertThat(Files.readString(link)).isEqualTo("the user's own");
    }

    @Test
    void kubectlGetsAUser() throws IOException {
        Packages.require("kubectl");
        ok("kubectl", "--setup", "--apply");
        assertThat(read("kubeconfig")).contains("name: ast", "command: /opt/ast/bin/ast", "- kubectl");
        ok("kubectl", "--setup", "--apply");
        ok("kubectl", "--setup", "--remove");
        assertThat(read("kubeconfig")).doesNotContain("ast credential", "/opt/ast/bin/ast");
        assertThat(ok("kubectl", "--setup", "--remove").err()).contains("othing was set up");
        String mine = """
                apiVersion: v1
                kind: Config
                users:
                - name: ast
                  user:
                    token: of-the-user
                """;
        write("kubeconfig", mine);
        for (String what : List.of("--apply", "--remove")) {
            AstResult refused = desk.ask("", "kubectl", "--setup", what);
            assertThat(refused.exit()).as("%s", refused).isEqualTo(1);
            assertThat(refused.err()).contains("kubectl has a user ast already");
            assertThat(read("kubeconfig")).isEqualTo(mine);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "headers"})
    void whatOnlyAPersonCanSetUpIsPrinted(String program) throws IOException {
        assertThat(ok(program, "--setup").out()).contains("/opt/ast/bin/").endsWith("\n");
        AstResult apply = desk.ask("", program, "--setup", "--apply");
        assertThat(apply.exit()).isEqualTo(2);
        assertThat(apply.err()).contains("set up by hand");
    }

    @Test
    void bazelGetsALineForEachHost() throws IOException {
        desk.env("HOME", home.toString());
        write(".bazelrc", "build --jobs=4\n");
        String lines = """

                # Added by ast credential bazel --setup
                build --credential_helper=git.example.com=/opt/ast/bin/bazel-credential-ast
                build --credential_helper=api.example.com=/opt/ast/bin/bazel-credential-ast
                """;

        assertThat(ok("bazel", "--setup").out())
                .contains(home + "/.bazelrc", lines.strip().lines().toList().get(1));
        ok("bazel", "--setup", "--apply");
        assertThat(read(".bazelrc")).isEqualTo("build --jobs=4\n" + lines);
        assertThat(ok("bazel", "--setup", "--apply").err()).contains("is set up already");
        ok("bazel", "--setup", "--remove");
        assertThat(read(".bazelrc")).isEqualTo("build --jobs=4\n");

        write(".bazelrc", "common --credential_helper=git.example.com=/mine\n");
        assertThat(desk.ask("", "bazel", "--setup", "--apply").exit()).isEqualTo(1);
        assertThat(read(".bazelrc")).isEqualTo("common --credential_helper=git.example.com=/mine\n");
    }

    @Test
    void awsGetsAProfileForTheRoleOfTheLine() throws IOException {
        desk.env("AWS_CONFIG_FILE", home.resolve("aws").toString());
        write("aws", "[default]\nregion = eu-west-1\n");
        String[] role = {"aws", "--role-arn", "arn:aws:iam::123456789012:role/CI", "--region", "eu-central-1", "--setup"
        };

        assertThat(ok("aws", "--setup").out()).contains("--role-arn ARN --region NAME\n");
        assertThat(desk.ask("", "aws", "--setup", "--apply").exit()).isEqualTo(2);
        assertThat(ok(with(role, "--apply")).err()).contains("Set up in " + home.resolve("aws"));
        assertThat(read("aws")).isEqualTo("""
                [default]
                region = eu-west-1

                # Added by ast credential aws --setup
                [profile ast]
                credential_process = /opt/ast/bin/ast credential aws --role-arn arn:aws:iam::123456789012:role/CI \
                --region eu-central-1
                """);
        ok("aws", "--setup", "--remove");
        assertThat(read("aws")).isEqualTo("[default]\nregion = eu-west-1\n");

        write("aws", "[profile ast]\nregion = eu-west-1\n");
        assertThat(desk.ask("", with(role, "--apply")).err()).contains("has such a setting already");
    }

    @Test
    void goIsSetUpByItsOwnCommand() throws IOException {
        // Stands in for go 1.24, which this Debian does not have: go env of one variable, kept in a file.
        Path bin = Files.createDirectory(home.resolve("bin"));
        Script.write(bin.resolve("go"), """
                #!/bin/sh
                file=${0%/*}/goauth
                case $2 in
                    -w) printf '%s\n' "${3#GOAUTH=}" >"$file" ;;
                    -u) rm "$file" ;;
                    *) cat "$file" 2>/dev/null || echo netrc ;;
                esac
                """);
        desk.env("PATH", bin + ":/usr/bin:/bin");

        ok("go", "--setup", "--apply");
        assertThat(read("bin/goauth")).isEqualTo("netrc; /opt/ast/bin/ast credential go\n");
        assertThat(ok("go", "--setup", "--apply").err()).contains("is set up already");
        ok("go", "--setup", "--apply", "--profile", "work");
        assertThat(read("bin/goauth")).isEqualTo("netrc; /opt/ast/bin/ast credential go --profile work\n");
        ok("go", "--setup", "--remove");
        assertThat(home.resolve("bin/goauth")).doesNotExist();

        write("bin/goauth", "git /src; netrc\n");
        ok("go", "--setup", "--apply");
        assertThat(read("bin/goauth")).isEqualTo("git /src; netrc; /opt/ast/bin/ast credential go\n");
        ok("go", "--setup", "--remove");
        assertThat(read("bin/goauth")).isEqualTo("git /src; netrc\n");
        assertThat(desk.env("GOAUTH", "off").ask("", "go", "--setup", "--apply").err())
                .contains("unset GOAUTH");
    }

    private static String[] with(String[] words, String last) {
        String[] more = Arrays.copyOf(words, words.length + 1);
        more[words.length] = last;
        return more;
    }

    @Test
    void optionsGoTogether() {
        assertThat(desk.ask("", "git", "--apply").exit()).isEqualTo(2);
        assertThat(desk.ask("", "git").exit()).isEqualTo(2);
        assertThat(desk.ask("", "git", "--setup", "--apply", "--remove").exit()).isEqualTo(2);
        assertThat(desk.ask("", "git", "--setup", "https://git.example.com/path")
                        .exit())
                .isEqualTo(2);
        assertThat(ok("git", "--setup", "new.example.com").err())
                .contains("ast profile set NAME --also-for https://new.example.com");
        assertThat(new String(ok("git", "--setup").out().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .doesNotContain("at-work");
    }
}
