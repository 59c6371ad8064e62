package dev.ast.app;

import static dev.ast.app.ProviderProperties.bad;
import static dev.ast.app.ProviderProperties.list;
import static dev.ast.app.ProviderProperties.oneOf;
import static dev.ast.app.ProviderProperties.text;
import static dev.ast.app.ProviderProperties.value;

import dev.ast.domain.ClientMethod;
import dev.ast.domain.Secret;
import dev.ast.domain.TrustedHost;
import dev.ast.domain.Workload;
import dev.ast.oauth.ClientOptions;
import dev.ast.provider.PlatformOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@link ProviderProperties} say about the client: who it is, what it asks for, where the browser comes back to. */
final class ClientProperties {
    private static final String AUDIENCE = "audience";
    private static final String RESOURCE = "resource";

    private ClientProperties() {}

    /** What goes into the requests that the user approves, beside audience and resource. */
    static Map<String, String> parameters(String id, ProviderProperties from) {
        Map<String, String> all =
                new TreeMap<>(ProviderProperties.named(id, "parameters", from.parameters(), OwnParameters::notIn));
        all.remove(AUDIENCE);
        all.remove(RESOURCE);
        put(all, "login_hint", from.loginHint());
        put(all, "prompt", from.prompt());
        put(all, "acr_values", from.acrValues());
        put(all, "organization", from.organization());
        return all;
    }

    private static Map<String, String> given(ProviderProperties from) {
        return from.parameters() == null ? Map.of() : from.parameters();
    }

    private static void put(Map<String, String> all, String name, @Nullable String value) {
        text(value).ifPresent(present -> all.put(name, present));
    }

    static ClientOptions options(String id, ProviderProperties from) {
        return new ClientOptions(
                value(id, "client-authentication-method", from.clientAuthenticationMethod(), ClientMethod::require),
                Optional.empty(),
                value(id, "client-secret", from.clientSecret(), Secret::of),
                value(id, "client-key", from.clientKey(), ClientProperties::file),
                value(id, "client-certificate", from.clientCertificate(), ClientProperties::file),
                text(from.audience()).or(() -> text(given(from).get(AUDIENCE))),
                resources(from),
                hosts(id, from),
                Optional.ofNullable(from.pushedAuthorization()),
                text(from.issuerTemplate()),
                false,
                Boolean.TRUE.equals(from.dpop()),
                Optional.empty(),
                workload(id, from));
    }

    private static Workload workload(String id, ProviderProperties from) {
        return new Workload(
                value(id, "workload", from.workload(), ClientProperties::source),
                value(id, "workload-grant", from.workloadGrant(), Workload.Grant::require),
                value(id, "workload-token-type", from.workloadTokenType(), Workload.TokenType::require),
                text(from.workloadAudience()));
    }

    private static Workload.Source source(String text) {
        Workload.Source source = Workload.Source.parse(text);
        if (source.kind() == Workload.Kind.FILE) {
            file(source.name());
        }
        return source;
    }

    // As a parameter it is one text, as in an address.
    private static List<String> resources(ProviderProperties from) {
        return from.resource() == null
                ? text(given(from).get(RESOURCE)).map(List::of).orElse(List.of())
                : from.resource();
    }

    private static List<TrustedHost> hosts(String id, ProviderProperties from) {
        List<TrustedHost> hosts = new ArrayList<>();
        list(from.trustedHosts())
                .forEach(host ->
                        value(id, "trusted-hosts", host, TrustedHost::parse).ifPresent(hosts::add));
        list(from.endpointOrigins())
                .forEach(host ->
                        value(id, "endpoint-origins", host, TrustedHost::parse).ifPresent(hosts::add));
        return hosts;
    }

    private static Path file(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("it is not an absolute path");
        }
        return path;
    }

    /** Where the browser comes back to: the whole address, or parts of the usual one. */
    static URI redirect(String id, ProviderProperties from) {
        if (from.redirectUri() == null
                && from.redirectHost() == null
                && from.redirectPort() == null
                && from.redirectPath() == null) {
            return PlatformOptions.ANY_PORT;
        }
        URI whole = value(id, "redirect-uri", from.redirectUri(), ClientProperties::loopback)
                .orElse(PlatformOptions.ANY_PORT);
        String host = value(
                        id, "redirect-host", from.redirectHost(), word -> oneOf(word, Set.of("localhost", "127.0.0.1")))
                .orElse(whole.getHost());
        Integer given = from.redirectPort();
        int port = given == null ? whole.getPort() : given;
        if (port < 0 || port > 65535) {
            throw bad(id, "redirect-port", "it is not a port");
        }
        String path = text(from.redirectPath()).orElse(whole.getRawPath());
        return value(id, "redirect-path", "http://" + host + ":" + port + path, ClientProperties::loopback)
                .orElseThrow();
    }

    private static URI loopback(String text) {
        if (!text.matches("http://(localhost|127\\.0\\.0\\.1):[0-9]{1,5}/[A-Za-z0-9._~/-]*")) {
            throw new IllegalArgumentException("it is an address such as http://127.0.0.1:12345/callback");
        }
        URI address = URI.create(text);
        if (address.getPort() > 65535) {
            throw new IllegalArgumentException("it has no port");
        }
        return address;
    }
}
