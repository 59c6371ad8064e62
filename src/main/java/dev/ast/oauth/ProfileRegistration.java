package dev.ast.oauth;

import dev.ast.domain.ClientAuthentication;
import dev.ast.domain.ClientMethod;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * A profile's client as Spring Security's {@link ClientRegistration}, and back. The registration's id is the profile.
 *
 * @param signing the algorithms in which the server lets its clients sign
 */
record ProfileRegistration(OAuthClient client, URI tokenUri, ClientMethod method, List<String> signing) {
    private static final String CLIENT = "dev.ast.client";
    private static final String SIGNING = "dev.ast.signing";

    /** The server that tokens are for. */
    ServerOrigin server() {
        return client.server();
    }

    /** The lifetime of an access token that does not say it. */
    Optional<Duration> assumedLife() {
        return client.assumedLife();
    }

    /**
     * The client of the device grant. How it shows who it is, Spring Security would deduce otherwise.
     *
     * @throws dev.ast.domain.FailureException (unreachable) when the server has no token endpoint
     */
    static ClientRegistration registration(OAuthClient client, Endpoints endpoints) {
        ClientMethod method = client.options().methodAt(endpoints.capabilities());
        ClientRegistration.Builder builder = ClientRegistration.withRegistrationId(
                        client.profile().value())
                .clientId(client.clientId())
                .clientAuthenticationMethod(new ClientAuthenticationMethod(method.word()))
                .authorizationGrantType(grant(client.options()))
                .scope(client.scopes())
                .tokenUri(endpoints
                        .token()
                        .orElseThrow(() -> Failure.unreachable(
                                "the authorization server of " + client.profile() + " has no token endpoint",
                                "check the issuer"))
                        .toString())
                .providerConfigurationMetadata(
                        Map.of(CLIENT, client, SIGNING, endpoints.capabilities().signing()));
        if (method.bySecret()) {
            client.options().anySecret().ifPresent(secret -> builder.clientSecret(secret.reveal()));
        }
        client.issuer().ifPresent(issuer -> builder.issuerUri(issuer.toString()));
        endpoints.jwkSet().ifPresent(uri -> builder.jwkSetUri(uri.toString()));
        endpoints.userInfo().ifPresent(uri -> builder.userInfoUri(uri.toString()));
        endpoints.authorization().ifPresent(uri -> builder.authorizationUri(uri.toString()));
        return builder.build();
    }

    private static AuthorizationGrantType grant(ClientOptions options) {
        if (options.workload().isUsed()) {
            return WorkloadGrantRequest.type(options.workload());
        }
        return options.ofClient() ? AuthorizationGrantType.CLIENT_CREDENTIALS : AuthorizationGrantType.DEVICE_CODE;
    }

    /** Whether the tokens of a registration are had by that of a machine. */
    static boolean isOfWorkload(ClientRegistration registration) {
        return registration.getProviderDetails().getConfigurationMetadata().get(CLIENT) instanceof OAuthClient client
                && client.options().workload().isUsed();
    }

    /** Whether the tokens of a registration are had without a user. */
    static boolean isWithoutUser(ClientRegistration registration) {
        return isOfWorkload(registration)
                || AuthorizationGrantType.CLIENT_CREDENTIALS.equals(registration.getAuthorizationGrantType());
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

    /** What {@link #registration} has put there. */
    static ProfileRegistration of(ClientRegistration registration) {
        Map<String, Object> more = registration.getProviderDetails().getConfigurationMetadata();
        if (more.get(CLIENT) instanceof OAuthClient client && more.get(SIGNING) instanceof List<?> signing) {
            return new ProfileRegistration(
                    client,
                    URI.create(registration.getProviderDetails().getTokenUri()),
                    method(registration),
                    signing.stream().map(Object::toString).toList());
        }
        throw new IllegalArgumentException("not a registration of a profile");
    }

    /** How the client of a registration shows who it is. */
    static ClientMethod method(ClientRegistration registration) {
        return ClientMethod.require(registration.getClientAuthenticationMethod().getValue());
    }

    /** What is kept with the tokens so that the client can show who it is again; nothing for a public client. */
    Optional<ClientAuthentication> kept() {
        boolean renews =
                client.options().ofClient() || client.options().workload().isUsed();
        return method == ClientMethod.NONE && !renews
                ? Optional.empty()
                : Optional.of(new ClientAuthentication(
                        method, method.bySecret() ? client.options().secret() : Optional.empty(), renews));
    }

    /** The scopes as one parameter, in the order of the configuration. */
    static String scope(List<String> scopes) {
        return String.join(" ", scopes);
    }
}
