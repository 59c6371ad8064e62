package dev.ast.oauth;

import dev.ast.domain.Secret;
import dev.ast.domain.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * Exchanges the token of a machine. Spring Security's own requests for token exchange (RFC 8693) and JWT bearer
 * (RFC 7523 section 2.1) want a decoded JWT, and know no id_token and no foreign client assertion.
 */
final class WorkloadGrantRequest extends AbstractOAuth2AuthorizationGrantRequest {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Workload workload;
    private final Secret token;

    WorkloadGrantRequest(ClientRegistration registration, Workload workload, Secret token) {
        super(type(workload), registration);
        this.workload = workload;
        this.token = token;
    }

    /** The grant of a registration. */
    static AuthorizationGrantType type(Workload workload) {
        return switch (workload.grantOrDefault()) {
            case TOKEN_EXCHANGE -> AuthorizationGrantType.TOKEN_EXCHANGE;
            case JWT_BEARER -> AuthorizationGrantType.JWT_BEARER;
            case CLIENT_ASSERTION -> AuthorizationGrantType.CLIENT_CREDENTIALS;
        };
    }

    /** The parameters of the grant, beside its type. */
    Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        switch (workload.grantOrDefault()) {
            case TOKEN_EXCHANGE -> {
                all.put(OAuth2ParameterNames.SUBJECT_TOKEN, token.reveal());
                all.put(
                        OAuth2ParameterNames.SUBJECT_TOKEN_TYPE,
                        workload.type().orElse(Workload.TokenType.JWT).urn());
                all.put(OAuth2ParameterNames.REQUESTED_TOKEN_TYPE, Workload.TokenType.ACCESS_TOKEN.urn());
            }
            case JWT_BEARER -> all.put(OAuth2ParameterNames.ASSERTION, token.reveal());
            case CLIENT_ASSERTION -> {
                all.put(OAuth2ParameterNames.CLIENT_ASSERTION_TYPE, ASSERTION_TYPE);
                all.put(OAuth2ParameterNames.CLIENT_ASSERTION, token.reveal());
            }
        }
        if (!getClientRegistration().getScopes().isEmpty()) {
            all.put(
                    OAuth2ParameterNames.SCOPE,
                    String.join(" ", getClientRegistration().getScopes()));
        }
        return all;
    }
}
