package dev.ast.sandbox.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.ast.sandbox.server.grant.DemoUsers;
import dev.ast.sandbox.server.grant.DeviceDecisions;
import dev.ast.sandbox.server.grant.ForgetfulConsentService;
import dev.ast.sandbox.server.grant.LiveTokenValidator;
import dev.ast.sandbox.server.grant.ReuseDetectingAuthorizationService;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/** The authorization server's parts: its one client, its people, its keys and what it remembers. */
@Configuration(proxyBeanMethods = false)
@Import(SecurityChainConfiguration.class)
class AuthorizationServerConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    DemoUsers users() {
        return new DemoUsers();
    }

    @Bean
    RegisteredClientRepository clients(SandboxOptions options) {
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId(SandboxServer.CLIENT_ID)
                .clientId(SandboxServer.CLIENT_ID)
                .clientName("ast")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                // RFC 8252 7.3: the port of a loopback address is free.
                .redirectUri("http://127.0.0.1/callback")
                .redirectUri("http://127.0.0.1/")
                .redirectUri("http://127.0.0.1")
                .scopes(scopes -> scopes.addAll(Scopes.ALL))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(true)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(options.accessTokenLifetime())
                        .refreshTokenTimeToLive(options.refreshTokenLifetime())
                        .deviceCodeTimeToLive(options.deviceCodeLifetime())
                        .reuseRefreshTokens(false)
                        .build())
                .build());
    }

    @Bean
    AuthorizationServerSettings settings(SandboxAddress address) {
        return AuthorizationServerSettings.builder().issuer(address.issuer()).build();
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new ReuseDetectingAuthorizationService();
    }

    @Bean
    OAuth2AuthorizationConsentService consents() {
        return new ForgetfulConsentService();
    }

    @Bean
    DeviceDecisions deviceDecisions(OAuth2AuthorizationService authorizations, DemoUsers users, InstantSource clock) {
        return new DeviceDecisions(authorizations, users, clock);
    }

    @Bean
    JWKSource<SecurityContext> keys() {
        // Made while the rest starts: it takes a noticeable part of a second.
        CompletableFuture<JWKSet> keys = CompletableFuture.supplyAsync(AuthorizationServerConfiguration::newKeys);
        return (selector, context) -> selector.select(keys.join());
    }

    private static JWKSet newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .keyID(UUID.randomUUID().toString())
                    .build());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Bean
    JwtGenerator jwts(JWKSource<SecurityContext> keys, DemoUsers users) {
        JwtGenerator generator = new JwtGenerator(new NimbusJwtEncoder(keys));
        generator.setJwtCustomizer(context -> {
            Authentication user = context.getPrincipal();
            if (user != null && !OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
                var claims = users.claims(user.getName(), context.getAuthorizedScopes());
                context.getClaims().claims(all -> all.putAll(claims));
            }
            // RFC 9449 section 6.1; a generator of one's own has none of Spring's own customizers.
            Jwt proof = context.get(OAuth2TokenContext.DPOP_PROOF_KEY);
            if (proof != null && OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
                context.getClaims().claim("cnf", Map.of("jkt", thumbprint(proof)));
            }
        });
        return generator;
    }

    @SuppressWarnings("unchecked") // JSON
    private static String thumbprint(Jwt proof) {
        try {
            return JWK.parse((Map<String, Object>) proof.getHeaders().get("jwk"))
                    .computeThumbprint()
                    .toString();
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e); // the proof was checked by this key
        }
    }

    // Primary over the generator above, or Spring Authorization Server would silently use one of its own.
    @Bean
    @Primary
    OAuth2TokenGenerator<OAuth2Token> tokens(JwtGenerator jwts, InstantSource clock) {
        var values = new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), 48);
        // Spring's own generator gives a public client no refresh token in the code grant.
        OAuth2TokenGenerator<OAuth2RefreshToken> refreshTokens = context -> {
            if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
                return null;
            }
            var now = clock.instant();
            var lifetime = context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive();
            return new OAuth2RefreshToken(values.generateKey(), now, now.plus(lifetime));
        };
        return new DelegatingOAuth2TokenGenerator(jwts, refreshTokens);
    }

    @Bean
    JwtDecoder accessTokens(
            JWKSource<SecurityContext> keys, OAuth2AuthorizationService authorizations, SandboxAddress address) {
        NimbusJwtDecoder decoder = (NimbusJwtDecoder) OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(address.issuer()), new LiveTokenValidator(authorizations)));
        return decoder;
    }
}
