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
import java.util.Locale;
import java.util.Optional;

/**
 * Which proxy leads to a server: {@code HTTPS_PROXY}, else {@code ALL_PROXY}, unless {@code NO_PROXY} names the server;
 * the lower-case variables come first, as elsewhere. {@code HTTP_PROXY} is for plain http only, which is used with
 * loopback only, and loopback is never proxied; so it has no effect, and a web server's {@code HTTP_PROXY} that a
 * request header can set ("httpoxy") has none either.
 */
final class ProxyRules {
    private final Environment environment;

    ProxyRules(Environment environment) {
        this.environment = environment;
    }

    /**
     * A proxy.
     *
     * @param tls whether the proxy itself is spoken to in TLS
     * @param login user and password, where the address has them
     */
    record Proxy(boolean tls, String host, int port, Optional<Login> login) {
        @Override
        public String toString() {
            return (tls ? "https://" : "") + host + ":" + port;
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
     * @throws FailureException (usage) when the variable does not hold the address of an http proxy; its value is not named
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
        String scheme = schemeEnd < 0 ? "http" : value.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(variable);
        }
        String rest = schemeEnd < 0 ? value : value.substring(schemeEnd + 3);
        // The last @, because people write passwords that hold one.
        int at = rest.lastIndexOf('@');
        Optional<Login> login = at < 0 ? Optional.empty() : Optional.of(login(variable, rest.substring(0, at)));
        try {
            URI uri = new URI(scheme + "://" + rest.substring(at + 1));
            String path = uri.getRawPath();
            if (uri.getHost() == null
                    || uri.getPort() > 65535
                    || uri.getPort() == 0
                    || !(path.isEmpty() || path.equals("/"))) {
                throw refused(variable);
            }
            boolean tls = scheme.equals("https");
            return new Proxy(tls, uri.getHost(), uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80, login);
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
                variable + " is not the address of an http proxy", "give it the form http://[user:password@]host:port");
    }
}
