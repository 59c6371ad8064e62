package dev.ast.oauth;

import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;

/** The device access token request (RFC 8628 section 3.4), which Spring Security's client does not have. */
final class OAuth2DeviceGrantRequest extends AbstractOAuth2AuthorizationGrantRequest {
    private final OAuth2DeviceCode deviceCode;

    OAuth2DeviceGrantRequest(ClientRegistration registration, OAuth2DeviceCode deviceCode) {
        super(AuthorizationGrantType.DEVICE_CODE, registration);
        this.deviceCode = deviceCode;
    }

    OAuth2DeviceCode deviceCode() {
        return deviceCode;
    }
}
