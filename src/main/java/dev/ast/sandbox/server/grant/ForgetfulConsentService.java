package dev.ast.sandbox.server.grant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;

/**
 * Remembers no consent, so that every sign-in asks. With a remembered one, Spring Authorization Server approves a
 * device code as soon as it is typed, and a later "Deny" may still grant the scopes of the earlier "Allow".
 */
public final class ForgetfulConsentService implements OAuth2AuthorizationConsentService {

    @Override
    public void save(OAuth2AuthorizationConsent consent) {
        // Forgotten on purpose.
    }

    @Override
    public void remove(OAuth2AuthorizationConsent consent) {
        // There is never one.
    }

    @Override
    public @Nullable OAuth2AuthorizationConsent findById(String clientId, String principalName) {
        return null;
    }
}
