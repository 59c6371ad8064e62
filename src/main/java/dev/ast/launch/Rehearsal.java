package dev.ast.launch;

import dev.ast.credential.keyring.RehearsedKeyring;
import dev.ast.host.Environment;
import java.io.IOException;
import java.util.List;

/**
 * What the express lane's cache is trained with: every command of the lane, in one process. Run by the packaging step in
 * a throw-away home, and of no use to anybody else.
 */
public final class Rehearsal {
    private static final List<List<String>> CALLS = List.of(
            List.of("token"),
            List.of("whoami"),
            List.of("status"),
            List.of("profile", "list"),
            List.of("version"),
            List.of("token", "--profile", "default", "-o", "json"),
            List.of("whoami", "--output=json"),
            List.of("status", "-o", "json"),
            List.of("profile", "list", "-o", "json"),
            List.of("token", "--profile", "keyring"),
            List.of("whoami", "--profile", "keyring"));

    private static final String TOKENS = """
            {"access_token":"not-a-token","token_type":"Bearer","refresh_token":"not-a-token",\
            "issued_at":"2026-11-22T00:00:00Z","expires_at":"2999-12-31T00:00:00Z",\
            "origin":"https://api.example.com","authority":"https://api.example.com"}""";

    private Rehearsal() {}

    /**
     * Runs the commands one after the other.
     *
     * @param args further words are ignored
     * @throws ClassNotFoundException when the program lacks its main class
     */
    public static void main(String[] args) throws ClassNotFoundException {
        Class.forName(ExpressMain.class.getName());
        try {
            RehearsedKeyring.listen(Environment.ofProcess(), TOKENS);
        } catch (IOException e) {
            // No place for a socket, as when its path is too long. The cache is good all the same, but for the keyring.
        }
        CALLS.forEach(ExpressLane::run);
    }
}
