package dev.ast.api;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.BodySource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request to an API as the user typed it.
 *
 * @param method upper case
 * @param path what follows the origin, beginning with a slash; or a whole address of the same origin
 * @param headers further headers; {@code Authorization} and {@code DPoP} are not among them
 * @param contentType of the body
 * @param body what is sent
 */
public record ApiRequest(
        String method,
        String path,
        List<Map.Entry<String, String>> headers,
        Optional<String> contentType,
        Optional<BodySource> body) {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Set<String> OURS =
            Set.of("authorization", "dpop", "host", "content-length", "transfer-encoding", "connection", "cookie");

    /**
     * Checks what came from the command line.
     *
     * @throws dev.ast.domain.FailureException (usage)
     */
    public ApiRequest {
        headers = List.copyOf(headers);
        if (!METHOD.matcher(method).matches()) {
            throw Failure.usage("not a method: " + SecretShape.quoted(method, 80), "ast api GET /path");
        }
        for (Map.Entry<String, String> header : headers) {
            if (!HEADER.matcher(header.getKey()).matches()
                    || header.getValue().chars().anyMatch(c -> (c < 0x20 && c != '\t') || c >= 0x7f)) {
                throw Failure.usage(
                        "not a header: " + SecretShape.quoted(header.getKey(), 80),
                        "ast api GET /path -H 'Name: value'");
            }
            if (OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                throw Failure.usage(
                        "the header " + header.getKey() + " is set by ast itself", "use --token for another token");
            }
        }
    }

    /** Whether the method changes nothing (RFC 9110 section 9.2.1). */
    public boolean isSafe() {
        return SAFE.contains(method);
    }

    /** The same for another address. */
    ApiRequest at(URI address) {
        return new ApiRequest(method, address.toString(), headers, contentType, body);
    }

    /** The headers of the request beside those that the client sets and {@code Authorization}. */
    List<Map.Entry<String, String>> sentHeaders() {
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        boolean accepts = false;
        for (Map.Entry<String, String> header : headers) {
            accepts |= header.getKey().equalsIgnoreCase("accept");
            // The body brings its type itself.
            if (!header.getKey().equalsIgnoreCase("content-type")) {
                sent.add(header);
            }
        }
        if (!accepts) {
            sent.add(Map.entry("Accept", "application/json, */*"));
        }
        return sent;
    }

    /** The type of the body. */
    String sentType() {
        return contentType.orElse("application/octet-stream");
    }

    /**
     * The address on a server.
     *
     * @throws dev.ast.domain.FailureException (usage) when it is not an address, or one of another server
     */
    URI on(ServerOrigin server) {
        String text = path;
        if (text.startsWith("http://") || text.startsWith("https://")) {
            URI whole = uri(text);
            if (!ServerOrigin.of(whole).equals(server)) {
                throw Failure.usage(
                        "the address belongs to " + ServerOrigin.of(whole) + ", not to " + server,
                        "ast api --server " + ServerOrigin.of(whole) + " GET /path");
            }
            return whole;
        }
        if (!text.startsWith("/") || text.startsWith("//")) {
            throw Failure.usage(
                    "not a path: " + SecretShape.quoted(text, 200), "a path begins with one slash: ast api GET /path");
        }
        return uri(server + text);
    }

    private static URI uri(String text) {
        if (text.length() > 8192) {
            throw Failure.usage("the address is longer than 8192 characters");
        }
        try {
            URI uri = new URI(text);
            if (uri.getRawFragment() != null) {
                throw Failure.usage("an address for a request has no '#' part", "write '#' as %23");
            }
            return uri;
        } catch (java.net.URISyntaxException e) {
            throw Failure.usage(
                    "not an address: " + e.getReason() + " at character " + (e.getIndex() + 1),
                    "write special characters as %XX");
        }
    }
}
