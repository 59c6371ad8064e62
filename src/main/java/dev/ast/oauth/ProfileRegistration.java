package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/** A profile's client as Spring Security's {@link ClientRegistration}, and back. The registration's id is the profile. */
record ProfileRegistration(ProfileName profile, ServerOrigin server, URI tokenUri, Optional<Duration> assumedLife) {
    private static final String SERVER = "dev.ast.server";
    private static final String ASSUMED_LIFE = "dev.ast.assumed-life";

    /**
     * A public client (RFC 6749 section 2.1) of the device grant. Spring Security would deduce a confidential one.
     *
     * @throws dev.ast.domain.FailureException (unreachable) when the server has no token endpoint
     */
    static ClientRegistration registration(OAuthClient client, Endpoints endpoints) {
        ClientRegistration.Builder builder = ClientRegistration.withRegistrationId(
                        client.profile().value())
                .clientId(client.clientId())
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                .scope(client.scopes())
                .tokenUri(endpoints
                        .token()
                        .orElseThrow(() -> Failure.unreachable(
                                "the authorization server of " + client.profile() + " has no token endpoint",
                                "check the issuer"))
                        .toString())
                .providerConfigurationMetadata(metadata(client));
        client.issuer().ifPresent(issuer -> builder.issuerUri(issuer.toString()));
        endpoints.jwkSet().ifPresent(uri -> builder.jwkSetUri(uri.toString()));
        endpoints.userInfo().ifPresent(uri -> builder.userInfoUri(uri.toString()));
        endpoints.authorization().ifPresent(uri -> builder.authorizationUri(uri.toString()));
        return builder.build();
    }

    /** The registration of tokens at rest: it names only where they came from, and is made without a request. */
    static ClientRegistration ofIssuer(ProfileName profile, TokenSet tokens) {
        return ClientRegistration.withRegistrationId(profile.value())
                .clientId("")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .tokenUri(tokens.endpoint()
                        .map(URI::toString)
                        .orElse(tokens.authority().toString()))
                .build();
    }

    private static Map<String, Object> metadata(OAuthClient client) {
        Map<String, Object> metadata =
                new HashMap<>(Map.of(SERVER, client.server().toString()));
        client.assumedLife().ifPresent(life -> metadata.put(ASSUMED_LIFE, life.toString()));
        return metadata;
    }

    static ProfileRegistration of(ClientRegistration registration) {
        return new ProfileRegistration(
                new ProfileName(registration.getRegistrationId()),
                ServerOrigin.parse(String.valueOf(registration
                        .getProviderDetails()
                        .getConfigurationMetadata()
                        .get(SERVER))),
                URI.create(registration.getProviderDetails().getTokenUri()),
                Optional.ofNullable(registration
                                .getProviderDetails()
                                .getConfigurationMetadata()
                                .get(ASSUMED_LIFE))
                        .map(life -> Duration.parse(life.toString())));
    }

    /** The scopes as one parameter, in the order of the configuration. */
    static String scope(List<String> scopes) {
        return String.join(" ", scopes);
    }
}
