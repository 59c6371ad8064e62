package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the addresses of an authorization server by its issuer. Three places are asked in order, the next one only
 * after a 4xx: the issuer with the OpenID path, the host with the OpenID path before the issuer's own (RFC 8414 section
 * 5), the host with the RFC 8414 path. The issuer in the answer must be the one asked for, to the letter (RFC 8414
 * section 3.3) or one that the platform's description names beside it, and every address must lie on the origin of one
 * of them, so that a forged document cannot lead a token away. Answers are kept for the life of the process.
 */
public final class ServerMetadata {
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final Http http;
    private final Duration deadline;
    private final Map<URI, Endpoints> known = new ConcurrentHashMap<>();

    /** Asks over the given client. */
    public ServerMetadata(Http http) {
        this(http, HttpCall.DEFAULT_DEADLINE);
    }

    /**
     * Asks over the given client.
     *
     * @param deadline of each request
     */
    ServerMetadata(Http http, Duration deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    /**
     * All addresses that a client needs: the configured ones, completed by discovery only when the token endpoint is
     * not among them.
     *
     * @throws FailureException (usage) when neither issuer nor token endpoint is known; (unreachable) when discovery
     *     fails
     */
    public Endpoints of(OAuthClient client) {
        if (client.given().token().isPresent()) {
            return client.given();
        }
        URI issuer = client.issuer()
                .orElseThrow(() -> Failure.usage(
                        "profile " + client.profile() + " names no authorization server",
                        client.profile().loginCommand() + " --provider oidc --issuer URL --client-id ID"));
        return client.given().or(known.computeIfAbsent(issuer, asked -> discover(client)));
    }

    /**
     * The addresses in the server's discovery document, whatever is configured.
     *
     * @return empty when it has no discovery document
     * @throws FailureException (unreachable) when it cannot be asked, or its document cannot be believed
     */
    Optional<Endpoints> find(OAuthClient client) {
        return find(client, new ArrayList<>());
    }

    /**
     * The addresses for renewing tokens. Where they would have to be discovered, the endpoint that issued the tokens
     * stands for all of them, if it lies on the issuer's origin; what was discovered in this process goes before it.
     */
    Endpoints forRenewal(OAuthClient client, TokenSet tokens) {
        Optional<URI> endpoint = tokens.endpoint();
        if (client.given().token().isEmpty()
                && endpoint.isPresent()
                && client.issuer().filter(known::containsKey).isEmpty()
                && client.issuers().stream().anyMatch(issuer -> isAt(endpoint.get(), issuer))) {
            return client.given().or(Endpoints.ofToken(endpoint.get()));
        }
        return of(client);
    }

    private static boolean isAt(URI endpoint, URI issuer) {
        try {
            return ServerOrigin.of(endpoint).equals(ServerOrigin.of(issuer));
        } catch (FailureException e) {
            return false;
        }
    }

    private Endpoints discover(OAuthClient client) {
        List<String> tried = new ArrayList<>();
        return find(client, tried)
                .orElseThrow(() -> Failure.unreachable(
                        ServerOrigin.of(client.issuers().get(0)) + " has no discovery document (asked for "
                                + String.join(", ", tried) + ")",
                        "check the issuer, or set the addresses in config.yml"));
    }

    private Optional<Endpoints> find(OAuthClient client, List<String> tried) {
        for (URI issuer : client.issuers()) {
            ServerOrigin origin = ServerOrigin.of(issuer);
            for (URI place : places(origin, issuer)) {
                HttpAnswer answer = http.send(
                        HttpCall.get(place).header("Accept", "application/json").deadline(deadline));
                if (answer.isSuccess()) {
                    return Optional.of(read(client, origin, answer));
                }
                if (answer.isRedirect()) {
                    throw Failure.unreachable(answer.redirectMessage(), "check the issuer");
                }
                if (answer.status() < 400 || answer.status() >= 500) {
                    throw Failure.unreachable(
                            origin + " answered the discovery request with HTTP " + answer.status(),
                            "check the issuer, or try again later");
                }
                tried.add(place.getRawPath());
            }
        }
        return Optional.empty();
    }

    private static List<URI> places(ServerOrigin origin, URI issuer) {
        String path = issuer.getRawPath() == null ? "" : issuer.getRawPath();
        // A slash at the end belongs to the issuer's name, but not to the address that is made of it.
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<URI> places = new ArrayList<>();
        places.add(origin.resolve(trimmed + OPENID));
        if (!trimmed.isEmpty()) {
            places.add(origin.resolve(OPENID + trimmed));
        }
        places.add(origin.resolve(OAUTH + trimmed));
        return places;
    }

    static Endpoints read(OAuthClient client, ServerOrigin origin, HttpAnswer answer) {
        JsonObject document = Json.tryObject(answer.body())
                .orElseThrow(() -> Failure.unreachable(
                        origin + " answered the discovery request with something that is not JSON",
                        "check the issuer"));
        String named = document.text("issuer").orElse("");
        if (client.issuers().stream().noneMatch(issuer -> issuer.toString().equals(named))) {
            throw Failure.unreachable(
                    "the discovery document names the issuer '" + SecretShape.cut(named, 200) + "' instead of '"
                            + client.issuers().get(0) + "'",
                    "use the issuer exactly as the server writes it");
        }
        List<ServerOrigin> own = new ArrayList<>(List.of(origin));
        client.issuers().forEach(issuer -> own.add(ServerOrigin.of(issuer)));
        return new Endpoints(
                address(document, "device_authorization_endpoint", own, true),
                address(document, "authorization_endpoint", own, true),
                address(document, "token_endpoint", own, true),
                address(document, "revocation_endpoint", own, true),
                address(document, "userinfo_endpoint", own, false),
                address(document, "jwks_uri", own, false),
                document.texts("scopes_supported").orElse(List.of()));
    }

    private static Optional<URI> address(JsonObject document, String name, List<ServerOrigin> own, boolean required) {
        ServerOrigin issuer = own.get(0);
        Optional<URI> address = document.parsed(name, URI::create);
        Optional<ServerOrigin> place = address.map(uri -> {
            try {
                return ServerOrigin.of(uri);
            } catch (FailureException e) {
                throw Failure.unreachable(
                        issuer + " names an address for " + name + " that cannot be used: '"
                                + SecretShape.cut(uri.toString(), 200) + "'",
                        "check the issuer");
            }
        });
        if (place.isPresent() && !own.contains(place.get())) {
            if (required) {
                throw Failure.unreachable(
                        issuer + " names an address of another server, " + place.get() + ", for " + name,
                        "if that is right, set the addresses of this provider in config.yml");
            }
            return Optional.empty();
        }
        return address;
    }
}
