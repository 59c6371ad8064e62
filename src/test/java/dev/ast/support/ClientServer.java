package dev.ast.support;

import dev.ast.json.LocalJson;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server on loopback that knows one client and answers nobody else: device, code, refresh and client
 * credentials grants, pushed authorization requests, revocation. The user approves at once.
 */
public final class ClientServer implements AutoCloseable {
    private final ScriptedServer server;
    private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    private final Predicate<Request> known;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, Map<String, List<String>>> pushed = new HashMap<>();

    /**
     * A server.
     *
     * @param known whether a request is the client's
     */
    public ClientServer(Predicate<Request> known) {
        this(ScriptedServer.http(), known);
    }

    /** The same on a given server. */
    public ClientServer(ScriptedServer server, Predicate<Request> known) {
        this.server = server;
        this.known = known;
        metadata.put("issuer", issuer());
        metadata.put("device_authorization_endpoint", uri("/device").toString());
        metadata.put("authorization_endpoint", uri("/authorize").toString());
        metadata.put("token_endpoint", uri("/token").toString());
        metadata.put("revocation_endpoint", uri("/revoke").toString());
        metadata.put("userinfo_endpoint", uri("/userinfo").toString());
        server.on("GET /.well-known/openid-configuration", request -> json(200, metadata))
                .on(
                        "POST /device",
                        request -> client(
                                request,
                                () -> Map.of(
                                        "device_code",
                                        "dc",
                                        "user_code",
                                        "ABCD-EFGH",
                                        "verification_uri",
                                        issuer() + "/go",
                                        "expires_in",
                                        60,
                                        "interval",
                                        1)))
                .on("POST /token", request -> client(request, this::tokens))
                .on("POST /par", this::push)
                .on("POST /revoke", request -> client(request, Map::of))
                .on(
                        "GET /userinfo",
                        request -> request.header("Authorization").orElse("").startsWith("Bearer access-")
                                ? json(200, Map.of("sub", "ada-1", "name", "Ada", "email", "ada@example.com"))
                                : Answer.status(401));
    }

    /** Sets a member of the metadata, or takes it away. */
    public ClientServer metadata(String name, @Nullable Object value) {
        metadata.put(name, value);
        metadata.values().removeIf(one -> one == null);
        return this;
    }

    /** Answers at another address as this server does at {@code /token}. */
    public ClientServer tokensAlsoAt(ScriptedServer other) {
        other.on("POST /token", request -> client(request, this::tokens));
        return this;
    }

    /** The issuer. */
    public String issuer() {
        return server.origin().toString();
    }

    /** An address of this server. */
    public URI uri(String path) {
        return server.uri(path);
    }

    /** The server itself. */
    public ScriptedServer server() {
        return server;
    }

    /** The requests for one method and path. */
    public List<Request> requests(String methodAndPath) {
        return server.requests(methodAndPath);
    }

    /** What was pushed under a request_uri, each parameter with its values. */
    public Map<String, List<String>> pushed(String requestUri) {
        return Optional.ofNullable(pushed.get(requestUri)).orElseThrow();
    }

    /** The form of a request, each field with all of its values. */
    public static Map<String, List<String>> fields(String form) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Arrays.stream(form.split("&", -1)).filter(field -> !field.isEmpty()).forEach(field -> {
            String[] parts = field.split("=", 2);
            fields.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>()).add(decoded(parts[1]));
        });
        return fields;
    }

    private interface Content {
        Map<String, ?> members();
    }

    private Answer client(Request request, Content content) {
        return known.test(request)
                ? json(200, content.members())
                : AuthorizationServer.error(401, "invalid_client", "client authentication failed");
    }

    private Map<String, ?> tokens() {
        int count = number.incrementAndGet();
        return Map.of(
                "access_token",
                "access-" + count,
                "refresh_token",
                "refresh-" + count,
                "token_type",
                "Bearer",
                "expires_in",
                3600);
    }

    private Answer push(Request request) {
        String uri = "urn:ietf:params:oauth:request_uri:" + number.incrementAndGet();
        pushed.put(uri, fields(request.text()));
        Answer answer = client(request, () -> Map.of("request_uri", uri, "expires_in", 60));
        return answer.status() == 200
                ? Answer.json(201, "{\"request_uri\":\"" + uri + "\",\"expires_in\":60}")
                : answer;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Answer json(int status, Map<String, ?> members) {
        return Answer.json(status, LocalJson.write(members));
    }

    @Override
    public void close() {
        server.close();
    }
}
