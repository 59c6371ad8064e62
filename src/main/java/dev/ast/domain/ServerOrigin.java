package dev.ast.domain;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port of a server in canonical form (lower case, punycode, port always known). Two origins are the
 * same server only if all three are equal (RFC 6454 section 4). Plain {@code http} is accepted for loopback only.
 */
public record ServerOrigin(String scheme, String host, int port) {
    // Programs differ in the ASCII form of these (UTS 46 section 7), and so in the server that they connect to.
    private static final String AMBIGUOUS = "\u00df\u1e9e\u03c2\u200c\u200d";

    // The lines of a script name the same server again and again, each of them several times.
    private static volatile @Nullable Parsed latest;

    private record Parsed(String text, ServerOrigin origin) {}

    /**
     * Parses an address that the user or a file named. A path of {@code /} is dropped; anything else beside scheme,
     * host and port (user, path, query, fragment) is refused rather than ignored.
     *
     * @throws FailureException (usage) when the text is not such an address
     */
    public static ServerOrigin parse(String text) {
        Parsed known = latest;
        if (known != null && known.text.equals(text)) {
            return known.origin;
        }
        ServerOrigin origin = read(text);
        latest = new Parsed(text, origin);
        return origin;
    }

    private static ServerOrigin read(String text) {
        URI uri = uri(text);
        String path = uri.getRawPath();
        if ((path != null && !path.isEmpty() && !path.equals("/")) || uri.getRawQuery() != null) {
            of(uri);
            throw Failure.usage(
                    "not a server address: " + SecretShape.quoted(text, 200)
                            + ", only scheme, host and port can stand here; a platform below a path is named by its"
                            + " issuer",
                    uri.getRawQuery() == null && !SecretShape.matches(text)
                            ? "ast login --provider NAME --issuer " + uri
                            : "give an address such as https://api.example.com");
        }
        return of(uri);
    }

    /**
     * The origin of an address.
     *
     * @throws FailureException (usage) when the address is not http(s), has no host, carries a user or a fragment, or
     *     is plain http to another host than loopback
     */
    public static ServerOrigin of(URI uri) {
        String text = uri.toString();
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            throw refused(text, "it needs the form https://host");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused(text, "only https is accepted");
        }
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawAuthority().indexOf('%') >= 0) {
            throw refused(text, "the host is ambiguous");
        }
        if (uri.getRawFragment() != null) {
            throw refused(text, "it has a fragment");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        if (port == 0 || port > 65535) {
            throw refused(text, "the port is out of range");
        }
        ServerOrigin origin = new ServerOrigin(scheme, host, port);
        if (scheme.equals("http") && !origin.isLoopback()) {
            throw refused(text, "http is accepted for loopback only, use https");
        }
        return origin;
    }

    /**
     * Parses an origin of a list of the user's. As {@link #parse}, but its failure speaks of origins.
     *
     * @throws FailureException (usage) when the text is not one: it has a user, path, query or wildcard, is plain http to
     *     another host than loopback, or lacks the scheme
     */
    public static ServerOrigin parseOrigin(String text) {
        return tryParse(text)
                .filter(origin -> !isAmbiguous(text))
                .orElseThrow(() -> Failure.usage(
                        "not an origin: " + shown(text)
                                + ", it needs the form https://host or https://host:port and nothing else",
                        "give an origin such as https://git.example.com"));
    }

    /** The same, for texts whose failure is somebody else's matter. */
    public static Optional<ServerOrigin> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    /** Whether the host is this machine: {@code localhost}, {@code 127.x.x.x} or {@code [::1]}. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("[::1]") || (host.startsWith("127.") && isFourBytes(host));
    }

    // By hand: a regular expression would be a quarter of the time of a short command.
    private static boolean isFourBytes(String host) {
        int bytes = 0;
        int value = -1;
        for (int i = 0; i <= host.length(); i++) {
            char c = i < host.length() ? host.charAt(i) : '.';
            if (c == '.') {
                if (value < 0) {
                    return false;
                }
                bytes++;
                value = -1;
            } else if (c < '0' || c > '9' || value == 0) {
                return false; // nor a zero in front, which some read as octal
            } else {
                value = Math.max(value, 0) * 10 + c - '0';
                if (value > 255) {
                    return false;
                }
            }
        }
        return bytes == 4;
    }

    /** An address of this server, made from a path (with query) that begins with a slash. */
    public URI resolve(String pathAndQuery) {
        return URI.create(this + pathAndQuery);
    }

    private static URI uri(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > 2048) {
            throw Failure.usage("the server address is longer than 2048 characters");
        }
        try {
            int start = trimmed.indexOf("://");
            if (start > 0) {
                int from = start + 3;
                int end = from;
                while (end < trimmed.length() && "/?#".indexOf(trimmed.charAt(end)) < 0) {
                    end++;
                }
                String authority = trimmed.substring(from, end);
                // Names outside ASCII become punycode here, so that a twin of a known name is seen as what it is.
                if (!isAscii(authority)) {
                    trimmed = trimmed.substring(0, from) + IDN.toASCII(authority) + trimmed.substring(end);
                }
            }
            return new URI(trimmed);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw refused(text, "it needs the form https://host");
        }
    }

    private static boolean isAmbiguous(String text) {
        for (int i = 0; i < AMBIGUOUS.length(); i++) {
            if (text.indexOf(AMBIGUOUS.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static FailureException refused(String text, String why) {
        return Failure.usage(
                "not a server address: " + shown(text) + ", " + why, "give an address such as https://api.example.com");
    }

    // In front of an @ stands perhaps a password.
    private static String shown(String text) {
        return text.indexOf('@') < 0 ? SecretShape.quoted(text, 200) : "(an address with a user)";
    }

    // By hand: what the compiler makes for a record is linked at run time, which costs a short command 40 ms.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerOrigin origin
                && scheme.equals(origin.scheme)
                && host.equals(origin.host)
                && port == origin.port;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
    }

    @Override
    public String toString() {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
