package dev.ast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.CodeBlock;
import dev.ast.support.ConnectProxy;
import dev.ast.support.Persona;
import dev.ast.support.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every line of the pages in {@code docs/providers} is typed as it stands there, at a server that answers as the
 * provider's documents say, under the provider's own names: a proxy leads them to this machine.
 */
class ProviderPagesTest {
    private static final Path PAGES = Path.of("docs/providers");
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final TestAuthority.ServerKey KEY = AUTHORITY.serverKey(
            "acme.eu.auth0.com",
            "auth.example.com",
            "cognito-idp.eu-west-1.amazonaws.com",
            "acme.auth.eu-west-1.amazoncognito.com",
            "login.example.com",
            "dex.example.com",
            "login.microsoftonline.com",
            "graph.microsoft.com",
            "github.com",
            "api.github.com",
            "github.example.com",
            "gitlab.com",
            "gitlab.example.com",
            "accounts.google.com",
            "oauth2.googleapis.com",
            "acme.okta.com",
            "auth.pingone.eu",
            "acme-a1b2c3.zitadel.cloud");

    /**
     * The server for the lines of a page that have a text: the first that fits counts.
     *
     * @param instead what stands in the persona's data for the texts of the page
     */
    private record ServerDouble(String page, String text, String persona, Map<String, String> instead) {}

    private static final List<ServerDouble> DOUBLES = List.of(
            at("auth0", "", "auth0", "https://acme.eu.auth0.com"),
            at("authelia", "", "authelia", "https://auth.example.com", "\"cli\"", "\"ast\""),
            at("authentik", "", "authentik", "https://auth.example.com"),
            at(
                    "cognito",
                    "--trust-host",
                    "cognito",
                    "https://cognito-idp.eu-west-1.amazonaws.com",
                    "${api}",
                    "https://login.example.com",
                    "eu-west-1_AbC",
                    "eu-west-1_AbCdEf123"),
            at(
                    "cognito",
                    "",
                    "cognito",
                    "https://cognito-idp.eu-west-1.amazonaws.com",
                    "${api}",
                    "https://acme.auth.eu-west-1.amazoncognito.com",
                    "eu-west-1_AbC",
                    "eu-west-1_AbCdEf123"),
            at(
                    "dex",
                    "",
                    "dex",
                    "https://dex.example.com",
                    "/dex/",
                    "/",
                    "${origin}/dex",
                    "${origin}",
                    "\"cli\"",
                    "\"ast\""),
            at(
                    "entra",
                    "--tenant organizations",
                    "entra-tenants",
                    "https://login.microsoftonline.com",
                    "${api}",
                    "https://graph.microsoft.com",
                    "00001111-aaaa",
                    "CLIENT_ID"),
            at(
                    "entra",
                    "",
                    "entra-tenant",
                    "https://login.microsoftonline.com",
                    "${api}",
                    "https://graph.microsoft.com",
                    "\"/9122040d/v2.0/.well-known",
                    "\"/contoso.onmicrosoft.com/v2.0/.well-known",
                    "00001111-aaaa",
                    "CLIENT_ID"),
            at("github-enterprise", "", "github-enterprise", "https://github.example.com"),
            at("github", "", "github-oauth-app", "https://github.com", "${api}", "https://api.github.com"),
            at("gitlab", "--server", "gitlab", "https://gitlab.example.com", "\"cli\"", "\"APPLICATION_ID\""),
            at("gitlab", "", "gitlab", "https://gitlab.com", "\"cli\"", "\"APPLICATION_ID\""),
            at(
                    "google",
                    "",
                    "google",
                    "https://accounts.google.com",
                    "${api}",
                    "https://oauth2.googleapis.com",
                    "cli.apps.googleusercontent.com",
                    "ID.apps.googleusercontent.com"),
            at("hydra", "", "hydra", "https://login.example.com"),
            at(
                    "keycloak",
                    "--client-secret",
                    "keycloak-confidential",
                    "https://login.example.com",
                    "/realms/work",
                    "/realms/acme",
                    "\"cli\"",
                    "\"ast\""),
            at(
                    "keycloak",
                    "",
                    "keycloak",
                    "https://login.example.com",
                    "/realms/work",
                    "/realms/acme",
                    "\"cli\"",
                    "\"ast\""),
            at("okta", "/oauth2/default", "okta-custom", "https://acme.okta.com"),
            at("okta", "", "okta-org", "https://acme.okta.com"),
            at("pingone", "", "pingone", "https://auth.pingone.eu", "/3072206d/", "/ENVIRONMENT_ID/"),
            at("zitadel", "", "zitadel", "https://acme-a1b2c3.zitadel.cloud", "3315@work", "CLIENT_ID"));

