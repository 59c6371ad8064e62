package dev.ast.oauth;

import dev.ast.domain.ClientMethod;
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
 * section 3.3) or one that the platform's description names beside it, but for the tenant of Entra and a slash that means
 * nothing;
 * and every address must lie on the origin of one of them or of a server that the user trusts, so that a forged document
 * cannot lead a token away. Answers are kept for the life of the process.
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
        Endpoints found = found(client);
        Optional<Endpoints> byCertificate = found.capabilities().byCertificate();
        return byCertificate.isPresent() && client.options().certificate().isPresent()
                ? byCertificate.get().or(found)
                : found;
    }

    private Endpoints found(OAuthClient client) {
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
        // A client that signs needs to know in which way, which only the document says.
        if (client.given().token().isEmpty()
                && client.options().key().isEmpty()
                && endpoint.isPresent()
                && client.issuer().filter(known::containsKey).isEmpty()
                && (client.options().trusts(endpoint.get())
                        || client.issuers().stream().anyMatch(issuer -> isAt(endpoint.get(), issuer)))) {
            return client.given().or(Endpoints.ofToken(endpoint));
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
            for (URI place : places(client, origin, issuer)) {
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

    private static List<URI> places(OAuthClient client, ServerOrigin origin, URI issuer) {
        Optional<URI> copied = client.issuer()
                .filter(asked -> IssuerAddress.isDocument(asked)
                        && IssuerAddress.of(asked).equals(issuer));
        if (copied.isPresent()) {
            return List.of(copied.get());
        }
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
        boolean copied = client.issuer().filter(IssuerAddress::isDocument).isPresent();
        Optional<String> template = client.options().issuerTemplate();
        if (client.issuers().stream().noneMatch(issuer -> IssuerTemplate.means(named, issuer, template, copied))) {
            throw Failure.unreachable(
                    "the discovery document names the issuer '" + SecretShape.cut(named, 200) + "' instead of '"
                            + client.issuers().get(0) + "'",
                    "use the issuer exactly as the server writes it");
        }
        Document read = new Document(document, origin, client);
        Optional<Endpoints> byCertificate = document.object("mtls_endpoint_aliases")
                .map(aliases -> new Document(aliases, origin, client).endpoints(ServerCapabilities.UNKNOWN));
        return read.endpoints(new ServerCapabilities(
                Optional.of(named),
                document.texts("token_endpoint_auth_methods_supported").orElse(List.of()).stream()
                        .flatMap(word -> ClientMethod.of(word).stream())
                        .toList(),
                document.texts("token_endpoint_auth_signing_alg_values_supported")
                        .orElse(List.of()),
                Boolean.TRUE.equals(document.get("require_pushed_authorization_requests")),
                document.texts("scopes_supported").orElse(List.of()),
                document.texts("dpop_signing_alg_values_supported").orElse(List.of()),
                byCertificate));
    }

    /** The addresses in a document, each of which must lie at a server of the issuer's or one that the user trusts. */
    private record Document(JsonObject members, ServerOrigin issuer, OAuthClient client) {
        Endpoints endpoints(ServerCapabilities capabilities) {
            return new Endpoints(
                    address("device_authorization_endpoint", true),
                    address("authorization_endpoint", true),
                    address("token_endpoint", true),
                    address("revocation_endpoint", true),
                    address("userinfo_endpoint", false),
                    address("jwks_uri", false),
                    address("pushed_authorization_request_endpoint", true),
                    capabilities);
        }

        private Optional<URI> address(String name, boolean required) {
            Optional<URI> address = members.parsed(name, URI::create);
            Optional<ServerOrigin> place = address.map(uri -> origin(name, uri));
            if (place.isEmpty() || isOwn(place.get()) || client.options().trusts(place.get())) {
                return address;
            }
            if (required) {
                throw Failure.unreachable(
                        issuer + " names an address of another server, " + place.get() + ", for " + name,
                        "if that is right, " + client.profile().loginCommand() + " --trust-host "
                                + place.get().toString().replaceFirst("^https?://", ""));
            }
            return Optional.empty();
        }

        private boolean isOwn(ServerOrigin place) {
            return place.equals(issuer)
                    || client.issuers().stream()
                            .anyMatch(one -> ServerOrigin.of(one).equals(place));
        }

        private ServerOrigin origin(String name, URI uri) {
            try {
                return ServerOrigin.of(uri);
            } catch (FailureException e) {
                throw Failure.unreachable(
                        issuer + " names an address for " + name + " that cannot be used: '"
                                + SecretShape.cut(uri.toString(), 200) + "'",
                        "check the issuer");
            }
        }
    }
}
