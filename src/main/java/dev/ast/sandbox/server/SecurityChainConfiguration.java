package dev.ast.sandbox.server;

import dev.ast.sandbox.server.grant.DemoUsers;
import dev.ast.sandbox.server.grant.DeviceAuthorizationGrant;
import dev.ast.sandbox.server.grant.DeviceTokenGrant;
import dev.ast.sandbox.server.grant.PollingLimit;
import dev.ast.sandbox.server.grant.PublicClientConverter;
import dev.ast.sandbox.server.grant.PublicClientProvider;
import dev.ast.sandbox.server.grant.RefreshGrant;
import dev.ast.sandbox.server.grant.UserInfoProvider;
import dev.ast.sandbox.server.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2DeviceAuthorizationResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2DeviceAuthorizationResponseHttpMessageConverter;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceAuthorizationRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceAuthorizationRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceCodeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/** Three filter chains: the OAuth endpoints, the protected API, and the pages. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityChainConfiguration {

    private static final String DEVICE_VERIFICATION = "/oauth2/device_verification";

    @Bean
    @Order(1)
    SecurityFilterChain oauthEndpoints(
            HttpSecurity http,
            SandboxOptions options,
            SandboxAddress address,
            RegisteredClientRepository clients,
            OAuth2AuthorizationService authorizations,
            DemoUsers users,
            JwtGenerator jwts,
            InstantSource clock) {
        var server = new OAuth2AuthorizationServerConfigurer();
        var limit = new PollingLimit(options.interval(), clock);
        http.securityMatcher(server.getEndpointsMatcher())
                .with(
                        server,
                        configurer -> configurer
                                .clientAuthentication(
                                        client -> client.authenticationConverter(new PublicClientConverter())
                                                .authenticationProvider(new PublicClientProvider(clients)))
                                .authorizationEndpoint(authorization -> authorization.consentPage("/consent"))
                                .deviceAuthorizationEndpoint(device -> device.authenticationProviders(replace(
                                                OAuth2DeviceAuthorizationRequestAuthenticationProvider.class,
                                                provider -> new DeviceAuthorizationGrant(provider, authorizations)))
                                        .deviceAuthorizationResponseHandler((request, response, answer) ->
                                                writeDeviceAuthorization(options, address, response, answer)))
                                .deviceVerificationEndpoint(verification -> verification
                                        .consentPage("/consent")
                                        .deviceVerificationResponseHandler(
                                                (request, response, done) -> response.sendRedirect("/device/allowed"))
                                        .errorResponseHandler(SecurityChainConfiguration::afterRefusal))
                                .tokenEndpoint(token -> token.authenticationProviders(
                                        SecurityChainConfiguration.<OAuth2DeviceCodeAuthenticationProvider>replace(
                                                        OAuth2DeviceCodeAuthenticationProvider.class,
                                                        provider -> new DeviceTokenGrant(
                                                                provider, authorizations, jwts, limit))
                                                .andThen(replace(
                                                        OAuth2RefreshTokenAuthenticationProvider.class,
                                                        RefreshGrant::new))))
                                .authorizationServerMetadataEndpoint(
                                        metadata -> metadata.authorizationServerMetadataCustomizer(
                                                all -> all.claims(claims -> describe(claims, address))))
                                .oidc(oidc -> oidc.userInfoEndpoint(
                                                userInfo -> userInfo.authenticationProviders(providers -> {
                                                    providers.clear();
                                                    providers.add(new UserInfoProvider(authorizations, users));
                                                }))
                                        .providerConfigurationEndpoint(
                                                metadata -> metadata.providerConfigurationCustomizer(
                                                        all -> all.claims(claims -> describe(claims, address))))));
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                // For userinfo.
                .oauth2ResourceServer(resource ->
                        resource.jwt(Customizer.withDefaults()).dPoP(Customizer.withDefaults()))
                .exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint("/login"),
                        new OrRequestMatcher(
                                PathPatternRequestMatcher.pathPattern("/oauth2/authorize"),
                                PathPatternRequestMatcher.pathPattern(DEVICE_VERIFICATION))))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http) {
        return http.securityMatcher("/api/**", "/.well-known/oauth-protected-resource")
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/v1/forbidden")
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())
                        .dPoP(Customizer.withDefaults()))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain pages(HttpSecurity http, DemoUsers users) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/consent")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .userDetailsService(users)
                .formLogin(login -> login.loginPage("/login").failureUrl("/login?failed"))
                .logout(logout -> logout.logoutSuccessUrl("/"))
                // The approval endpoint is not a form: its secret travels in a header, which another site cannot set.
                .csrf(csrf -> csrf.ignoringRequestMatchers("/sandbox/approve"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(Page.POLICY))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    private static void writeDeviceAuthorization(
            SandboxOptions options, SandboxAddress address, HttpServletResponse response, Authentication answer)
            throws IOException {
        var granted = (OAuth2DeviceAuthorizationRequestAuthenticationToken) answer;
        var deviceCode = granted.getDeviceCode();
        var userCode = granted.getUserCode();
        if (deviceCode == null || userCode == null) {
            throw new IllegalStateException("a device authorization without codes");
        }
        String page = address.issuer() + "/device";
        new OAuth2DeviceAuthorizationResponseHttpMessageConverter()
                .write(
                        OAuth2DeviceAuthorizationResponse.with(deviceCode, userCode)
                                .verificationUri(page)
                                .verificationUriComplete(page + "?user_code=" + userCode.getTokenValue())
                                // Spring Authorization Server never sends it.
                                .interval(options.interval().toSeconds())
                                .build(),
                        MediaType.APPLICATION_JSON,
                        new ServletServerHttpResponse(response));
    }

    private static void afterRefusal(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        boolean denied = failure instanceof OAuth2AuthenticationException oauth
                && OAuth2ErrorCodes.ACCESS_DENIED.equals(oauth.getError().getErrorCode());
        response.sendRedirect(denied ? "/device/denied" : "/device?unknown");
    }

    /** Publishes what this server offers, instead of all that Spring Authorization Server could. */
    private static void describe(Map<String, Object> metadata, SandboxAddress address) {
        metadata.put("scopes_supported", Scopes.ALL);
        metadata.put(
                "grant_types_supported",
                List.of(
                        AuthorizationGrantType.AUTHORIZATION_CODE.getValue(),
                        AuthorizationGrantType.DEVICE_CODE.getValue(),
                        AuthorizationGrantType.REFRESH_TOKEN.getValue()));
        metadata.put("device_authorization_endpoint", address.issuer() + "/oauth2/device_authorization");
        metadata.put("userinfo_endpoint", address.issuer() + "/userinfo");
        metadata.put("token_endpoint_auth_methods_supported", List.of("none"));
        metadata.put("revocation_endpoint_auth_methods_supported", List.of("none"));
        metadata.put("introspection_endpoint_auth_methods_supported", List.of("none"));
        metadata.remove("tls_client_certificate_bound_access_tokens");
        metadata.remove("end_session_endpoint");
    }

    private static <P extends AuthenticationProvider> Consumer<List<AuthenticationProvider>> replace(
            Class<P> type, Function<P, AuthenticationProvider> replacement) {
        return providers -> providers.replaceAll(
                provider -> type.isInstance(provider) ? replacement.apply(type.cast(provider)) : provider);
    }
}
