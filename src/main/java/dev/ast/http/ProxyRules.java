package dev.ast.http;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which proxy leads to a server: {@code HTTPS_PROXY}, else {@code ALL_PROXY}, unless {@code NO_PROXY} names the server;
 * the lower-case variables come first, as elsewhere. It is an http proxy, or a SOCKS 5 proxy: with {@code socks5} names
 * are looked up here, with {@code socks5h} and {@code socks} by the proxy, as in curl and on desktops. {@code HTTP_PROXY} is for plain http only, which is used with
 * loopback only, and loopback is never proxied; so it has no effect, and a web server's {@code HTTP_PROXY} that a
 * request header can set ("httpoxy") has none either.
 */
final class ProxyRules {
    private final Environment environment;

    ProxyRules(Environment environment) {
        this.environment = environment;
    }

    /** What a proxy speaks. */
    enum Protocol {
        HTTP("http", 80),
        HTTPS("https", 443),
        SOCKS5("socks5", 1080),
        SOCKS5H("socks5h", 1080),
        /** As the desktops write it. */
        SOCKS("socks", 1080);

        private final String scheme;
        private final int port;

        Protocol(String scheme, int port) {
            this.scheme = scheme;
            this.port = port;
        }

        private static Optional<Protocol> of(String scheme) {
            return Arrays.stream(values())
                    .filter(one -> one.scheme.equalsIgnoreCase(scheme))
                    .findFirst();
        }
    }

    /**
     * A proxy.
     *
     * @param login user and password, where the address has them
     */
    record Proxy(Protocol protocol, String host, int port, Optional<Login> login) {
        /** Whether the proxy itself is spoken to in TLS. */
        boolean tls() {
            return protocol == Protocol.HTTPS;
        }

        /** Whether it is no http proxy. */
        boolean socks() {
            return protocol != Protocol.HTTP && protocol != Protocol.HTTPS;
        }

        /** Whether it looks names up itself. */
        boolean resolves() {
            return protocol != Protocol.SOCKS5;
        }

        @Override
        public String toString() {
            return (protocol == Protocol.HTTP ? "" : protocol.scheme + "://") + host + ":" + port;
        }
    }

    /** What goes to the proxy and to nobody else. */
    record Login(String user, Optional<Secret> password) {
        @Override
        public String toString() {
            return "[proxy login]";
        }
    }

    /**
     * The proxy for a server, if there is one.
     *
     * @throws FailureException (usage) when the variable does not hold the address of such a proxy; its value is not named
     */
    Optional<Proxy> proxyFor(ServerOrigin origin) {
        if (origin.isLoopback() || !origin.scheme().equals("https")) {
            return Optional.empty();
        }
        for (String variable : new String[] {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
            Optional<String> value =
                    environment.get(variable).map(String::strip).filter(text -> !text.isEmpty());
            if (value.isPresent()) {
                String exceptions = environment
                        .get("no_proxy")
                        .or(() -> environment.get("NO_PROXY"))
                        .orElse("");
                return NoProxy.parse(exceptions).matches(origin)
                        ? Optional.empty()
                        : Optional.of(parse(variable, value.get()));
            }
        }
        return Optional.empty();
    }

    private static Proxy parse(String variable, String value) {
        int schemeEnd = value.indexOf("://");
        Protocol protocol = Protocol.of(schemeEnd < 0 ? "http" : value.substring(0, schemeEnd))
                .orElseThrow(() -> refused(variable));
        String rest = schemeEnd < 0 ? value : value.substring(schemeEnd + 3);
        // The last @, because people write passwords that hold one.
        int at = rest.lastIndexOf('@');
        Optional<Login> login = at < 0 ? Optional.empty() : Optional.of(login(variable, rest.substring(0, at)));
        try {
            URI uri = new URI("http://" + rest.substring(at + 1));
            String path = uri.getRawPath();
            if (uri.getHost() == null
                    || uri.getPort() > 65535
                    || uri.getPort() == 0
                    || !(path.isEmpty() || path.equals("/"))) {
                throw refused(variable);
            }
            return new Proxy(protocol, uri.getHost(), uri.getPort() > 0 ? uri.getPort() : protocol.port, login);
        } catch (URISyntaxException e) {
            throw refused(variable);
        }
    }

    private static Login login(String variable, String text) {
        int colon = text.indexOf(':');
        String user = decoded(colon < 0 ? text : text.substring(0, colon));
        String password = colon < 0 ? "" : decoded(text.substring(colon + 1));
        if ((user + password).chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw refused(variable);
        }
        return new Login(user, password.isEmpty() ? Optional.empty() : Optional.of(Secret.of(password)));
    }

    private static String decoded(String text) {
        try {
            // A plus is a plus here, unlike in a form.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static FailureException refused(String variable) {
        return Failure.usage(
                variable + " is not the address of an http or SOCKS 5 proxy",
                "give it the form http://[user:password@]host:port or socks5h://[user:password@]host:port");
    }
}
