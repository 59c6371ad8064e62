package dev.ast;

import dev.ast.credential.keyring.TrainingKeyring;
import dev.ast.host.Environment;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the caches of commands are trained with: the commands of one cache, in one process. Run by the packaging step in a
 * temporary home.
 */
public final class Training {
    private static final List<String> TOKEN =
            List.of("token", "whoami", "token --profile default -o json", "whoami --output=json");

    // With what the other program asks on standard input.
    private static final List<Map.Entry<String, String>> HELPERS = List.of(
            Map.entry("credential git get", "protocol=https\nhost=api.example.com\n"),
            Map.entry("credential git get", """
                    capability[]=authtype
                    capability[]=state
                    protocol=https
                    host=api.example.com
                    wwwauth[]=Bearer realm="training"
                    """),
            Map.entry("credential docker get", "https://api.example.com\n"),
            Map.entry("credential kubectl --access-token", ""),
            Map.entry("credential terraform get api.example.com", ""),
            Map.entry("credential bazel get", "{\"uri\":\"https://api.example.com/training\"}"));

    private static final List<String> OTHERS = List.of(
            "token --profile keyring",
            "whoami --profile keyring",
            "status",
            "status -o json",
            "status -o yaml",
            "why",
            "profile list",
            "profile list -o json",
            "profile show",
            "profile show -o json",
            "profile use other",
            "profile use -",
            "context list",
            "help",
            "help login",
            "version",
            "completion bash",
            "credential git capability",
            "credential docker list",
            "credential headers https://api.example.com",
            "__complete -- profile use d",
            "__complete -- pro",
            "no-such-command");

    private static final String TOKENS = """
            {"access_token":"not-a-token","token_type":"Bearer","refresh_token":"not-a-token",\
            "issued_at":"2026-11-22T00:00:00Z","expires_at":"2999-12-31T00:00:00Z",\
            "origin":"https://api.example.com","authority":"https://api.example.com"}""";

    // {"alg":"none"} and {"sub":"training","permissions":["workspaceId:training"],"exp":32503680000}, written out: what
    // makes it would be in the caches, too.
    private static final String JWT = "eyJhbGciOiJub25lIn0."
            + "eyJzdWIiOiJ0cmFpbmluZyIsInBlcm1pc3Npb25zIjpbIndvcmtzcGFjZUlkOnRyYWluaW5nIl0sImV4cCI6MzI1MDM2ODAwMDB9"
            + ".c2ln";

    private Training() {}

    /**
     * Runs the commands one after the other.
     *
     * @param args which cache it is for: {@code token}, {@code helper}, whose standard input is a file that can be
     *     written, {@code fast}, or {@code full} and a script
     * @throws ClassNotFoundException when the program lacks its main class
     * @throws IOException when standard input cannot be written, or the script cannot be read
     */
    public static void main(String[] args) throws ClassNotFoundException, IOException {
        if (args[0].equals("full")) {
            full(args[1]);
            return;
        }
        Class.forName(FastStart.class.getName());
        lookForNothing();
        switch (args[0]) {
            case "token" -> token();
            case "helper" -> helper();
            default -> fast();
        }
    }

    // Most homes have no config.yml.
    private static void lookForNothing() throws IOException {
        try {
            Files.size(Path.of("no-such-file"));
        } catch (NoSuchFileException e) {
            return;
        }
    }

    // Each line as a command, which starts the beans, and all of them as a script, which does without.
    private static void full(String script) throws IOException {
        for (String line : Files.readAllLines(Path.of(script))) {
            if (!line.startsWith("#")) {
                AstApplication.run(List.of(line.split(" ")));
            }
        }
        AstApplication.run(List.of("--script", script, "--keep-going"));
    }

    private static void token() {
        TOKEN.forEach(Training::run);
        Environment given = Environment.of(Map.of(
                "AST_TOKEN",
                JWT,
                "AST_HOME",
                Environment.ofProcess().get("AST_HOME").orElse("")));
        FastStart.run(List.of("token"), given);
        FastStart.run(List.of("whoami"), given);
    }

    private static void helper() throws IOException {
        FileChannel input = new FileOutputStream(FileDescriptor.in).getChannel();
        for (Map.Entry<String, String> call : HELPERS) {
            input.truncate(0);
            input.write(ByteBuffer.wrap(call.getValue().getBytes(StandardCharsets.UTF_8)));
            input.position(0);
            run(call.getKey());
        }
    }

    private static void fast() {
        try {
            TrainingKeyring.listen(Environment.ofProcess(), TOKENS);
        } catch (IOException e) {
            // No socket can be made, for example because its path is too long. The cache then lacks only the
            // keyring.
        }
        OTHERS.forEach(Training::run);
    }

    private static void run(String call) {
        FastStart.run(List.of(call.split(" ")), Environment.ofProcess());
    }
}