    @TempDir
    private Path home;

    private static ServerDouble at(String page, String text, String persona, String origin, String... instead) {
        // In this order: a text that is longer goes before.
        Map<String, String> all = new TreeMap<>(
                (one, other) -> one.length() == other.length() ? one.compareTo(other) : other.length() - one.length());
        for (int i = 0; i < instead.length; i += 2) {
            all.put(instead[i], instead[i + 1]);
        }
        all.putIfAbsent("\"cli\"", "\"CLIENT_ID\"");
        all.put("${origin}", origin);
        all.putIfAbsent("${api}", origin);
        return new ServerDouble(page, text, persona, all);
    }

    private static Map<String, List<String>> pages() throws IOException {
        Map<String, List<String>> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.toList()) {
                pages.put(
                        file.getFileName().toString().replace(".md", ""),
                        Files.readAllLines(file).stream()
                                .filter(line -> line.startsWith("ast "))
                                .toList());
            }
        }
        pages.remove("README");
        return pages;
    }

    static List<String> lines() throws IOException {
        return pages().values().stream().flatMap(List::stream).toList();
    }

    @Test
    void noBlockIsLeftOut() throws IOException {
        for (Map.Entry<String, List<String>> page : pages().entrySet()) {
            // A block of another language is of another program.
            String blocks = CodeBlock.of(PAGES.resolve(page.getKey() + ".md")).stream()
                    .filter(block -> block.language().isEmpty())
                    .map(CodeBlock::text)
                    .collect(Collectors.joining());

            assertThat(page.getValue()).as(page.getKey()).isNotEmpty();
            assertThat(blocks.lines().filter(line -> line.strip().startsWith("ast ")))
                    .as(page.getKey())
                    .containsExactlyElementsOf(page.getValue());
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void theLineSignsInAsItStandsThere(String line) throws Exception {
        ServerDouble of = DOUBLES.stream()
                .filter(one -> line.startsWith("ast login --provider " + one.page() + " ") && line.contains(one.text()))
                .findFirst()
                .orElseThrow();
        try (Persona persona = Persona.under(of.persona(), KEY, of.instead());
                ConnectProxy proxy = ConnectProxy.to(persona.port())) {
            AstInside ast = AstInside.in(home)
                    .env("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())
                    .env("BROWSER", "/bin/true")
                    .env(
                            "AST_CA_BUNDLE",
                            Files.writeString(home.resolve("ca.pem"), AUTHORITY.pem())
                                    .toString());
            List<String> words = words(line, persona);
            boolean byBrowser = line.contains(" --web ") || of.page().equals("cognito");

            AstResult login = byBrowser ? byBrowser(ast, words, proxy) : ast.run(words.toArray(String[]::new));

            assertThat(login.exit()).as("%s", login).isZero();
            assertThat(login.err()).doesNotContain("id_token", "could not be read");
            JsonObject who =
                    Json.readObject(ast.run("whoami", "-o", "json").out().getBytes(StandardCharsets.UTF_8));
            if (line.contains("--client-credentials")) {
                assertThat(who.get("subject")).isEqualTo("robot");
                return;
            }
            for (String part : List.of("subject", "name", "email", "account")) {
                assertThat(who.get(part)).as(part).isEqualTo(persona.who().get(part));
            }
        }
    }

    // Only the files of the line are somewhere else.
    private List<String> words(String line, Persona persona) throws Exception {
        Files.writeString(home.resolve("secret.txt"), persona.said("secret").orElse("") + "\n");
        Files.writeString(
                home.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(KEY.key().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        List<String> words = new ArrayList<>(Tokenizer.words(line.substring("ast ".length())));
        words.replaceAll(word -> word.equals("@secret.txt")
                ? "@" + home.resolve("secret.txt")
                : word.equals("key.pem") ? home.resolve("key.pem").toString() : word);
        return words;
    }

    private static AstResult byBrowser(AstInside ast, List<String> words, ConnectProxy proxy) throws Exception {
        AstInside.Run login = ast.start(words.toArray(String[]::new));
        URI address = URI.create(login.awaitErr("Open: (\\S+)"));
        URI callback = URI.create(send(
                        address,
                        HttpClient.newBuilder()
                                .sslContext(trusting())
                                .proxy(ProxySelector.of(
                                        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()))))
                .headers()
                .firstValue("Location")
                .orElseThrow());
        assertThat(send(callback, HttpClient.newBuilder()).statusCode()).isEqualTo(200);
        return login.end();
    }

    private static HttpResponse<String> send(URI address, HttpClient.Builder client) throws Exception {
        return client.build().send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", AUTHORITY.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
