package dev.ast.login;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A user at the sandbox's pages, without a browser: follows redirects by hand, one at a time. */
final class WebUser {
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** Opens the address of an authorization request, signs in as Ada, and allows or denies; the callback's address. */
    URI decide(URI address, boolean allow) throws IOException, InterruptedException {
        HttpResponse<String> toLogin = get(address);
        URI login = location(toLogin, address);
        String csrf = field(get(login).body(), "_csrf");
        HttpResponse<String> back = post(login, Map.of("_csrf", csrf, "username", "ada", "password", "sandbox"));
        URI again = location(back, login);
        URI consent = location(get(again), again);
        String page = get(consent).body();
        StringBuilder form = new StringBuilder(
                "client_id=" + encoded(field(page, "client_id")) + "&state=" + encoded(field(page, "state")));
        if (allow) {
            for (String scope : new String[] {"profile", "email", "offline_access"}) {
                form.append("&scope=").append(scope);
            }
        }
        HttpResponse<String> decided = client.send(
                HttpRequest.newBuilder(address.resolve("/oauth2/authorize"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return location(decided, address);
    }

    HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI address, Map<String, String> form) throws IOException, InterruptedException {
        String body = new LinkedHashMap<>(form)
                .entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return client.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI location(HttpResponse<String> answer, URI base) {
        return base.resolve(answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body())));
    }

    private static String field(String page, String name) {
        Matcher matcher =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in " + page);
        }
        return matcher.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
