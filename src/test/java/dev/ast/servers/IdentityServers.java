package dev.ast.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the packaged program against identity servers as they are distributed, a line of output for each check.
 *
 * <pre>
 * FOLDER SCRIPTS SERVERS [CHECKS]
 * </pre>
 *
 * The first is a folder in which Keycloak is unpacked, the second that with the script for oidc-provider, the third the
 * names of the servers with a comma in between, the fourth a pattern for the names of the checks, all without one. It ends
 * with 1 where one has failed.
 */
public final class IdentityServers {
    private IdentityServers() {}

    /** The command. */
    public static void main(String[] words) throws Exception {
        Path folder = Path.of(words[0]).toAbsolutePath();
        Path scripts = Path.of(words[1]).toAbsolutePath();
        Pattern names = Pattern.compile(words.length > 3 && !words[3].isEmpty() ? words[3] : ".*");
        int code = 0;
        for (String server : words[2].split(",", -1)) {
            try {
                switch (server) {
                    case "keycloak" ->
                        new KeycloakChecks(keycloak(folder), folder.resolve("files-keycloak"), names).run();
                    case "oidc-provider" -> oidcProvider(folder, scripts, names);
                    default -> throw new IllegalArgumentException("no server " + server);
                }
            } catch (Exception | AssertionError e) {
                System.out.println(server + " failed: " + e);
                code = 1;
            }
        }
        System.exit(code);
    }

    private static void oidcProvider(Path folder, Path scripts, Pattern names) throws Exception {
        List<String> missing = OidcProviderChecks.missing();
        if (missing.isEmpty()) {
            new OidcProviderChecks(scripts, folder.resolve("oidc-provider"), names).run();
        } else {
            System.out.println("oidc-provider skipped: " + String.join(" and ", missing) + " not found");
        }
    }

    private static Path keycloak(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().matches("keycloak-[0-9].*"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no Keycloak in " + folder));
        }
    }
}
