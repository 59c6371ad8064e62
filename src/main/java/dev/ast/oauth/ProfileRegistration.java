package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/** A profile's client as Spring Security's {@link ClientRegistration}, and back. The registration's id is the profile. */
record ProfileRegistration(ProfileName profile, ServerOrigin server, URI tokenUri) {
    private static final String SERVER = "dev.ast.server";

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
                .providerConfigurationMetadata(Map.of(SERVER, client.server().toString()));
        client.issuer().ifPresent(issuer -> builder.issuerUri(issuer.toString()));
        endpoints.jwkSet().ifPresent(uri -> builder.jwkSetUri(uri.toString()));
        endpoints.userInfo().ifPresent(uri -> builder.userInfoUri(uri.toString()));
        endpoints.authorization().ifPresent(uri -> builder.authorizationUri(uri.toString()));
        return builder.build();
    }

    static ProfileRegistration of(ClientRegistration registration) {
        return new ProfileRegistration(
                new ProfileName(registration.getRegistrationId()),
                ServerOrigin.parse(String.valueOf(registration
                        .getProviderDetails()
                        .getConfigurationMetadata()
                        .get(SERVER))),
                URI.create(registration.getProviderDetails().getTokenUri()));
    }

    /** The scopes as one parameter, in the order of the configuration. */
    static String scope(List<String> scopes) {
        return String.join(" ", scopes);
    }
}
