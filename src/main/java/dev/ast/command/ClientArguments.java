package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TrustedHost;
import dev.ast.domain.Workload;
import dev.ast.host.Environment;
import dev.ast.login.ClientRequest;
import dev.ast.login.TokenText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of {@code login} that describe the client and what it asks for. */
final class ClientArguments {
    private static final int LONGEST = 2048;

    /** Which parameter of the authorization request an option is (OpenID Connect Core section 3.1.2.1). */
    private static final Map<String, String> PARAMETERS =
            Map.of("login-hint", "login_hint", "prompt", "prompt", "acr", "acr_values", "organization", "organization");

    /** The options that name another way of signing in. */
    private static final List<String> OTHER_WAYS = List.of(
            "client-credentials", "device", "web", "paste", "listen", "with-token", "token-login", "oauth", "no-wait");

    static final OptionSpec[] SPECS = {
        OptionSpec.value("provider", "NAME", "Use this kind of platform").from(Values.PROVIDER),
        OptionSpec.value("tenant", "NAME", "Your tenant or domain at this provider"),
        OptionSpec.value("issuer", "URL", "Use this OpenID or OAuth server"),
        OptionSpec.value("client-id", "ID", "Use this OAuth client"),
        OptionSpec.value("client-secret", "-|@FILE", "The secret of the client, from there")
                .from(Values.TEXT_OR_FILE)
                .asSecret(),
        OptionSpec.value("client-key", "FILE", "Sign with this private key of the client: PEM or JWK")
                .from(Values.FILE),
        OptionSpec.value("client-cert", "FILE", "Show this certificate of the client: PEM or PKCS #12")
                .from(Values.FILE),
        OptionSpec.flag("client-credentials", "Sign the client itself in, and no user"),
        OptionSpec.flag("dpop", "Bind the tokens to a key, so that only ast api can use them"),
        OptionSpec.flag("no-dpop", "Do not bind the tokens to a key"),
        OptionSpec.value("workload", "SOURCE", "Sign this machine in by its own token: github, @FILE or env:NAME")
                .from(Values.TEXT_OR_FILE)
                .maybe(),
        OptionSpec.value("workload-grant", "HOW", "How that token is exchanged")
                .from(Values.words("token-exchange", "jwt-bearer", "client-assertion")
                        .meaning("as subject_token", "as assertion", "in place of the client's own")),
        OptionSpec.value("workload-token-type", "TYPE", "What kind of token it is")
                .from(Values.words("jwt", "id_token", "access_token")),
        OptionSpec.value("workload-audience", "NAME", "Whom GitHub is to issue it for"),
        OptionSpec.value("scope", "SCOPES", "Ask for these scopes, separated by spaces")
                .from(Values.SCOPE),
        OptionSpec.value("audience", "NAME", "Ask for tokens for this API"),
        OptionSpec.value("resource", "URI", "Ask for tokens for this resource").many(),
        OptionSpec.value("login-hint", "NAME", "Propose this user to the server"),
        OptionSpec.value("prompt", "HOW", "What the server asks the user")
                .from(Values.suggested("login", "consent", "select_account", "none")),
        OptionSpec.value("acr", "VALUES", "How strongly the user is to sign in, as the server names it"),
        OptionSpec.value("max-age", "TIME", "How long ago the user may have signed in there, for example 5m"),
        OptionSpec.value("organization", "ID", "Sign in to this organization of the server"),
        OptionSpec.value("trust-host", "HOST", "Let the server name addresses on this host")
                .many()
    };

    private final TokenText tokens;
    private final Environment environment;

    ClientArguments(TokenText tokens, Environment environment) {
        this.tokens = tokens;
        this.environment = environment;
    }

