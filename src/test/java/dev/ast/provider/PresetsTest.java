package dev.ast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.app.SealedEnvironment;
import dev.ast.app.SettingsReader;
import dev.ast.command.CommandSpec;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Persona;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged presets, and the page of each. */
class PresetsTest {
    private static final Path PAGES = Path.of("docs/providers");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^## How to sign in$.*?^```$(.*?)^```$");

    @TempDir
    private Path home;

    private Providers packaged() {
        return SettingsReader.prepared(SealedEnvironment.of(home.resolve("config.yml")))
                .platforms();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keycloak",
                "auth0",
                "okta",
                "entra",
                "google",
                "github",
                "github-enterprise",
                "gitlab",
                "cognito",
                "pingone",
                "dex",
                "zitadel",
                "authentik",
                "authelia",
                "hydra"
            })
    void thePageOfAPresetNamesLinesThatCanBeTyped(String name) throws IOException {
        Provider preset = packaged().require(name);
        String page = Files.readString(PAGES.resolve(name + ".md"));
        Matcher block = BLOCK.matcher(page);
        assertThat(block.find()).isTrue();
        List<String> lines = block.group(1).strip().lines().toList();
        Catalog catalog = ProgramCatalog.create();

        assertThat(page).startsWith("# " + preset.title() + "\n").contains("## What to register");
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line).startsWith("ast login --provider " + name + " ");
            CommandLine typed = CommandLine.of(catalog, Tokenizer.words(line.substring("ast ".length())));
            CommandSpec command = typed.command();
            assertThat(command.name()).isEqualTo("login");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth0 | acme.eu.auth0.com | https://acme.eu.auth0.com/",
                "auth0 | https://acme.eu.auth0.com/ | https://acme.eu.auth0.com/",
                "okta | acme.okta.com | https://acme.okta.com",
                "okta | acme.okta.com/oauth2/default | https://acme.okta.com/oauth2/default",
                "entra | contoso.onmicrosoft.com | https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0",
                "cognito | eu-west-1_AbC | https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC",
                "github-enterprise | github.example.com:8443 | https://github.example.com:8443",
                "pingone | auth.pingone.eu/11-22 | https://auth.pingone.eu/11-22/as",
                "dex | https://dex.example.com/dex | https://dex.example.com/dex"
            })
    void theIssuerIsMadeOfTheTenant(String name, String tenant, String issuer) {
        assertThat(packaged().require(name).options().tenant().orElseThrow().issuer(tenant))
                .hasToString(issuer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "x?y", "evil.example.com#", "@host", "../.."})
    void whatCannotBeATenantIsRefused(String tenant) {
        AstResult refused =
                AstInside.in(home).run("login", "--provider", "auth0", "--client-id", "c", "--tenant", tenant);

        assertThat(refused.exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth0 | needs the domain of the tenant, such as acme.eu.auth0.com, and the client id"
                        + " | ast login --provider auth0 --tenant NAME --client-id ID",
                "google | needs the client id and the client secret"
                        + " | ast login --provider google --client-id ID --client-secret @FILE",
                "github | needs the client id | ast login --provider github --client-id ID",
                "authentik | needs the issuer of the provider, such as"
                        + " https://auth.example.com/application/o/cli/, and the client id"
                        + " | ast login --provider authentik --issuer URL --client-id ID"
            })
    void whatIsMissingIsNamedAtOnceWithTheWholeCommand(String name, String message, String hint) {
        AstResult refused = AstInside.in(home).run("login", "--provider", name);

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("ast: provider " + name + " " + message + "\n", "hint: " + hint + "\n");
    }

    @Test
    void aProfileOfAPresetStaysOneWhenItsIssuerIsNamed() {
        AstInside ast = AstInside.in(home);

        ast.run("profile", "create", "work", "--provider", "keycloak");
        AstResult login = ast.run("login", "--profile", "work", "--issuer", "http://127.0.0.1:9/realms/a");

        assertThat(login.err()).contains("provider keycloak needs the client id");
    }

    @ParameterizedTest
    @CsvSource({
        "auth0, auth0",
        "authelia, authelia",
        "authentik, authentik",
        "dex, dex",
        "entra, entra-tenant",
        "github, github-oauth-app",
        "github-enterprise, github-enterprise",
        "gitlab, gitlab",
        "hydra, hydra",
        "keycloak, keycloak",
        "okta, okta-org",
        "okta, okta-custom",
        "pingone, pingone",
        "zitadel, zitadel"
    })
    void signsInAtAServerAsTheDocumentsDescribeIt(String preset, String server) throws IOException {
        try (Persona persona = new Persona(server)) {
            AstInside ast = AstInside.in(home);
            // Addresses that are part of a preset are replaced by those of the server; the rest of it stays.
            List<String> config = persona.texts("config");
            if (!config.isEmpty()) {
                ast.config(String.join("\n", config).replaceFirst("(?m)^    \\S+:$", "    " + preset + ":") + "\n");
            }
            List<String> words = new ArrayList<>(List.of("login", "--no-browser"));
            words.addAll(persona.texts("login"));
            words.set(words.indexOf("--provider") + 1, preset);

            AstResult login = ast.run(words.toArray(String[]::new));

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(login.err()).startsWith("Signing in to ").doesNotContain("could not be read");
            assertThat(ast.run("profile", "list", "-o", "json").out()).contains("\"provider\":\"" + preset + "\"");
            JsonObject who =
                    Json.readObject(ast.run("whoami", "-o", "json").out().getBytes(StandardCharsets.UTF_8));
            for (String part : List.of("subject", "name", "email", "account")) {
                assertThat(who.get(part)).as(part).isEqualTo(persona.who().get(part));
            }
        }
    }
}
