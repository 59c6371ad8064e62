package dev.ast.http;

import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * What a server answered, whatever the status. It prints as status and origin only, because headers and body can hold
 * secrets.
 */
public final class HttpAnswer {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9_.:+-]{1,40})", Pattern.CASE_INSENSITIVE);

    private final URI uri;
    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;

    HttpAnswer(URI uri, int status, List<Map.Entry<String, String>> headers, byte[] body) {
        this.uri = uri;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The address that was asked. */
    public URI uri() {
        return uri;
    }

    /** The server that was asked. */
    public ServerOrigin origin() {
        return ServerOrigin.of(uri);
    }

    /** The status code, 200 to 599 as a rule. */
    public int status() {
        return status;
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether this is a redirect (3xx, but not 304). It has not been followed. */
    public boolean isRedirect() {
        return status >= 300 && status < 400 && status != 304;
    }

    /** The message about a redirect: who sent it and to which server, without the path, which may hold a secret. */
    public String redirectMessage() {
        return origin() + " answered with a redirect"
                + target().map(to -> " to " + to).orElse("") + ", which is not followed";
    }

    // The target may be any address: only scheme, host and port are printed.
    private Optional<String> target() {
        try {
            Optional<URI> to = header("Location").map(uri::resolve);
            return to.filter(found -> found.getHost() != null && found.getHost().length() <= 253)
                    .map(found -> found.getScheme() + "://" + found.getHost()
                            + (found.getPort() < 0 ? "" : ":" + found.getPort()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first value of a header, whatever its capitals. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** All header lines in the order in which they came. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The unpacked body; empty when there was none, and when it was streamed. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as text, in the charset that the server named, else UTF-8; what cannot be read becomes U+FFFD. */
    public String text() {
        Charset charset = StandardCharsets.UTF_8;
        Matcher named = CHARSET.matcher(header("Content-Type").orElse(""));
        if (named.find()) {
            try {
                charset = Charset.forName(named.group(1));
            } catch (IllegalArgumentException e) {
                charset = StandardCharsets.UTF_8;
            }
        }
        return new String(body, charset);
    }

    /** Whether the content type is JSON ({@code application/json} or {@code …+json}). */
    public boolean isJson() {
        String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String essence = (end < 0 ? type : type.substring(0, end)).strip();
        return essence.equals("application/json") || (essence.startsWith("application/") && essence.endsWith("+json"));
    }

    /**
     * The value of {@code Retry-After} (RFC 9110 section 10.2.3), in seconds or as a date, kept between 0 and
     * one hour; empty when it is missing or not valid.
     */
    public Optional<Duration> retryAfter(Instant now) {
        String value = header("Retry-After").orElse("").strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            // More digits than nine are more than an hour in any case, and would not fit.
            return Optional.of(
                    value.length() > 9 ? LONGEST_RETRY_AFTER : bounded(Duration.ofSeconds(Long.parseLong(value))));
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(value))
                .map(date -> bounded(Duration.between(now, date)));
    }

    /** When the server sent it, by its own clock: the {@code Date} header (RFC 9110 section 6.6.1). */
    public Optional<Instant> date() {
        return header("Date").map(DateUtils::parseStandardDate);
    }

    private static Duration bounded(Duration wish) {
        if (wish.isNegative()) {
            return Duration.ZERO;
        }
        return wish.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wish;
    }

    @Override
    public String toString() {
        return status + " from " + origin();
    }
}
