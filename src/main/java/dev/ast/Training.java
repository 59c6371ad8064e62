package dev.ast;

import dev.ast.credential.keyring.TrainingKeyring;
import dev.ast.host.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What the caches of the fast start are trained with: the commands of one cache, in one process. Run by the packaging
 * step in a temporary home.
 */
public final class Training {
    private static final List<String> TOKEN = List.of(
            "token",
            "whoami",
            "token --profile default -o json",
            "whoami --output=json",
            // Its token has expired, and is renewed by another process.
            "token --profile server");

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
            // The first one reads the request of the training from standard input, which is empty for the others.
            "credential git get",
            "credential docker list",
            "credential docker get",
            "credential kubectl --access-token",
            "credential terraform get api.example.com",
            "credential bazel get",
            "__complete -- profile use d",
            "__complete -- pro",
            "no-such-command");

    private static final String TOKENS = """
            {"access_token":"not-a-token","token_type":"Bearer","refresh_token":"not-a-token",\
            "issued_at":"2026-11-22T00:00:00Z","expires_at":"2999-12-31T00:00:00Z",\
            "origin":"https://api.example.com","authority":"https://api.example.com"}""";

    // {"alg":"none"}, and claims of a workspace's token.
    private static final String JWT = "eyJhbGciOiJub25lIn0.%s.c2ln"
            .formatted(Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            "{\"sub\":\"training\",\"permissions\":[\"workspaceId:training\"],\"exp\":32503680000}"
                                    .getBytes(StandardCharsets.UTF_8)));

    private Training() {}

    /**
     * Runs the commands one after the other.
     *
     * @param args which cache it is for: {@code token}, or {@code fast}
     * @throws ClassNotFoundException when the program lacks its main class
     */
    public static void main(String[] args) throws ClassNotFoundException {
        Class.forName(FastStart.class.getName());
        boolean token = args[0].equals("token");
        if (!token) {
            try {
                TrainingKeyring.listen(Environment.ofProcess(), TOKENS);
            } catch (IOException e) {
                // No socket can be made, for example because its path is too long. The cache then lacks only the
                // keyring.
            }
        }
        Environment environment = Environment.ofProcess();
        for (String call : token ? TOKEN : OTHERS) {
            FastStart.run(List.of(call.split(" ")), environment);
        }
        if (token) {
            Environment given = Environment.of(Map.of(
                    "AST_TOKEN", JWT, "AST_HOME", environment.get("AST_HOME").orElse("")));
            FastStart.run(List.of("token"), given);
            FastStart.run(List.of("whoami"), given);
        }
    }
}
