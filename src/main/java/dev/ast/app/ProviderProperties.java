package dev.ast.app;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ServerOrigin;
import dev.ast.json.JsonObject;
import dev.ast.oauth.Endpoints;
import dev.ast.provider.IdentityNames;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider as it is written under {@code ast.providers.ID}; names as Spring Boot's OAuth2 client properties where
 * those exist.
 */
record ProviderProperties(
        @Nullable String title,
        @Nullable String server,
        @Nullable String issuerUri,
        @Nullable String deviceAuthorizationUri,
        @Nullable String authorizationUri,
        @Nullable String tokenUri,
        @Nullable String revocationUri,
        @Nullable String userInfoUri,
        @Nullable String jwkSetUri,
        @Nullable String clientId,
        @Nullable List<String> scope,
        @Nullable Map<String, String> parameters,
        @Nullable List<String> tokenVariables,
        @Nullable List<String> verificationHosts,
        @Nullable String identityPath,
        @Nullable String signIn,
        @Nullable String redirectUri,
        @Nullable Integer redirectPort,
        @Nullable String redirectHost,
        @Nullable String redirectPath,
        @Nullable String tokenPage,
        @Nullable List<String> issuerAliases,
        @Nullable String api,
        @Nullable Duration assumedLifetime,
        @Nullable Boolean claimsName,
        @Nullable List<String> serverVariables,
        @Nullable Boolean issuerFromServer,
        @Nullable String authorizationHeader,
        @Nullable String registry,
        @Nullable String registryUser,
        @Nullable String keyIdVariable,
        @Nullable String keySecretVariable,
        @Nullable String keyAudience,
        @Nullable String clientSecret,
        @Nullable String clientAuthenticationMethod,
        @Nullable String clientKey,
        @Nullable String clientCertificate,
        @Nullable String audience,
        @Nullable List<String> resource,
        @Nullable String loginHint,
        @Nullable String prompt,
        @Nullable String acrValues,
        @Nullable String organization,
        @Nullable List<String> trustedHosts,
        @Nullable List<String> endpointOrigins,
        @Nullable Boolean pushedAuthorization,
        @Nullable String pushedAuthorizationUri,
        @Nullable Boolean dpop,
        @Nullable String issuerTemplate,
        @Nullable String tenant,
        @Nullable String userNameAttribute,
        @Nullable Map<String, String> identity,
        @Nullable String workload,
        @Nullable String workloadGrant,
        @Nullable String workloadTokenType,
        @Nullable String workloadAudience) {

    private static final String DIGITS = "0123456789";
    private static final String HOST = DIGITS + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-{}";
    private static final RecordComponent[] COMPONENTS = ProviderProperties.class.getRecordComponents();

    /** The same as JSON: a member for each setting that is there. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        for (RecordComponent component : COMPONENTS) {
            try {
                Object value = component.getAccessor().invoke(this);
                if (value != null) {
                    json.put(component.getName(), value instanceof Duration time ? time.toMillis() : value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return json;
    }

    /** Reads what {@link #json} wrote; empty when it is something else. */
    static Optional<ProviderProperties> of(JsonObject json) {
        @Nullable Object[] values = new @Nullable Object[COMPONENTS.length];
        Class<?>[] types = new Class<?>[COMPONENTS.length];
        try {
            for (int i = 0; i < values.length; i++) {
                types[i] = COMPONENTS[i].getType();
                values[i] = read(json.get(COMPONENTS[i].getName()), types[i]);
            }
            return Optional.of(
                    ProviderProperties.class.getDeclaredConstructor(types).newInstance(values));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object read(@Nullable Object value, Class<?> type) {
        if (value instanceof Number number && type == Integer.class) {
            return number.intValue();
        }
        if (value instanceof Number number && type == Duration.class) {
            return Duration.ofMillis(number.longValue()); // a text would be read by a regular expression
        }
        Collection<?> within =
                value instanceof List<?> list ? list : value instanceof Map<?, ?> map ? map.values() : List.of();
        for (Object one : within) {
            if (!(one instanceof String)) {
                throw new IllegalArgumentException("not a text");
            }
        }
        return value;
    }

    /**
     * The provider as the program knows it.
     *
     * @throws dev.ast.domain.FailureException (usage) naming the key whose value cannot be used
     */
    Provider provider(String id) {
        return new Provider(
                id,
                text(title).orElse(id),
                value(id, "server", server, ServerOrigin::parse),
                address(id, "issuer-uri", issuerUri),
                new Endpoints(
                                endpoint(id, "device-authorization-uri", deviceAuthorizationUri),
                                endpoint(id, "authorization-uri", authorizationUri),
                                endpoint(id, "token-uri", tokenUri),
                                endpoint(id, "revocation-uri", revocationUri),
                                endpoint(id, "user-info-uri", userInfoUri),
                                endpoint(id, "jwk-set-uri", jwkSetUri))
                        .pushedTo(endpoint(id, "pushed-authorization-uri", pushedAuthorizationUri)),
                text(clientId),
                scopes(),
                ClientProperties.parameters(id, this),
                list(tokenVariables),
                list(verificationHosts),
                aliases(id),
                value(id, "identity-path", identityPath, ProviderProperties::path),
                options(id));
    }

    private PlatformOptions options(String id) {
        return new PlatformOptions(
                value(id, "api", api, word -> oneOf(word, Set.of("accounts", "astronomer", "houston", "seqera"))),
                value(id, "sign-in", signIn, ProviderProperties::signInWay).orElse(PlatformOptions.SignIn.DEVICE),
                ClientProperties.redirect(id, this),
                address(id, "token-page", tokenPage),
                Optional.ofNullable(assumedLifetime),
                Boolean.TRUE.equals(claimsName),
                list(serverVariables),
                Boolean.TRUE.equals(issuerFromServer),
                value(id, "authorization-header", authorizationHeader, word -> oneOf(word, Set.of("bearer", "bare")))
                        .filter("bare"::equals)
                        .isPresent(),
                value(id, "registry", registry, ProviderProperties::registryHost)
                        .map(pattern -> new PlatformOptions.Registry(
                                pattern, text(registryUser).orElse("token"))),
                keyPair(),
                text(tenant).map(name -> new PlatformOptions.Tenant(name, text(issuerTemplate))),
                ClientProperties.options(id, this),
                named(id, "identity", identity, names -> IdentityNames.of(text(userNameAttribute), names)));
    }

    static <T> T named(
            String id, String key, @Nullable Map<String, String> written, Function<Map<String, String>, T> reader) {
        try {
            return reader.apply(written == null ? Map.of() : written);
        } catch (IllegalArgumentException e) {
            throw bad(id, key, String.valueOf(e.getMessage()));
        }
    }

    // Without a regular expression, whose classes no other part of a short command needs.
    private static String registryHost(String text) {
        int colon = text.indexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "0" : text.substring(colon + 1);
        if (host.isEmpty() || !hasOnly(host, HOST) || port.isEmpty() || port.length() > 5 || !hasOnly(port, DIGITS)) {
            throw new IllegalArgumentException("a registry is a host, perhaps with a port");
        }
        return text;
    }

    private static boolean hasOnly(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private Optional<PlatformOptions.KeyPair> keyPair() {
        return text(keyIdVariable)
                .flatMap(name -> text(keySecretVariable)
                        .map(secret -> new PlatformOptions.KeyPair(
                                name, secret, text(keyAudience).orElse(""))));
    }

    static String oneOf(String word, Set<String> words) {
        if (!words.contains(word)) {
            throw new IllegalArgumentException("one of " + String.join(", ", new TreeSet<>(words)));
        }
        return word;
    }

    private static PlatformOptions.SignIn signInWay(String text) {
        String word = oneOf(text.toLowerCase(Locale.ROOT), Set.of("browser", "device", "password"));
        return PlatformOptions.SignIn.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String path(String text) {
        if (!text.startsWith("/") || text.startsWith("//")) {
            throw new IllegalArgumentException("a path begins with one slash");
        }
        return text;
    }

    // One that is only a path is of the server that a profile names.
    private static Optional<URI> endpoint(String id, String key, @Nullable String written) {
        return written != null && written.startsWith("/")
                ? value(id, key, written, text -> URI.create(path(text)))
                : address(id, key, written);
    }

    static Optional<URI> address(String id, String key, @Nullable String written) {
        Optional<URI> address = value(id, key, written, URI::create);
        // Only the scheme and host are looked at; plain http is for loopback here too.
        address.ifPresent(uri -> value(id, key, uri.toString(), text -> ServerOrigin.of(URI.create(text))));
        return address;
    }

    static <T> Optional<T> value(String id, String key, @Nullable String written, Function<String, T> reader) {
        try {
            return text(written).map(reader);
        } catch (FailureException | IllegalArgumentException e) {
            throw bad(id, key, String.valueOf(e.getMessage()));
        }
    }

    static FailureException bad(String id, String key, String why) {
        return Failure.usage(
                "the value of ast.providers." + id + "." + key + " cannot be used: " + why, "correct it in config.yml");
    }

    static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    private List<URI> aliases(String id) {
        List<URI> aliases = new ArrayList<>();
        list(issuerAliases)
                .forEach(alias -> address(id, "issuer-aliases", alias).ifPresent(aliases::add));
        return aliases;
    }

    // As one text, scopes are separated as in RFC 6749 section 3.3 and behind --scope; the binder splits at commas
    // only.
    private List<String> scopes() {
        List<String> scopes = new ArrayList<>();
        for (String text : list(scope)) {
            StringTokenizer words = new StringTokenizer(text);
            while (words.hasMoreTokens()) {
                scopes.add(words.nextToken());
            }
        }
        return scopes;
    }

    static List<String> list(@Nullable List<String> value) {
        return value == null ? List.of() : value;
    }
}
