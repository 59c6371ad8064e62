package dev.ast.sandbox.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/**
 * One HTML page from a template in {@code sandbox/}: <code>{{name}}</code> becomes the text of that name, escaped. The
 * style sheet stands in the page, and the policy allows exactly that one and no script at all.
 */
public final class Page {

    private static final String STYLE = resource("style.css");

    /** The content security policy of all pages. */
    public static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; "
            // The consent form of the code grant is answered by a redirect to the program's own loopback port.
            + "form-action 'self' http://127.0.0.1:*; img-src data:; base-uri 'none'; frame-ancestors 'none'";

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");
    private static final String LAYOUT = resource("layout.html");

    private final String title;
    private final String template;
    private final Map<String, String> html = new LinkedHashMap<>();

    /** A page of that title from {@code sandbox/<template>.html}. */
    public Page(String title, String template) {
        this.title = title;
        this.template = resource(template + ".html");
    }

    /** Fills in a text, which is escaped. */
    public Page text(String name, String text) {
        return html(name, HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name()));
    }

    /** Fills in markup as it is; its parts must have been escaped. */
    Page html(String name, String markup) {
        html.put(name, markup);
        return this;
    }

    /** The finished page as an answer. */
    public ResponseEntity<String> answer(HttpStatus status) {
        String body = fill(template, html);
        String document = fill(
                LAYOUT,
                Map.of(
                        "title",
                        HtmlUtils.htmlEscape(title, StandardCharsets.UTF_8.name()),
                        "style",
                        STYLE,
                        "body",
                        body));
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(document);
    }

    private static String fill(String template, Map<String, String> values) {
        Matcher places = PLACE.matcher(template);
        return places.replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream("/sandbox/" + name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource sandbox/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
