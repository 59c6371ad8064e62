package dev.ast.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server that answers as one identity provider's documents say, on two origins: one for sign-in and one for the API.
 * What it answers is data, in {@code src/test/resources/personas}, with the documents and the day they were read. Members:
 *
 * <ul>
 *   <li>{@code login}, {@code config}: the words after {@code ast login}, and lines of {@code config.yml}
 *   <li>{@code ways}: {@code device}, {@code web}
 *   <li>{@code metadata_path}, {@code metadata}, {@code paths}: discovery, and where the endpoints are
 *   <li>{@code device}, {@code polls}, {@code token}: the answers, the polls before the tokens
 *   <li>{@code id_token}: {@code alg} and {@code claims}; issuer, audience, times and nonce are added where they lack, and
 *       {@code numbers} of {@code text} writes them so; {@code published} of false publishes no key
 *   <li>{@code odd_keys}: further keys in the key set
 *   <li>{@code userinfo}, {@code dead_refresh}: {@code status} and {@code body}
 *   <li>{@code refused_scope}: a scope for which the whole request is refused
 *   <li>{@code secret}, {@code redirect}: what the client must know, and how the redirect address must begin
 *   <li>{@code who}, {@code userinfo_asked}, {@code said}: what the program has to know, ask and say
 * </ul>
 */
public final class Persona implements AutoCloseable {
    private static final RSAKey KEY = AuthorizationServer.newKey();
    private static final byte[] SECRET = "the secret of the client, at least 32 bytes".getBytes(StandardCharsets.UTF_8);

    private final ScriptedServer server;
    private final ScriptedServer api;
    private final JsonObject data;
    private final Deque<JsonObject> polls;
    private final Map<String, Map<String, String>> pushed = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    /** A running server of that name. */
    public Persona(String name) {
        this(name, ScriptedServer.http(), ScriptedServer.http(), Map.of());
    }

    /**
     * The same over TLS, under the names of the provider's own servers, all of which are reached by a proxy.
     *
     * @param instead what stands in its data in place of another text; {@code ${origin}} and {@code ${api}} are the
     *     servers
     */
    public static Persona under(String name, TestAuthority.ServerKey key, Map<String, String> instead) {
        ScriptedServer server = ScriptedServer.https(key);
        return new Persona(name, server, server, instead);
    }

    private Persona(String name, ScriptedServer server, ScriptedServer api, Map<String, String> instead) {
        this.server = server;
        this.api = api;
        data = read(name, instead);
        polls = new ArrayDeque<>(data.objects("polls"));
        JsonObject paths = data.object("paths").orElseThrow();
        on("GET ", data, "metadata_path", request -> Answer.json(text("metadata")));
        on("POST ", paths, "par", this::push);
        on("POST ", paths, "device", this::device);
        on("POST ", paths, "token", this::token);
        on("GET ", paths, "authorize", this::authorize);
        on("GET ", paths, "keys", request -> Answer.json(keys()));
        on("GET ", paths, "userinfo", this::userInfo);
    }

    private interface Endpoint {
        Answer of(Request request);
    }

    private void on(String method, JsonObject paths, String name, Endpoint endpoint) {
        paths.text(name).ifPresent(place -> {
            boolean elsewhere = place.startsWith("http");
            (elsewhere ? api : server)
                    .on(method + (elsewhere ? URI.create(place).getPath() : place), endpoint::of);
        });
    }

    /** The port of the server for sign-in. */
    public int port() {
        return server.port();
    }

