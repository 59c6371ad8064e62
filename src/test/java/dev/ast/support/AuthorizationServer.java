package dev.ast.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ast.domain.ServerOrigin;
import dev.ast.json.LocalJson;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A whole OpenID server with a small API, on loopback: discovery, device grant, refresh with rotation and detection of
 * reuse, revocation, userinfo, signed id_tokens. Its state can be looked at, and what real servers do differently can
 * be switched on: any member of an answer can be changed, and any endpoint can be made to answer something else for a
 * while.
 */
public final class AuthorizationServer implements AutoCloseable {
    /** The user who signs in. */
    public static final Map<String, Object> ADA =
            Map.of("sub", "ada-1", "name", "Ada Lovelace", "email", "ada@example.com", "preferred_username", "ada");

    private final ScriptedServer server = ScriptedServer.http();
    private final RSAKey key;
    private final Map<String, Grant> byAccess = new HashMap<>();
    private final Map<String, Grant> byRefresh = new HashMap<>();
    private final Map<String, Grant> byDeviceCode = new HashMap<>();
    private final Map<String, Deque<Answer>> interludes = new HashMap<>();
    private final Map<String, UnaryOperator<Map<String, @Nullable Object>>> changes = new HashMap<>();
    private final List<Instant> polls = new ArrayList<>();
    private Decision decision = Decision.PENDING;
    private Duration life = Duration.ofHours(1);
    private String lost = "";
    private Runnable afterRefresh = () -> {};
    private Consumer<Request> whenReady = request -> {};
    private Function<Request, Duration> delay = request -> Duration.ZERO;
    private boolean rotating = true;
    private boolean openId = true;
    private int number;
    private int reuses;

    /** What the user does with the code. */
    public enum Decision {
        PENDING,
        APPROVED,
        DENIED
    }

    /** One sign-in with all tokens that came of it. */
    private static final class Grant {
        private final Set<String> spent = new HashSet<>();
        private final Map<String, Instant> access = new LinkedHashMap<>();
        private String scope = "";
        private String refresh = "";
        private boolean dead;
    }

    /** A server that nobody has signed in to. */
    public AuthorizationServer() {
        this(newKey());
    }

    /** The same with a key that is there already: making one takes longer than all else. */
    public AuthorizationServer(RSAKey key) {
        this.key = key;
        route("GET /.well-known/openid-configuration", request -> metadata());
        route("POST /device", this::device);
        route("POST /token", this::token);
        route("POST /revoke", this::revoke);
        route("GET /userinfo", request -> guarded(request, ADA));
        route("GET /jwks", request -> json(new JWKSet(key.toPublicJWK()).toJSONObject()));
        server.on("*", request -> answer(request, this::api));
    }

    /** The issuer, which is also the origin of the API. */
    public String issuer() {
        return server.origin().toString();
    }

    /** The origin. */
    public ServerOrigin origin() {
        return server.origin();
    }

    /** An address of this server. */
    public URI uri(String path) {
        return server.uri(path);
    }