    /**
     * What a call says about the client.
     *
     * @throws FailureException (usage) naming the option whose value cannot be used
     */
    ClientRequest of(Call call) {
        Map<String, String> parameters = new LinkedHashMap<>();
        PARAMETERS.forEach(
                (option, parameter) -> text(call, option).ifPresent(value -> parameters.put(parameter, value)));
        call.option("max-age")
                .map(SessionCommands::duration)
                .ifPresent(age -> parameters.put("max_age", Long.toString(age.toSeconds())));
        return new ClientRequest(
                text(call, "tenant"),
                call.option("client-secret").map(tokens::clientSecret),
                call.option("client-key").map(file -> file(file, "client-key")),
                call.option("client-cert").map(file -> file(file, "client-cert")),
                text(call, "audience"),
                call.all("resource").stream().map(ClientArguments::resource).toList(),
                call.all("trust-host").stream().map(TrustedHost::parse).toList(),
                parameters,
                call.has("client-credentials"),
                dpop(call),
                call.has("workload"),
                workload(call));
    }

    private static Optional<Boolean> dpop(Call call) {
        if (call.has("dpop") && call.has("no-dpop")) {
            throw Failure.usage("--dpop and --no-dpop do not go together", "give one of them");
        }
        if (call.has("dpop") && (call.has("with-token") || call.has("token-login") || call.has("oauth"))) {
            throw Failure.usage("a token that is given cannot be bound to a key", "leave out --dpop");
        }
        return call.has("dpop") || call.has("no-dpop") ? Optional.of(call.has("dpop")) : Optional.empty();
    }

    private Workload workload(Call call) {
        Optional<String> other = OTHER_WAYS.stream()
                .filter(option -> call.has("workload") && call.has(option))
                .findFirst();
        if (other.isPresent()) {
            throw Failure.usage("--workload and --" + other.get() + " do not go together", "give one of them");
        }
        return new Workload(
                text(call, "workload").map(this::source),
                call.option("workload-grant").map(Workload.Grant::require),
                call.option("workload-token-type").map(Workload.TokenType::require),
                text(call, "workload-audience"));
    }

    // A token in place of its source would be seen by others, and is not repeated.
    private Workload.Source source(String text) {
        try {
            Workload.Source source = Workload.Source.parse(text);
            return source.kind() == Workload.Kind.FILE
                    ? new Workload.Source(Workload.Kind.FILE, file(source.name(), "workload"))
                    : source;
        } catch (IllegalArgumentException e) {
            throw Failure.usage("not a source of a workload token", "name " + e.getMessage());
        }
    }

    private static Optional<String> text(Call call, String option) {
        return call.option(option).map(value -> {
            if (value.isBlank() || value.length() > LONGEST || value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
                throw Failure.usage("not a value for --" + option, "ast help login");
            }
            return value;
        });
    }

    // RFC 8707 section 2: an absolute URI without a fragment.
    private static String resource(String text) {
        try {
            URI uri = new URI(text);
            if (uri.isAbsolute() && uri.getRawFragment() == null && text.length() <= LONGEST) {
                return text;
            }
        } catch (URISyntaxException e) {
            // Reported below.
        }
        throw Failure.usage(
                "not a resource: " + SecretShape.quoted(text, 200), "give an address such as https://api.example.com");
    }

    private String file(String text, String option) {
        try {
            return Path.of(environment.expand(text))
                    .toAbsolutePath()
                    .normalize()
                    .toString();
        } catch (InvalidPathException e) {
            throw Failure.usage("the value of --" + option + " is not a path", "name a file");
        }
    }

    static URI issuer(String text) {
        try {
            URI uri = new URI(text.strip());
            ServerOrigin.of(uri);
            if (uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Reported below.
        } catch (FailureException e) {
            throw e;
        }
        throw Failure.usage(
                "not an issuer: " + SecretShape.quoted(text, 200), "give an address such as https://login.example.com");
    }

    static boolean clientId(String text) {
        if (text.isEmpty() || text.length() > 512 || text.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw Failure.usage("not a client id", "give the id of the client as the server knows it");
        }
        return true;
    }

    static List<String> scopes(String text) {
        List<String> scopes = List.of(text.strip().split("\\s+"));
        // RFC 6749 section 3.3: a scope token is printable ASCII without space, quote and backslash.
        if (text.length() > LONGEST
                || scopes.stream()
                        .anyMatch(
                                scope -> scope.chars().anyMatch(c -> c < 0x21 || c > 0x7e || c == '"' || c == '\\'))) {
            throw Failure.usage("not a list of scopes", "--scope \"openid profile\"");
        }
        return scopes.equals(List.of("")) ? List.of() : scopes;
    }
}
