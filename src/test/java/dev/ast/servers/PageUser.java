package dev.ast.servers;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** A user at the pages of a server, without a browser: follows redirects, keeps cookies, fills in and sends forms. */
final class PageUser {
    private static final Pattern FORM = Pattern.compile("(?is)(<form[^>]*\\bmethod=\"post\"[^>]*>).*?</form>");
    private static final Pattern INPUT = Pattern.compile("(?is)<input[^>]*>");
    private static final Map<String, String> ANSWERS =
            Map.of("username", "ada", "login", "ada", "password", "password-of-ada", "accept", "Yes");
    private static final int MOST_PAGES = 20;

    private final HttpClient client;
    private final Map<String, String> cookies = new TreeMap<>();

    PageUser(SSLContext tls) {
        client = HttpClient.newBuilder().sslContext(tls).build();
    }

    /** Opens an address, and signs in and agrees on the pages that follow; what the last page says. */
    String approve(URI address) throws IOException, InterruptedException {
        URI place = address;
        HttpResponse<String> page = get(place);
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            if (page.statusCode() >= 300 && page.statusCode() < 400) {
                place = place.resolve(page.headers().firstValue("Location").orElseThrow());
                page = get(place);
                continue;
            }
            Matcher form = FORM.matcher(page.body());
            if (page.statusCode() != 200 || !form.find()) {
                return page.statusCode() + " " + page.body();
            }
            place = place.resolve(unescaped(attribute(form.group(1), "action")));
            page = send(HttpRequest.newBuilder(place)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(fields(form.group()))));
        }
        throw new AssertionError("more than " + MOST_PAGES + " pages, the last one is " + place);
    }

    private static String fields(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = INPUT.matcher(form);
        while (input.find()) {
            String name = attribute(input.group(), "name");
            if (!name.isEmpty()
                    && !name.equals("cancel")
                    && !attribute(input.group(), "type").equals("checkbox")) {
                fields.put(name, ANSWERS.getOrDefault(name, unescaped(attribute(input.group(), "value"))));
            }
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String attribute(String tag, String name) {
        Matcher matcher = Pattern.compile("(?is)\\s" + name + "=\"([^\"]*)\"").matcher(tag);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String unescaped(String text) {
        return text.replace("&#x2F;", "/").replace("&quot;", "\"").replace("&amp;", "&");
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address));
    }

    // By hand: the JDK's cookies are for no host without a dot, and the callback on this machine must not see them.
    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String authority = request.build().uri().getRawAuthority() + " ";
        String all = cookies.entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith(authority))
                .map(cookie -> cookie.getKey().substring(authority.length()) + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!all.isEmpty()) {
            request.header("Cookie", all);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] parts = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(authority + parts[0].strip(), parts[1]);
        }
        return answer;
    }
}
