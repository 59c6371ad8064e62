package dev.ast.servers;

import static dev.ast.servers.Checks.claims;
import static dev.ast.servers.Checks.good;
import static dev.ast.servers.Checks.renew;
import static dev.ast.servers.Checks.require;
import static dev.ast.servers.Checks.with;

import dev.ast.support.TestAuthority;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The package {@code oidc-provider} for Node, by the script beside its pinned version. */
final class OidcProviderChecks {
    private final Path script;
    private final Path files;
    private final ServerTls tls;
    private final Pattern names;

    /**
     * Checks of the package that npm installs.
     *
     * @param script the folder with its version and its configuration
     * @param files a folder for the files of the check
     * @param names which checks are carried out
     */
    OidcProviderChecks(Path script, Path files, Pattern names) throws IOException {
        this.names = names;
        this.script = script;
        this.files = Files.createDirectories(files);
        this.tls = new ServerTls(files);
    }

    /** The programs that are missing on this machine. */
    static List<String> missing() {
        return Stream.of("node", "npm")
                .filter(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                .toList();
    }

    void run() throws Exception {
        for (String name : List.of("package.json", "package-lock.json", "oidc-provider.mjs")) {
            Files.write(files.resolve(name), Files.readAllBytes(script.resolve(name)));
        }
        Process install = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(files.toFile())
                .inheritIO()
                .start();
        require(install.waitFor(5, TimeUnit.MINUTES) && install.exitValue() == 0, "npm ci failed");
        int port = ServerProcess.freePort();
        TestAuthority.ServerKey own = tls.authority().serverKey("localhost");
        List<String> command = List.of(
                "node",
                "oidc-provider.mjs",
                Integer.toString(port),
                tls.certificate("server-cert.pem", own).toString(),
                tls.key("server-key.pem", own).toString());
        try (ServerProcess server =
                ServerProcess.start(command, files, Map.of(), files.resolve("oidc-provider.log"), "Listening on")) {
            server.during(() -> checks("https://localhost:" + port, new Checks("oidc-provider", tls, names)));
        }
    }

    private void checks(String issuer, Checks checks) throws Exception {
        String[] server = {"--provider", "oidc", "--issuer", issuer, "--prompt", "consent"};
        Path secret = Files.writeString(files.resolve("secret.txt"), "secret-of-the-client-of-oidc-provider\n");
        checks.ofUsers(server, secret);
        checks.ofBound(server, "/me");
        checks.check("resource-indicators", ast -> {
            String resource = "https://api.example.com/things";
            checks.signIn(
                    ast,
                    with(
                            server,
                            "--client-id",
                            "public",
                            "--web",
                            "--resource",
                            resource,
                            "--scope",
                            "openid email offline_access api:read"));
            String claims = claims(good(ast, "token").out());
            require(claims.contains("\"aud\":\"" + resource + "\""), claims);
            claims = claims(renew(ast));
            require(claims.contains("\"aud\":\"" + resource + "\""), claims);
            good(ast, "logout");
        });
        checks.end();
    }
}
