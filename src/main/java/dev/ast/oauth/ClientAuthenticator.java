package dev.ast.oauth;

import dev.ast.domain.ClientMethod;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.http.HttpCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestParametersConverter;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.util.MultiValueMap;

/**
 * Adds to a request what shows the authorization server who the client is (RFC 6749 section 2.3, RFC 7523 section 2.2,
 * RFC 8705 section 2), in the same way at its token, device authorization, revocation and PAR endpoints. The parameters
 * are those of Spring Security's converters, which are made for the token endpoint.
 */
final class ClientAuthenticator {
    private final ClientKeys keys;

    ClientAuthenticator(ClientKeys keys) {
        this.keys = keys;
    }

    /** Stands for a request to another endpoint than that for tokens. */
    private static final class OtherRequest extends AbstractOAuth2AuthorizationGrantRequest {
        OtherRequest(ClientRegistration registration) {
            super(AuthorizationGrantType.CLIENT_CREDENTIALS, registration);
        }
    }

    /**
     * A request with these fields to another endpoint than that for tokens.
     *
     * @throws FailureException (usage) when the secret, key or certificate is missing or cannot be used
     */
    HttpCall at(HttpCall call, ClientRegistration registration, List<Map.Entry<String, String>> fields) {
        return at(call, new OtherRequest(registration), fields);
    }

    /** The same for a request to the token endpoint, which has the fields of its grant too. */
    <T extends AbstractOAuth2AuthorizationGrantRequest> HttpCall at(
            HttpCall call, T request, List<Map.Entry<String, String>> more) {
        ClientRegistration registration = request.getClientRegistration();
        OAuthClient client = ProfileRegistration.of(registration).client();
        ClientMethod method = ProfileRegistration.method(registration);
        if (method.bySecret() && registration.getClientSecret().isEmpty()) {
            throw lacking(client, "its secret", "--client-secret @FILE");
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        add(new DefaultOAuth2TokenRequestParametersConverter<T>().convert(request), fields);
        if (method == ClientMethod.PRIVATE_KEY_JWT) {
            add(assertion(client, request), fields);
        }
        if (request instanceof OtherRequest) {
            fields.removeIf(field -> field.getKey().equals(OAuth2ParameterNames.GRANT_TYPE));
        }
        fields.addAll(more);
        HttpCall sent = call.form(fields);
        // Only here, because the converter takes 7 ms at its first use, for the tables of its formats of dates.
        if (method == ClientMethod.CLIENT_SECRET_BASIC) {
            HttpHeaders headers = new DefaultOAuth2TokenRequestHeadersConverter<T>().convert(request);
            String authorization = headers == null ? null : headers.getFirst(HttpHeaders.AUTHORIZATION);
            sent = sent.header(HttpHeaders.AUTHORIZATION, Objects.requireNonNull(authorization));
        }
        return method.byCertificate()
                ? sent.by(keys.certificate(file(client.options().certificate(), client, "--client-cert FILE")))
                : sent;
    }

    private static void add(@Nullable MultiValueMap<String, String> from, List<Map.Entry<String, String>> fields) {
        if (from != null) {
            from.forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
        }
    }

    private <T extends AbstractOAuth2AuthorizationGrantRequest> @Nullable MultiValueMap<String, String> assertion(
            OAuthClient client, T request) {
        Path file = file(client.options().key(), client, "--client-key FILE");
        List<String> algorithms =
                ProfileRegistration.of(request.getClientRegistration()).signing();
        ClientKeys.KeyFile read = keys.key(file);
        try {
            return new NimbusJwtClientAuthenticationParametersConverter<T>(
                            any -> ClientSigningKey.of(read, file, algorithms))
                    .convert(request);
        } catch (OAuth2AuthorizationException | JwtException e) {
            throw ClientSigningKey.unusable(file);
        }
    }

    private static Path file(Optional<Path> file, OAuthClient client, String option) {
        return file.orElseThrow(() -> lacking(client, "a file", option));
    }

    private static FailureException lacking(OAuthClient client, String what, String option) {
        return Failure.usage(
                "the client " + client.clientId() + " of " + client.profile() + " needs " + what,
                client.profile().loginCommand() + " " + option);
    }
}
