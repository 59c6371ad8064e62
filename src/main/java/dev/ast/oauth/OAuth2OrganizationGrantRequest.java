package dev.ast.oauth;

import dev.ast.domain.Secret;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/** A refresh request (RFC 6749 section 6) for the access token of one organization, as WorkOS knows it. */
final class OAuth2OrganizationGrantRequest extends AbstractOAuth2AuthorizationGrantRequest {
    private final Secret refresh;
    private final String organization;

    OAuth2OrganizationGrantRequest(ClientRegistration registration, Secret refresh, String organization) {
        super(AuthorizationGrantType.REFRESH_TOKEN, registration);
        this.refresh = refresh;
        this.organization = organization;
    }

    Secret refresh() {
        return refresh;
    }

    String organization() {
        return organization;
    }
}
