package dev.ast.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.command.CommandSpec;
import dev.ast.json.Json;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.Case;
import dev.ast.support.JsonResults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every command prints one document with {@code -o json} and {@code -o yaml}, or its failure as one. */
class OneDocumentTest {
    /** Their output has a form of its own, or there is none, whatever {@code --output} is. */
    private static final Set<String> OTHER_OUTPUT = Set.of(
            "api",
            "completion",
            // They write into the home of the user.
            "completion install",
            "completion uninstall",
            "config edit",
            "credential git",
            "credential docker",
            "credential kubectl",
            "credential terraform",
            "credential bazel",
            "credential cargo",
            "credential go",
            "credential google",
            "credential aws",
            "credential headers",
            "exec",
            "sandbox",
            "sandbox approve",
            "clear",
            "exit",
            "set",
            "expect",
            "_");

    /** Help, lines of the history and a path: documents without members of their own. */
    private static final Set<String> OTHER_DOCUMENTS = Set.of("help", "history", "config path");

    @TempDir
    Path home;

    private final AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED);

    @AfterEach
    void close() {
        server.close();
    }

    /** One line for each command, in an order in which they can be run. FORMAT is the format's name. */
    private Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("login", String.join(" ", server.login("--scope", "'openid profile'")));
        for (String plain : List.of("whoami", "ai", "status", "token", "why", "version", "help", "history", "alias")) {
            lines.put(plain, plain);
        }
        lines.put("profile create", "profile create new-FORMAT --provider sandbox");
        lines.put("profile list", "profile list");
        lines.put("profile show", "profile show new-FORMAT");
        lines.put("profile set", "profile set new-FORMAT --client-id other");
        lines.put("profile rename", "profile rename new-FORMAT old-FORMAT");
        lines.put("profile use", "profile use default");
        lines.put("profile bind", "profile bind default");
        lines.put("profile unbind", "profile unbind");
        lines.put("profile remove", "profile remove old-FORMAT");
        lines.put("context list", "context list");
        lines.put("context clear", "context clear");
        lines.put("context use", "context use nothing");
        lines.put("config list", "config list");
        lines.put("config path", "config path");
        lines.put("config set", "config set shell.pager never");
        lines.put("config get", "config get shell.pager");
        lines.put("config unset", "config unset shell.pager");
        lines.put("log", "log");
        lines.put("doctor", "doctor --offline");
        lines.put("auth import", "auth import");
        lines.put("auth migrate", "auth migrate --to file");
        lines.put("pat create", "pat create name");
        lines.put("pat list", "pat list");
        lines.put("pat revoke", "pat revoke 1");
        lines.put("logout", "logout");
        return lines;
    }

    /** Those of a platform that has accounts and tokens of its own. */
    private static final Set<String> REFUSED_HERE = Set.of("context use", "pat create", "pat list", "pat revoke");

    @Test
    @Case("G07")
    void everyCommandIsTriedHere() {
        // Those that begin with two underscores are called by other programs of ours.
        List<String> named = ProgramCatalog.create().all().stream()
                .map(CommandSpec::name)
                .filter(name -> !OTHER_OUTPUT.contains(name) && !name.startsWith("__"))
                .toList();
        assertThat(lines().keySet()).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    @Case("G07")
    void everyCommandPrintsOneJsonDocument() {
        everyCommand("json", (name, text) -> {
            assertThat(text).as(name).endsWith("\n").hasLineCount(1);
            Json.read(text.getBytes(StandardCharsets.UTF_8));
            if (!OTHER_DOCUMENTS.contains(name)) {
                assertThat(JsonResults.errors(name.equals("ai") ? "whoami" : name, text))
                        .as(text)
                        .isEmpty();
            }
        });
    }

    @Test
    @Case("G07")
    void everyCommandPrintsOneYamlDocument() {
        everyCommand("yaml", (name, text) -> {
            List<Object> documents = new ArrayList<>();
            new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(documents::add);
            assertThat(documents).as(name).hasSize(1).doesNotContainNull();
        });
    }

    private interface Check {
        void of(String name, String text);
    }

    private void everyCommand(String format, Check check) {
        AstInside ast = AstInside.in(home);
        lines().forEach((name, line) -> {
            List<String> words = new ArrayList<>(Tokenizer.words(line.replace("FORMAT", format)));
            words.addAll(List.of("-o", format));
            AstResult result = ast.run(words.toArray(String[]::new));
            if (REFUSED_HERE.contains(name)) {
                assertThat(result.exit()).as("%s: %s", name, result).isPositive();
                assertThat(result.out()).as(name).isEmpty();
                assertThat(result.err()).as(name).isNotEmpty();
            } else {
                assertThat(result.exit()).as("%s: %s", name, result).isZero();
                check.of(name, result.out());
            }
        });
    }
}
