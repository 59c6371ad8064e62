package dev.ast.config;

import dev.ast.domain.ServerOrigin;
import dev.ast.oauth.Endpoints;
import dev.ast.provider.Manner;
import dev.ast.provider.Provider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * A provider as it is written under {@code ast.providers.ID}; names as Spring Boot's OAuth2 client properties where
 * those exist.
 */
record ProviderSettings(
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
        @Nullable Integer redirectPort,
        @Nullable String api,
        @Nullable String assumedLifetime,
        @Nullable Boolean claimsName,
        @Nullable List<String> serverVariables) {

    Provider provider(String id) {
        return new Provider(
                id,
                text(title).orElse(id),
                text(server).map(ServerOrigin::parse),
                address(issuerUri),
                new Endpoints(
                        address(deviceAuthorizationUri),
                        address(authorizationUri),
                        address(tokenUri),
                        address(revocationUri),
                        address(userInfoUri),
                        address(jwkSetUri)),
                text(clientId),
                list(scope),
                parameters == null ? Map.of() : parameters,
                list(tokenVariables),
                list(verificationHosts),
                text(identityPath),
                manner());
    }

    private Manner manner() {
        return new Manner(
                text(api),
                text(signIn).filter("browser"::equals).isPresent(),
                redirectPort == null ? 0 : redirectPort,
                text(assumedLifetime).map(DurationStyle::detectAndParse),
                Boolean.TRUE.equals(claimsName),
                list(serverVariables));
    }

    private static Optional<URI> address(@Nullable String value) {
        Optional<URI> address = text(value).map(URI::create);
        // Only the scheme and host are looked at; plain http is for loopback here too.
        address.ifPresent(ServerOrigin::of);
        return address;
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    private static List<String> list(@Nullable List<String> value) {
        return value == null ? List.of() : value;
    }
}
