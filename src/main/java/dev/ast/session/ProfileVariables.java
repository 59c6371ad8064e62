package dev.ast.session;

import dev.ast.domain.ClientSettings;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.Workload;
import dev.ast.host.Environment;
import dev.ast.provider.Providers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Environment variables that describe a profile where none is stored, and that go before the stored one at a sign-in:
 * {@code AST_PROVIDER}, {@code AST_ISSUER}, {@code AST_CLIENT_ID}, {@code AST_SCOPE} and {@code AST_AUDIENCE}. With
 * {@code AST_CLIENT_SECRET} beside them, the client itself is signed in for a command (RFC 6749 section 4.4), and with
 * {@code AST_WORKLOAD} the machine by its own token.
 */
public final class ProfileVariables {
    /** The variable with the client's id. */
    static final String CLIENT_ID = "AST_CLIENT_ID";

    /** The variable with the client's secret. */
    public static final String CLIENT_SECRET = "AST_CLIENT_SECRET";

    private static final String WORKLOAD = "AST_WORKLOAD";
    private static final String PROVIDER = "AST_PROVIDER";
    private static final String ISSUER = "AST_ISSUER";

    private final Environment environment;

    /** The variables of an environment. */
    public ProfileVariables(Environment environment) {
        this.environment = environment;
    }

    /** The variable that names a platform or server; empty when none does. */
    public Optional<String> naming() {
        if (environment.get(PROVIDER).isPresent()) {
            return Optional.of(PROVIDER);
        }
        return environment.get(ISSUER).isPresent() ? Optional.of(ISSUER) : Optional.empty();
    }

    /** The same settings where another platform is named: then these are not for it. */
    public ProfileVariables unlessFor(Optional<String> platform) {
        return platform.isEmpty()
                        || platform.equals(environment.get(PROVIDER))
                        || environment.get(PROVIDER).isEmpty()
                ? this
                : new ProfileVariables(Environment.of(Map.of()));
    }

    /** The platform: the one that is named, or any by its issuer. */
    public Optional<String> provider() {
        return environment.get(PROVIDER).or(() -> environment.get(ISSUER).map(issuer -> Providers.GENERIC));
    }

    /**
     * The authorization server.
     *
     * @throws FailureException (usage) when it is no address
     */
    public Optional<URI> issuer() {
        return environment.get(ISSUER).map(text -> {
            try {
                URI uri = new URI(text.strip());
                ServerOrigin.of(uri);
                return uri;
            } catch (URISyntaxException | FailureException e) {
                throw Failure.usage("AST_ISSUER is not an issuer", "set AST_ISSUER to an address");
            }
        });
    }

    /** The client's id. */
    public Optional<String> clientId() {
        return environment.get(CLIENT_ID);
    }

    /** The scopes, separated by spaces. */
    public Optional<List<String>> scopes() {
        return environment.get("AST_SCOPE").map(text -> List.of(text.strip().split("\\s+")));
    }

    /** What the tokens are for. */
    public Optional<String> audience() {
        return environment.get("AST_AUDIENCE");
    }

    /**
     * How the machine's own token is exchanged.
     *
     * @throws FailureException (usage) naming the variable whose value cannot be used
     */
    public Workload workload() {
        return new Workload(
                parsed(WORKLOAD, Workload.Source::parse),
                parsed(WORKLOAD + "_GRANT", Workload.Grant::require),
                parsed(WORKLOAD + "_TOKEN_TYPE", Workload.TokenType::require),
                environment.get(WORKLOAD + "_AUDIENCE"));
    }

    private <T> Optional<T> parsed(String variable, Function<String, T> reader) {
        try {
            return environment.get(variable).map(String::strip).map(reader);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    "the value of " + variable + " cannot be used: " + e.getMessage(), "correct " + variable);
        }
    }

    /** Whether this is a job of GitHub Actions that may ask for a token. */
    public boolean inGitHubJob() {
        return environment.get(Workload.GITHUB_URL).isPresent();
    }

    /** A profile that nobody has made, as these describe it. */
    Profile describe(Profile fresh) {
        return Profile.fresh(fresh.name(), provider().orElse(fresh.provider()))
                .setUp(provider().orElse(fresh.provider()), fresh.server(), issuer(), clientId(), scopes())
                .as(new ClientSettings(
                                audience(),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                environment.get(CLIENT_ID).isPresent()
                                        && environment.get(CLIENT_SECRET).isPresent(),
                                Optional.empty(),
                                Workload.NONE)
                        .by(workload()));
    }
}
