package dev.ast.launch;

import dev.ast.credential.keyring.TrainingKeyring;
import dev.ast.host.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What the express lane's caches are trained with: the commands of one cache, in one process. Run by the packaging step
 * in a throw-away home, and of no use to anybody else.
 */
public final class Rehearsal {
    private static final String KEYRING = "keyring";

    private static final Map<String, List<List<String>>> CALLS = Map.of(
            "token",
            List.of(
                    List.of("token"),
                    List.of("whoami"),
                    List.of("token", "--profile", "default", "-o", "json"),
                    List.of("whoami", "--output=json"),
                    // Which has expired, and is renewed by another process.
                    List.of("token", "--profile", "server")),
            KEYRING,
            List.of(List.of("token", "--profile", "keyring"), List.of("whoami", "--profile", "keyring")),
            "status",
            List.of(
                    List.of("status"),
                    List.of("profile", "list"),
                    List.of("version"),
                    List.of("credential", "docker", "list"),
                    List.of("credential", "docker", "get"),
                    List.of("status", "-o", "json"),
                    List.of("profile", "list", "-o", "json")));

    private static final String TOKENS = """
            {"access_token":"not-a-token","token_type":"Bearer","refresh_token":"not-a-token",\
            "issued_at":"2026-11-22T00:00:00Z","expires_at":"2999-12-31T00:00:00Z",\
            "origin":"https://api.example.com","authority":"https://api.example.com"}""";

    private Rehearsal() {}

    /**
     * Runs the commands one after the other.
     *
     * @param args which cache it is for
     * @throws ClassNotFoundException when the program lacks its main class
     */
    public static void main(String[] args) throws ClassNotFoundException {
        Class.forName(ExpressMain.class.getName());
        String cache = args[0];
        if (cache.equals(KEYRING)) {
            try {
                TrainingKeyring.listen(Environment.ofProcess(), TOKENS);
            } catch (IOException e) {
                // No place for a socket, as when its path is too long. The cache is good all the same, but for the
                // keyring.
            }
        }
        CALLS.getOrDefault(cache, List.of()).forEach(call -> ExpressLane.run(call, code -> {}));
    }
}
