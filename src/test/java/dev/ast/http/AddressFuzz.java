package dev.ast.http;

import static dev.ast.support.Fuzzed.require;

import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.support.Fuzzed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Addresses of servers and proxies: an accepted one has exactly one origin, the one that a request goes to. */
public final class AddressFuzz {
    private static final List<ServerOrigin> SERVERS = List.of(
            ServerOrigin.parse("https://api.example.com"),
            ServerOrigin.parse("https://10.1.2.3:8443"),
            ServerOrigin.parse("https://[2001:db8::1]"));

    private AddressFuzz() {}

    /** One input: an address of a server, of a proxy, and a list of exceptions. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = Fuzzed.text(input);
        Fuzzed.reading(() -> ServerOrigin.parse(text)).ifPresent(origin -> server(text, origin));
        if (!text.contains(Fuzzed.CANARY)) {
            String user = "https://user:" + Fuzzed.CANARY + "@";
            Fuzzed.readingSecret(() -> ServerOrigin.parse(user + text));
            Fuzzed.readingSecret(() -> proxy(user + text));
        }
        Fuzzed.reading(() -> proxy(text));
        NoProxy exceptions = NoProxy.parse(text);
        for (ServerOrigin server : SERVERS) {
            exceptions.matches(server);
        }
    }

    private static String proxy(String text) {
        String shown = new ProxyRules(Environment.of(Map.of("HTTPS_PROXY", text)))
                .proxyFor(SERVERS.get(0))
                .map(ProxyRules.Proxy::toString)
                .orElse("");
        require(!shown.contains(Fuzzed.CANARY) || !text.startsWith("https://user:"), "a proxy shows its login");
        return shown;
    }

    private static void server(String text, ServerOrigin origin) {
        require(ServerOrigin.parse(origin.toString()).equals(origin), "an origin reads back as another one");
        URI place = origin.resolve("/a?b=c");
        require(ServerOrigin.of(place).equals(origin), "an address of an origin has another one");
        require(HttpCall.get(place).origin().equals(origin), "a request goes to another origin");
        require(
                origin.host().chars().allMatch(c -> c > 0x20 && c < 0x7f && "/\\@?#%".indexOf(c) < 0),
                "the host has a delimiter in it");
        require(origin.scheme().equals("https") || origin.isLoopback(), "plain http to another machine");
        host(text).ifPresent(host -> require(host.equals(origin.host()), "java.net.URI sees host " + host));
    }

    private static Optional<String> host(String text) {
        try {
            return Optional.ofNullable(new URI(text.strip()).getHost()).map(host -> host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return Optional.empty(); // a name that is not ASCII
        }
    }
}
