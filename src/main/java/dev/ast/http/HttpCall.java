package dev.ast.http;

import dev.ast.domain.Failure;
import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request, immutable. By default it may take 30 seconds in all and its answer may have 1 MiB.
 * It prints as method and origin only, because path, headers and body can hold secrets.
 */
public final class HttpCall {
    /** How long a call may take in all, from name look-up to the last byte, by default. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

    /** How many bytes the unpacked body of an answer may have by default. */
    public static final int DEFAULT_MAX_BODY = 1024 * 1024;

    // What frames or routes the message is the client's own matter: a caller that could set it could smuggle a second
    // request, or aim a credential at another virtual host.
    private static final Set<String> RESERVED = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "accept-encoding");

    private final String method;
    private final URI uri;
    private final ServerOrigin origin;
    private final List<Map.Entry<String, String>> headers;
    private final @Nullable BodySource body;
    private final @Nullable String contentType;
    private final Duration deadline;
    private final int maxBody;
    private final @Nullable Protection protection;
    private final @Nullable ClientCertificate certificate;

    /**
     * Why an interrupt does not break a call at once.
     *
     * @param notice printed meanwhile
     * @param patience how long the answer is still waited for
     */
    record Protection(String notice, Duration patience) {}

    private HttpCall(
            String method,
            URI uri,
            List<Map.Entry<String, String>> headers,
            @Nullable BodySource body,
            @Nullable String contentType,
            Duration deadline,
            int maxBody,
            @Nullable Protection protection,
            @Nullable ClientCertificate certificate) {
        this.method = method;
        this.uri = uri;
        this.origin = ServerOrigin.of(uri);
        this.headers = headers;
        this.body = body;
        this.contentType = contentType;
        this.deadline = deadline;
        this.maxBody = maxBody;
        this.protection = protection;
        this.certificate = certificate;
    }

    /**
     * A GET.
     *
     * @throws dev.ast.domain.FailureException (usage) as {@link #of}
     */
    public static HttpCall get(URI uri) {
        return of("GET", uri);
    }

    /** A POST; a body is added by {@link #form}, {@link #json} or {@link #body}. */
    public static HttpCall post(URI uri) {
        return of("POST", uri);
    }

    /**
     * A request of any method but CONNECT and TRACE, which are not for servers that hold a user's session.
     *
     * @throws dev.ast.domain.FailureException (usage) when the method is not an HTTP token or not allowed, or the
     *     address is not one that {@link ServerOrigin#of} accepts
     */
    public static HttpCall of(String method, URI uri) {
        String upper = method.toUpperCase(Locale.ROOT);
        if (!isToken(upper) || upper.equals("CONNECT") || upper.equals("TRACE")) {
            throw Failure.usage("not a request method: '" + printable(method) + "'");
        }
        return new HttpCall(upper, uri, List.of(), null, null, DEFAULT_DEADLINE, DEFAULT_MAX_BODY, null, null);
    }

    /**
     * The same call with one more header line.
     *
     * @throws dev.ast.domain.FailureException (usage) when the name is not a header name or belongs to the client
     *     itself, or the value holds anything but visible ASCII, spaces and tabs; the value is never named
     */
    public HttpCall header(String name, String value) {
        if (!isToken(name)) {
            throw Failure.usage("not a header name: '" + printable(name) + "'");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw Failure.usage("the header " + name + " is set by ast itself");
        }
        if (!value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f))) {
            throw Failure.usage("the value of the header " + name + " holds a line break or other unusual character");
        }
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new HttpCall(
                method, uri, List.copyOf(more), body, contentType, deadline, maxBody, protection, certificate);
    }

    /** The same call with a body. */
    public HttpCall body(String type, byte[] bytes) {
        return body(type, BodySource.of(bytes));
    }

    /**
     * The same call with a body that is read while it is sent. The deadline begins anew with each piece that was read, and
     * does not run while the next one is waited for.
     */
    public HttpCall body(String type, BodySource source) {
        return new HttpCall(method, uri, headers, source, type, deadline, maxBody, protection, certificate);
    }

    /** The same call with form fields, in the map's order, as {@code application/x-www-form-urlencoded} in UTF-8. */
    public HttpCall form(Map<String, String> fields) {
        return form(fields.entrySet());
    }

    /** The same with fields of which several may have one name (RFC 8707 section 2). */
    public HttpCall form(Collection<Map.Entry<String, String>> fields) {
        String text = fields.stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return body("application/x-www-form-urlencoded", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same call with a body of JSON. */
    public HttpCall json(String text) {
        return body("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same call with another total deadline.
     *
     * @param duration positive
     */
    public HttpCall deadline(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a deadline is positive");
        }
        return new HttpCall(method, uri, headers, body, contentType, duration, maxBody, protection, certificate);
    }

    /**
     * The same call with another limit for the answer's body.
     *
     * @param bytes counted after unpacking
     */
    public HttpCall maxBody(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a limit is not negative");
        }
        return new HttpCall(method, uri, headers, body, contentType, deadline, bytes, protection, certificate);
    }

    /**
     * The same call, whose answer is still waited for after an interrupt, because what is sent can be used only once.
     *
     * @param notice printed meanwhile, see {@link dev.ast.host.Interrupts#protect}
     * @param patience how long it is waited for then
     */
    public HttpCall protectedFor(Duration patience, String notice) {
        return new HttpCall(
                method,
                uri,
                headers,
                body,
                contentType,
                deadline,
                maxBody,
                new Protection(notice, patience),
                certificate);
    }

    /** The same call with a certificate that shows the server who the client is (RFC 8705 section 2). */
    public HttpCall by(ClientCertificate shown) {
        return new HttpCall(method, uri, headers, body, contentType, deadline, maxBody, protection, shown);
    }

    /** The method, in capitals. */
    public String method() {
        return method;
    }

    /** The address asked. */
    public URI uri() {
        return uri;
    }

    /** The server asked. */
    public ServerOrigin origin() {
        return origin;
    }

    /** How long the call may take in all. */
    public Duration deadline() {
        return deadline;
    }

    /** How many bytes the unpacked body of the answer may have. */
    public int maxBody() {
        return maxBody;
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    Optional<Protection> protection() {
        return Optional.ofNullable(protection);
    }

    Optional<ClientCertificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    Optional<BodySource> body() {
        return Optional.ofNullable(body);
    }

    Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /** Whether the call can be repeated without another effect. */
    boolean readsOnly() {
        return certificate == null && (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // RFC 9110 section 5.6.2
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private static String printable(String text) {
        String shown = text.codePoints()
                .limit(40)
                .mapToObj(c -> c < 0x20 || c >= 0x7f ? "?" : Character.toString(c))
                .collect(Collectors.joining());
        return text.length() > 40 ? shown + "…" : shown;
    }

    @Override
    public String toString() {
        return method + " " + origin;
    }
}
