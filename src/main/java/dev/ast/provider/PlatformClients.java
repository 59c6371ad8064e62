package dev.ast.provider;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.OAuthClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How a profile is a client of its platform. Most platforms are configured; Astronomer's API itself names the
 * client, audience and authorization server to use, and is asked once per server and process.
 */
public final class PlatformClients {
    private static final String CONFIGURATION = "/private/v1alpha1/cli/auth-config";

    private final Http http;
    private final Map<ServerOrigin, AuthConfiguration> read = new ConcurrentHashMap<>();

    /** Asks over the given client. */
    public PlatformClients(Http http) {
        this.http = http;
    }

    private record AuthConfiguration(String clientId, String audience, URI domain) {}

    /**
     * The client of a profile.
     *
     * @throws FailureException (usage) when no client is known; (unreachable) when the platform does not name one
     */
    public OAuthClient of(Provider provider, Profile profile) {
        if (provider.options().signIn() == PlatformOptions.SignIn.PASSWORD) {
            // There is no authorization server, hence no client of one.
            return provider.clientOf(profile, "");
        }
        boolean asks = provider.options().api().filter(Astronomer.API::equals).isPresent();
        if (!asks
                || profile.issuer().isPresent()
                || provider.endpoints().token().isPresent()) {
            return provider.clientOf(profile);
        }
        ServerOrigin server = provider.serverOf(profile);
        AuthConfiguration configuration = read.computeIfAbsent(server, place -> ask(place, provider));
        OAuthClient client = provider.clientOf(profile, profile.clientId().orElse(configuration.clientId()));
        return new OAuthClient(
                client.profile(),
                client.server(),
                Optional.of(configuration.domain()),
                client.given().or(endpoints(configuration.domain())),
                client.clientId(),
                client.scopes(),
                client.parameters(),
                client.assumedLife(),
                aliases(configuration.domain()),
                client.options().forAudience(configuration.audience()));
    }

    // The answer may or may not write the slash that ends the issuer's name.
    private static List<URI> aliases(URI domain) {
        String text = domain.toString();
        return List.of(URI.create(text.substring(0, text.length() - 1)));
    }

    private static Endpoints endpoints(URI domain) {
        return new Endpoints(
                Optional.empty(),
                Optional.of(domain.resolve("authorize")),
                Optional.of(domain.resolve("oauth/token")),
                Optional.empty(),
                Optional.of(domain.resolve("userinfo")),
                Optional.empty());
    }

    private AuthConfiguration ask(ServerOrigin server, Provider provider) {
        HttpAnswer answer = http.send(HttpCall.get(server.resolve(CONFIGURATION))
                .header("Accept", "application/json")
                .header(Astronomer.CLIENT_HEADER, Astronomer.CLIENT));
        if (!answer.isSuccess()) {
            throw Failure.unreachable(
                    server + " answered the request for the sign-in configuration with HTTP " + answer.status(),
                    "check the domain, or try again later");
        }
        JsonObject body = Json.tryObject(answer.body()).orElseGet(JsonObject::new);
        URI domain =
                body.parsed("domainUrl", PlatformClients::directory).orElseThrow(() -> unusable(server, "domainUrl"));
        // This answer decides where the refresh token goes, so it must be a known host.
        ServerOrigin authority = ServerOrigin.of(domain);
        boolean known = authority.equals(server)
                || provider.vouchesFor(authority.host())
                || (server.isLoopback() && authority.isLoopback());
        if (!known) {
            throw Failure.unreachable(
                    server + " names an authorization server that is not its own: " + authority,
                    "if that is right, add its host to verification-hosts of this provider in config.yml");
        }
        return new AuthConfiguration(
                body.text("clientId").orElseThrow(() -> unusable(server, "clientId")),
                body.text("audience").orElseThrow(() -> unusable(server, "audience")),
                domain);
    }

    private static URI directory(String text) {
        URI uri = URI.create(text.endsWith("/") ? text : text + "/");
        ServerOrigin.of(uri);
        return uri;
    }

    private static FailureException unusable(ServerOrigin server, String member) {
        return Failure.unreachable(
                server + " answered the request for the sign-in configuration without a usable " + member,
                "check the domain, or contact the operator of the server");
    }
}