    private JsonObject read(String name, Map<String, String> instead) {
        try (InputStream in = Persona.class.getResourceAsStream("/personas/" + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no persona " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> one : instead.entrySet()) {
                text = text.replace(one.getKey(), one.getValue());
            }
            text = text.replace("${origin_host}", "127.0.0.1:" + server.port())
                    .replace("${api_host}", "127.0.0.1:" + api.port())
                    .replace("${origin}", server.origin().toString())
                    .replace("${api}", api.origin().toString());
            return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list of texts: {@code ways}, {@code login}, {@code documents}, {@code config}. */
    public List<String> texts(String member) {
        return data.texts(member).orElse(List.of());
    }

    /** A text of it. */
    public Optional<String> said(String member) {
        return data.text(member);
    }

    /** What the program has to know. */
    public JsonObject who() {
        return data.object("who").orElseThrow();
    }

    /** The same with another claim in its id_token. */
    public Persona claim(String name, Object value) {
        data.object("id_token")
                .flatMap(token -> token.object("claims"))
                .orElseThrow()
                .put(name, value);
        return this;
    }

    /** The same with another id_token in place of its own, whatever it may be. */
    public Persona idToken(String text) {
        data.remove("id_token");
        data.object("token").orElseThrow().put("id_token", text);
        return this;
    }

    /** The same whose userinfo answers so. */
    public Persona userInfo(int status, Map<String, Object> body) {
        data.put("userinfo", new JsonObject().put("status", status).put("body", body));
        return this;
    }

    /** The same whose userinfo answers with a signed JWT of these claims. */
    public Persona signedUserInfo(Map<String, Object> claims) {
        data.put("userinfo", new JsonObject().put("signed", claims));
        return this;
    }

    /** How often userinfo is to be asked at sign-in. */
    public int userInfoAsked() {
        return data.number("userinfo_asked").orElse(0L).intValue();
    }

    /** Whether an ended refresh token is part of it. */
    public boolean refreshes() {
        return data.object("dead_refresh").isPresent();
    }

    /** The requests for one of {@code paths}. */
    public List<Request> requests(String endpoint) {
        String place = data.object("paths").orElseThrow().text(endpoint).orElseThrow();
        List<Request> all = new ArrayList<>(server.requests());
        all.addAll(api == server ? List.of() : api.requests());
        return all.stream().filter(request -> place.endsWith(request.path())).toList();
    }

    @Override
    public void close() {
        server.close();
        api.close();
    }

    private String text(String member) {
        return LocalJson.write(data.object(member).orElseThrow().members());
    }

    private static Answer answer(JsonObject scripted) {
        String body = scripted.object("body")
                .map(object -> LocalJson.write(object.members()))
                .orElse("");
        int status = scripted.number("status").orElse(200L).intValue();
        return body.isEmpty() ? Answer.status(status) : Answer.json(status, body);
    }

    private boolean refuses(Map<String, String> asked) {
        Optional<String> scope = data.text("refused_scope");
        return scope.isPresent()
                && Arrays.asList(asked.getOrDefault("scope", "").split(" ", -1)).contains(scope.get());
    }

    private Answer device(Request request) {
        return refuses(request.form())
                ? AuthorizationServer.error(
                        400, "invalid_scope", "The requested scope is invalid, unknown, or malformed.")
                : Answer.json(text("device"));
    }

    private Answer token(Request request) {
        Map<String, String> form = request.form();
        String grant = form.getOrDefault("grant_type", "");
        if (!knows(request)) {
            return AuthorizationServer.error(401, "invalid_client", "Invalid client credentials");
        }
        if (grant.equals("refresh_token")) {
            return answer(data.object("dead_refresh").orElseThrow());
        }
        if (grant.equals("client_credentials")) {
            return Answer.json(text("token"));
        }
        if (grant.equals("authorization_code")) {
            Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
            boolean good = asked != null
                    && asked.getOrDefault("redirect_uri", "").equals(form.get("redirect_uri"))
                    && asked.getOrDefault("code_challenge", "")
                            .equals(challenge(form.getOrDefault("code_verifier", "")));
            return good
                    ? granted(Optional.ofNullable(asked.get("nonce")))
                    : AuthorizationServer.error(400, "invalid_grant", "not this code");
        }
        synchronized (polls) {
            return polls.isEmpty() ? granted(Optional.empty()) : answer(polls.removeFirst());
        }
    }

    private Answer push(Request request) {
        String place = "urn:ietf:params:oauth:request_uri:" + pushed.size();
        pushed.put(place, request.form());
        return Answer.json(201, LocalJson.write(Map.of("request_uri", place, "expires_in", 90)));
    }

    private boolean knows(Request request) {
        Optional<String> secret = data.text("secret");
        String basic = Base64.getEncoder()
                .encodeToString((client() + ":" + secret.orElse("")).getBytes(StandardCharsets.UTF_8));
        return secret.isEmpty()
                || secret.get().equals(request.form().get("client_secret"))
                || request.header("Authorization").orElse("").equals("Basic " + basic);
    }

    private Answer authorize(Request request) {
        boolean pushes =
                data.object("paths").flatMap(paths -> paths.text("par")).isPresent();
        Map<String, String> asked =
                pushes ? pushed.remove(request.query().getOrDefault("request_uri", "")) : request.query();
        if (asked == null
                || !asked.getOrDefault("redirect_uri", "")
                        .startsWith(data.text("redirect").orElse("http://"))) {
            return Answer.text(400, "not this request");
        }
        String state = "state=" + URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8);
        String code = "code-" + codes.size();
        codes.put(code, asked);
        return Answer.redirect(
                302,
                asked.get("redirect_uri") + "?" + state + (refuses(asked) ? "&error=invalid_scope" : "&code=" + code));
    }

    private Answer granted(Optional<String> nonce) {
        JsonObject answer = Json.readObject(text("token").getBytes(StandardCharsets.UTF_8));
        data.object("id_token").ifPresent(token -> answer.put("id_token", idToken(token, nonce)));
        return Answer.json(LocalJson.write(answer.members()));
    }

    private String idToken(JsonObject token, Optional<String> nonce) {
        JsonObject claims = token.object("claims").orElseThrow();
        long now = Instant.now().getEpochSecond();
        boolean text = token.text("numbers").filter("text"::equals).isPresent();
        JsonObject all = new JsonObject()
                .put("iss", data.object("metadata").flatMap(metadata -> metadata.text("issuer")))
                .put("aud", client())
                .put("iat", text ? Long.toString(now) : (Object) now)
                .put("exp", text ? Long.toString(now + 300) : (Object) (now + 300))
                .put("nonce", nonce);
        claims.members().forEach(all::put);
        return signed(JWSAlgorithm.parse(token.text("alg").orElse("RS256")), all);
    }

    private static String signed(JWSAlgorithm algorithm, JsonObject claims) {
        JWSHeader.Builder header = new JWSHeader.Builder(algorithm);
        try {
            boolean shared = JWSAlgorithm.Family.HMAC_SHA.contains(algorithm);
            JWSSigner signer = shared ? new MACSigner(SECRET) : new RSASSASigner(KEY);
            JWSObject signed = new JWSObject(
                    shared ? header.build() : header.keyID(KEY.getKeyID()).build(),
                    new Payload(LocalJson.write(claims.members())));
            signed.sign(signer);
            return signed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String client() {
        List<String> login = texts("login");
        int at = login.indexOf("--client-id");
        return at < 0 ? "cli" : login.get(at + 1);
    }

    private String keys() {
        List<Object> keys = new ArrayList<>();
        data.objects("odd_keys").forEach(key -> keys.add(key.members()));
        if (!Boolean.FALSE.equals(data.get("published"))) {
            keys.add(KEY.toPublicJWK().toJSONObject());
        }
        return LocalJson.write(Map.of("keys", keys));
    }

    private Answer userInfo(Request request) {
        JsonObject scripted = data.object("userinfo").orElseThrow();
        if (!request.header("Authorization").orElse("").startsWith("Bearer ")) {
            return Answer.status(401);
        }
        return scripted.object("signed")
                .map(claims -> Answer.status(200)
                        .header("Content-Type", "application/jwt;charset=UTF-8")
                        .body(signed(JWSAlgorithm.RS256, claims).getBytes(StandardCharsets.US_ASCII)))
                .orElseGet(() -> answer(scripted));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