    /** The words that name this server in a login. */
    public List<String> login(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "login", "--provider", "oidc", "--issuer", issuer(), "--client-id", "ast-test", "--no-browser"));
        words.addAll(List.of(more));
        return words;
    }

    /** What the user decides, from now on. */
    public synchronized AuthorizationServer decide(Decision what) {
        decision = what;
        return this;
    }

    /** How long access tokens live, from now on. */
    public synchronized AuthorizationServer life(Duration duration) {
        life = duration;
        return this;
    }

    /** Whether a refresh brings a new refresh token and ends the old one; sending an old one again ends the grant. */
    public synchronized AuthorizationServer rotating(boolean on) {
        rotating = on;
        return this;
    }

    /** Whether {@code openid} brings an id_token. */
    public synchronized AuthorizationServer openId(boolean on) {
        openId = on;
        return this;
    }

    /** What happens when the answer of a refresh is ready, before it is sent. */
    public synchronized AuthorizationServer afterRefresh(Runnable what) {
        afterRefresh = what;
        return this;
    }

    /** What happens when any answer is ready: the server's state has changed, and the delay is still to come. */
    public synchronized AuthorizationServer whenReady(Consumer<Request> what) {
        whenReady = what;
        return this;
    }

    /** How long answers wait between being ready and being sent, from now on. */
    public synchronized AuthorizationServer delay(Function<Request, Duration> duration) {
        delay = duration;
        return this;
    }

    /** How often a refresh token was sent that had been spent before. */
    public synchronized int reuses() {
        return reuses;
    }

    /** The sessions that have been signed in and that neither a sign-out nor reuse has ended. */
    public synchronized long living() {
        return byRefresh.values().stream()
                .distinct()
                .filter(grant -> !grant.dead)
                .count();
    }

    /** The next requests for a method and path are answered by these, one each; then all goes on as usual. */
    public synchronized AuthorizationServer say(String methodAndPath, Answer... answers) {
        interludes.computeIfAbsent(methodAndPath, any -> new ArrayDeque<>()).addAll(List.of(answers));
        return this;
    }

    /** A further address that always gives the same answer. */
    public AuthorizationServer serve(String methodAndPath, Answer answer) {
        server.on(methodAndPath, answer);
        return this;
    }

    /** The next request for a method and path does all that it should, but its answer never arrives. */
    public synchronized AuthorizationServer losing(String methodAndPath) {
        lost = methodAndPath;
        return this;
    }

    /** An id_token that this server signs for a client. */
    public String signedFor(String client) {
        return idToken(client);
    }

    /** Every good answer of a method and path is changed; a member that is null is left out. */
    public synchronized AuthorizationServer change(
            String methodAndPath, UnaryOperator<Map<String, @Nullable Object>> change) {
        changes.put(methodAndPath, change);
        return this;
    }

    /** Sets one member of every good answer of a method and path, or takes it away. */
    public AuthorizationServer member(String methodAndPath, String name, @Nullable Object value) {
        return change(methodAndPath, members -> {
            members.put(name, value);
            return members;
        });
    }

    /** All requests for a method and path. */
    public List<Request> requests(String methodAndPath) {
        return server.requests(methodAndPath);
    }

    /** All requests. */
    public List<Request> requests() {
        return server.requests();
    }

    /** The token requests of one grant type, by its last word: {@code refresh_token} or {@code device_code}. */
    public List<Request> tokenRequests(String grant) {
        return requests("POST /token").stream()
                .filter(request -> isTokenRequest(request, grant))
                .toList();
    }

    /** When the device code was asked for, and then each poll. */
    public synchronized List<Instant> polls() {
        return List.copyOf(polls);
    }

    /** Signs somebody in beside the program, as if a login had been made; its access token has the usual life. */
    public synchronized Tokens signIn(String scope) {
        Grant grant = new Grant();
        grant.scope = scope;
        issue(grant);
        return tokens(grant);
    }

    /** The tokens of a session. */
    public record Tokens(String access, String refresh) {}

    /** The newest tokens of the session that a refresh token, old or new, belongs to. */
    public synchronized Tokens newest(String refresh) {
        return tokens(require(refresh));
    }

    /** Whether the session that a refresh token belongs to lives. */
    public synchronized boolean lives(String refresh) {
        return !require(refresh).dead;
    }

    /** Whether the API takes an access token. */
    public synchronized boolean takes(String access) {
        return grant(access).isPresent();
    }

    /** Ends the session that a refresh token belongs to, as an administrator does. */
    public synchronized void end(String refresh) {
        require(refresh).dead = true;
    }

    /** Makes the API refuse an access token before its time, as a server does that has lost its memory. */
    public synchronized void forget(String access) {
        byAccess.remove(access);
    }

    @Override
    public void close() {
        server.close();
    }

    private interface Endpoint {
        Answer of(Request request);
    }

    private void route(String methodAndPath, Endpoint endpoint) {
        server.on(methodAndPath, request -> answer(request, endpoint));
    }

    private Answer answer(Request request, Endpoint endpoint) {
        Runnable afterwards = () -> {};
        Consumer<Request> ready;
        Duration pause;
        Answer answer;
        synchronized (this) {
            Deque<Answer> scripted = interludes.get(request.method() + " " + request.path());
            if (request.path().equals("/device") || isTokenRequest(request, "device_code")) {
                polls.add(Instant.now());
            }
            if (scripted != null && !scripted.isEmpty()) {
                return scripted.removeFirst();
            }
            answer = endpoint.of(request);
            if (lost.equals(request.method() + " " + request.path())) {
                lost = "";
                answer = answer.cutAfter(30);
            }
            if (isTokenRequest(request, "refresh_token")) {
                afterwards = afterRefresh;
            }
            ready = whenReady;
            pause = delay.apply(request);
        }
        afterwards.run();
        ready.accept(request);
        return pause.isZero() ? answer : answer.after(pause);
    }

    private static boolean isTokenRequest(Request request, String grant) {
        return request.path().equals("/token")
                && request.form().getOrDefault("grant_type", "").endsWith(grant);
    }

    private Answer metadata() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("issuer", issuer());
        members.put("device_authorization_endpoint", uri("/device").toString());
        members.put("token_endpoint", uri("/token").toString());
        members.put("revocation_endpoint", uri("/revoke").toString());
        members.put("userinfo_endpoint", uri("/userinfo").toString());
        members.put("jwks_uri", uri("/jwks").toString());
        return changed("GET /.well-known/openid-configuration", members);
    }

    private Answer device(Request request) {
        Grant grant = new Grant();
        String code = "device-" + ++number + "-secret";
        byDeviceCode.put(code, grant);
        grant.scope = request.form().getOrDefault("scope", "");
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("device_code", code);
        members.put("user_code", "ABCD-EFGH");
        members.put("verification_uri", uri("/activate").toString());
        members.put(
                "verification_uri_complete",
                uri("/activate?user_code=ABCD-EFGH").toString());
        members.put("expires_in", 60);
        members.put("interval", 1);
        return changed("POST /device", members);
    }

    private Answer token(Request request) {
        Map<String, String> form = request.form();
        if (!"ast-test".equals(form.get("client_id"))) {
            return error(401, "invalid_client", "unknown client");
        }
        return form.getOrDefault("grant_type", "").equals("refresh_token") ? refresh(form) : poll(form);
    }

    private Answer poll(Map<String, String> form) {
        String code = form.getOrDefault("device_code", "");
        Grant grant = byDeviceCode.get(code);
        if (grant == null) {
            return error(400, "invalid_grant", "unknown device code");
        }
        if (decision == Decision.PENDING) {
            return error(400, "authorization_pending", "");
        }
        byDeviceCode.remove(code);
        if (decision == Decision.DENIED) {
            return error(400, "access_denied", "the user refused");
        }
        issue(grant);
        return granted(grant);
    }

    private Answer refresh(Map<String, String> form) {
        String sent = form.getOrDefault("refresh_token", "");
        Grant grant = byRefresh.get(sent);
        if (grant == null) {
            return error(400, "invalid_grant", "unknown refresh token");
        }
        if (grant.spent.contains(sent)) {
            reuses++;
            grant.dead = true;
        }
        if (grant.dead) {
            return error(400, "invalid_grant", "Session not active");
        }
        issue(grant);
        return granted(grant);
    }

    private Answer granted(Grant grant) {
        Tokens tokens = tokens(grant);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("access_token", tokens.access());
        members.put("token_type", "Bearer");
        members.put("expires_in", life.toSeconds());
        members.put("refresh_token", tokens.refresh());
        members.put("scope", grant.scope);
        if (openId && List.of(grant.scope.split(" ", -1)).contains("openid")) {
            members.put("id_token", idToken("ast-test"));
        }
        return changed("POST /token", members);
    }

    private void issue(Grant grant) {
        number++;
        String access = "access-" + number + "-secret-of-the-test";
        grant.access.put(access, Instant.now().plus(life));
        byAccess.put(access, grant);
        if (rotating || grant.refresh.isEmpty()) {
            if (!grant.refresh.isEmpty()) {
                grant.spent.add(grant.refresh);
            }
            grant.refresh = "refresh-" + number + "-secret-of-the-test";
            byRefresh.put(grant.refresh, grant);
        }
    }

    private Answer revoke(Request request) {
        String token = request.form().getOrDefault("token", "");
        Grant grant = byRefresh.get(token);
        if (grant != null) {
            grant.dead = true;
        }
        byAccess.remove(token);
        return Answer.status(200);
    }

    private Answer api(Request request) {
        if (!request.path().startsWith("/api/")) {
            return Answer.json(404, "{\"error\":\"not found\"}");
        }
        Map<String, Object> echo = new LinkedHashMap<>();
        echo.put("method", request.method());
        echo.put("target", request.target());
        echo.put("body", request.text());
        return guarded(request, echo);
    }

    private Answer guarded(Request request, Map<String, ?> members) {
        String sent = request.header("Authorization").orElse("");
        boolean good = sent.startsWith("Bearer ") && grant(sent.substring(7)).isPresent();
        return good
                ? changed(request.method() + " " + request.path(), new LinkedHashMap<>(members))
                : Answer.status(401).header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    private Optional<Grant> grant(String access) {
        return Optional.ofNullable(byAccess.get(access))
                .filter(grant -> !grant.dead)
                .filter(grant -> grant.access.get(access).isAfter(Instant.now()));
    }

    private Tokens tokens(Grant grant) {
        String last = "";
        for (String access : grant.access.keySet()) {
            last = access;
        }
        return new Tokens(last, grant.refresh);
    }

    private Grant require(String refresh) {
        Grant grant = byRefresh.get(refresh);
        if (grant == null) {
            throw new AssertionError("no session has the refresh token " + refresh);
        }
        return grant;
    }

    private String idToken(String client) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(client)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        ADA.forEach(claims::claim);
        claims.claim("name", "Ada of the id_token");
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer changed(String methodAndPath, Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> changed =
                changes.getOrDefault(methodAndPath, UnaryOperator.identity()).apply(members);
        changed.values().removeIf(value -> value == null);
        return json(changed);
    }

    private static Answer json(Map<String, ?> members) {
        return Answer.json(LocalJson.write(members));
    }

    /** An OAuth error (RFC 6749 section 5.2); without description where that is empty. */
    public static Answer error(int status, String code, String description) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("error", code);
        if (!description.isEmpty()) {
            members.put("error_description", description);
        }
        return Answer.json(status, LocalJson.write(members));
    }

    /** A key that signs id_tokens. */
    public static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
