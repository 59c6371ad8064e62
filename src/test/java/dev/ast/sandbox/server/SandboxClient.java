package dev.ast.sandbox.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program and a browser without scripts in one: posts forms, follows no redirects by itself, keeps cookies. */
final class SandboxClient {

    static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
    static final String ALL_SCOPES = "openid profile email offline_access";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String issuer;
    private final String adminToken;

    SandboxClient(String issuer, String adminToken) {
        this.issuer = issuer;
        this.adminToken = adminToken;
    }

    SandboxClient(SandboxServer server) {
        this(server.issuer(), server.adminToken());
    }

    String issuer() {
        return issuer;
    }

    record Answer(int status, String body, HttpResponse<String> response) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String string(String field) {
            return json().path(field).asString("");
        }

        String error() {
            return status + " " + string("error");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** Asks for a device code with all scopes. */
    Answer startDevice() {
        return startDevice(ALL_SCOPES);
    }

    Answer startDevice(String scope) {
        return post("/oauth2/device_authorization", Map.of("client_id", SandboxServer.CLIENT_ID, "scope", scope));
    }

    Answer poll(Answer started) {
        return post(
                "/oauth2/token",
                Map.of(
                        "client_id",
                        SandboxServer.CLIENT_ID,
                        "grant_type",
                        DEVICE_CODE,
                        "device_code",
                        started.string("device_code")));
    }

    /** Approves, or with {@code deny} or {@code expire} does that. */
    Answer decide(String userCode, String... how) {
        var form = new LinkedHashMap<String, String>();
        form.put("user_code", userCode);
        for (String each : how) {
            form.put(each, "true");
        }
        return send(formTo("/sandbox/approve", form).header("X-Admin-Token", adminToken));
    }

    /** A whole sign-in, approved as Ada. */
    Answer signIn(String scope) {
        Answer started = startDevice(scope);
        decide(started.string("user_code"));
        return poll(started);
    }

    Answer refresh(String refreshToken) {
        return post(
                "/oauth2/token",
                Map.of(
                        "client_id",
                        SandboxServer.CLIENT_ID,
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        refreshToken));
    }

    Answer revoke(String token) {
        return post("/oauth2/revoke", Map.of("client_id", SandboxServer.CLIENT_ID, "token", token));
    }

    Answer get(String path) {
        return send(request(path));
    }

    Answer get(String path, String accessToken) {
        return send(request(path).header("Authorization", "Bearer " + accessToken));
    }

    Answer post(String path, Map<String, String> form) {
        return send(formTo(path, form));
    }

    HttpRequest.Builder request(String path) {
        URI address = path.startsWith("http") ? URI.create(path) : URI.create(issuer + path);
        return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder formTo(String path, Map<String, String> form) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
