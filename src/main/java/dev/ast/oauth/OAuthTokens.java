package dev.ast.oauth;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.TokenSet;
import dev.ast.http.Http;
import dev.ast.http.TransportFailure;
import dev.ast.oauth.DevicePoller.Poll;
import dev.ast.profile.StoredSessions;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.DelegatingOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * Gets tokens: by device code, authorization code and refresh token, through one Spring Security manager that chains a
 * provider for each. Below it everything is Spring Security's model, above it the program's own words.
 */
public final class OAuthTokens {
    private final ServerMetadata metadata;
    private final ProfileClientRegistrationRepository registrations;
    private final TokenEndpoint endpoint;
    private final DeviceAuthorizationClient devices;
    private final StoredSessions sessions;
    private final TokenRepositoryAuthorizedClientService service;
    private final OAuth2AuthorizedClientManager manager;
    private final DevicePoller poller;
    private final OrganizationTokens organizations;
    private final TokenRevocationClient revocation;
    private final Function<ProfileName, OAuthClient> clients;

    /**
     * Wires the chain.
     *
     * @param clients how a profile is a client, asked at each use
     */
    public OAuthTokens(
            Http http,
            InstantSource clock,
            DevicePoller poller,
            StoredSessions sessions,
            Function<ProfileName, OAuthClient> clients) {
        this.clients = clients;
        this.revocation = new TokenRevocationClient(http);
        this.metadata = new ServerMetadata(http);
        this.registrations = new ProfileClientRegistrationRepository(clients, metadata);
        this.endpoint = new TokenEndpoint(http, clock);
        this.devices = new DeviceAuthorizationClient(http, clock);
        this.sessions = sessions;
        this.poller = poller;
        this.service = new TokenRepositoryAuthorizedClientService(registrations, sessions, endpoint);

        this.organizations = new OrganizationTokens(registrations, service, sessions, endpoint);
        OAuth2AuthorizedClientProvider chain = new DelegatingOAuth2AuthorizedClientProvider(List.of(
                new DeviceCodeOAuth2AuthorizedClientProvider(endpoint.<OAuth2DeviceGrantRequest>client(
                        request -> Map.of("device_code", request.deviceCode().getTokenValue()))),
                new CodeOAuth2AuthorizedClientProvider(
                        // Code, redirect address and verifier are Spring Security's own parameters of this grant.
                        endpoint.<OAuth2AuthorizationCodeGrantRequest>client(request -> Map.of())),
                new StaleTokenProvider(
                        endpoint.<OAuth2RefreshTokenGrantRequest>client(request -> Map.of(
                                "refresh_token", request.getRefreshToken().getTokenValue())),
                        service)));
        this.manager = new LockingAuthorizedClientManager(chain, registrations, service, sessions);
    }

    /**
     * Renewed tokens.
     *
     * @param unsaved why they could not be stored, if so; they are good all the same
     */
    public record Renewed(TokenSet tokens, Optional<Failure> unsaved) {}

    /** The addresses of a profile's authorization server. */
    public Endpoints endpoints(OAuthClient client) {
        return metadata.of(client);
    }

    /**
     * Renews the stored tokens of a profile if the rule still finds them stale once the lock is held.
     *
     * @return the stored tokens; empty when nobody is signed in
     * @throws FailureException (session_ended) when the server answers {@code invalid_grant}; (unreachable) when the
     *     outcome is unknown, in which case nothing is changed and nothing is sent twice
     */
    public Optional<Renewed> renew(ProfileName profile, StaleTokenProvider.Rule rule) {
        try (LockFiles.Held held = sessions.lock(profile)) {
            Optional<TokenSet> stored = sessions.tokens(profile);
            if (stored.isEmpty()
                    || !rule.stale(stored.get())
                    || stored.get().refresh().isEmpty()) {
                return stored.map(tokens -> new Renewed(tokens, Optional.empty()));
            }
            try {
                renewOnce(profile, rule, stored.get());
            } catch (FailureException e) {
                boolean absent = e.getCause() instanceof TokenEndpoint.Absent;
                if (!absent || !registrations.rediscover(profile, stored.get())) {
                    throw e;
                }
                renewOnce(profile, rule, stored.get());
            }
            return service.stored(profile).map(tokens -> new Renewed(tokens, service.takeUnsaved(profile)));
        } catch (SignedOutMeanwhile e) {
            throw revoked(profile, e.tokens());
        }
    }

    // Nobody else knows these tokens, so nobody else can revoke them.
    private FailureException revoked(ProfileName profile, TokenSet orphaned) {
        try {
            OAuthClient client = clients.apply(profile);
            revocation.revoke(client, metadata.of(client), orphaned);
        } catch (FailureException e) {
            // The profile has gone with its settings, or the server cannot be asked: they end by themselves.
        }
        return new Failure.NotSignedIn(profile).asException();
    }

    private void renewOnce(ProfileName profile, StaleTokenProvider.Rule rule, TokenSet stored) {
        try {
            manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(profile.value())
                    .principal(principal(profile))
                    .attribute(StaleTokenProvider.RULE, rule)
                    .build());
        } catch (OAuth2AuthorizationException e) {
            throw TokenEndpoint.refused(e, stored.authority());
        } catch (TokenEndpoint.Passing e) {
            throw e.failure();
        }
    }

    /**
     * Gets an access token for one organization if the rule still finds the stored tokens lacking a good one once the
     * lock is held; otherwise as {@link #renew}.
     *
     * @param organization the authorization server's id
     */
    public Optional<Renewed> renewFor(ProfileName profile, String organization, StaleTokenProvider.Rule rule) {
        try {
            return organizations.renew(profile, organization, rule);
        } catch (SignedOutMeanwhile e) {
            throw revoked(profile, e.tokens());
        }
    }

    /**
     * Exchanges a key id and secret for an access token by client credentials (RFC 6749 section 4.4). Nothing is stored.
     *
     * @throws FailureException (denied) when the server refuses them
     */
    public TokenSet byKeyPair(OAuthClient client, String id, Secret secret, String audience) {
        ClientRegistration registration = ClientRegistration.withClientRegistration(
                        ProfileRegistration.registration(client.withoutScopes(), metadata.of(client)))
                .clientId(id)
                .clientSecret(secret.reveal())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
        try {
            OAuth2AccessTokenResponse answer = endpoint.<OAuth2ClientCredentialsGrantRequest>client(
                            request -> Map.of("audience", audience))
                    .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration));
            return endpoint.take(answer.getAccessToken().getTokenValue())
                    .orElseThrow()
                    .tokens();
        } catch (OAuth2AuthorizationException e) {
            throw Failure.denied(
                    "the key pair is not accepted: " + OAuthAnswers.text(e.getError()), "use an API token instead");
        } catch (TokenEndpoint.Passing e) {
            throw e.failure();
        }
    }

    /** Starts a device authorization. */
    public DeviceAuthorization startDevice(OAuthClient client) {
        return devices.start(client, metadata.of(client));
    }

    /**
     * Waits for the person's approval.
     *
     * @throws FailureException (denied), (timed_out) or (failed) for the ends that RFC 8628 section 3.5 and servers know
     */
    public Granted awaitDevice(OAuthClient client, DeviceAuthorization authorization) {
        AtomicBoolean unanswered = new AtomicBoolean();
        AtomicReference<Granted> received = new AtomicReference<>();
        registrations.during(
                client,
                () -> service.receive(
                        client.profile(),
                        received::set,
                        () -> poller.poll(
                                authorization.interval(),
                                authorization.expiresAt(),
                                () -> pollOnce(client, authorization, received, unanswered))));
        return received.get();
    }

    /** Makes the request for a sign-in in the browser, whose answer comes to the given address of this machine. */
    public CodeAuthorization startCode(OAuthClient client, URI redirect) {
        return CodeAuthorizationClient.start(client, metadata.of(client), redirect);
    }

    /**
     * Exchanges the code of the browser's answer. It is sent once: whatever becomes of the answer, the code is spent.
     *
     * @throws FailureException (failed) when the server refuses; (unreachable) when its answer does not come
     */
    public Granted exchange(CodeAuthorization authorization, String code) {
        OAuthClient client = authorization.client();
        AtomicReference<Granted> received = new AtomicReference<>();
        registrations.during(
                client,
                () -> service.receive(
                        client.profile(), received::set, () -> exchangeOnce(client, authorization, code)));
        return received.get();
    }

    private void exchangeOnce(OAuthClient client, CodeAuthorization authorization, String code) {
        try {
            manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(
                            client.profile().value())
                    .principal(principal(client.profile()))
                    .attribute(
                            CodeOAuth2AuthorizedClientProvider.EXCHANGE,
                            CodeAuthorizationClient.exchange(authorization, code))
                    .build());
        } catch (OAuth2AuthorizationException e) {
            throw TokenEndpoint.refused(e, authorization.authority());
        } catch (TokenEndpoint.Passing e) {
            throw spent(client, e.failure());
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.Unreachable ? spent(client, e) : e;
        }
    }

    private static FailureException spent(OAuthClient client, FailureException e) {
        return Failure.unreachable(
                e.failure().message() + "; the approval is used up",
                "start again: " + client.profile().loginCommand());
    }

    /**
     * Polls once.
     *
     * @param unanswered whether an earlier poll was sent and never answered, which may have been the approval
     */
    private Poll<Granted> pollOnce(
            OAuthClient client,
            DeviceAuthorization authorization,
            AtomicReference<Granted> received,
            AtomicBoolean unanswered) {
        try {
            manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(
                            client.profile().value())
                    .principal(principal(client.profile()))
                    .attribute(
                            DeviceCodeOAuth2AuthorizedClientProvider.DEVICE_CODE,
                            authorization.response().getDeviceCode())
                    .build());
            return new Poll.Done<>(received.get());
        } catch (OAuth2AuthorizationException e) {
            return switch (e.getError().getErrorCode()) {
                case "authorization_pending" -> new Poll.Pending<>();
                case "slow_down" -> new Poll.SlowDown<>();
                // The second name is Entra's and ForgeRock's.
                case "access_denied", "authorization_declined" ->
                    throw Failure.denied(
                            "the sign-in was refused in the browser",
                            client.profile().loginCommand());
                case "expired_token", "code_expired", OAuth2ErrorCodes.INVALID_GRANT -> {
                    if (unanswered.get()) {
                        throw Failure.unreachable(
                                "the answer of " + authorization.authority()
                                        + " to the approval was lost on its way; the approval is used up",
                                "sign in again: " + client.profile().loginCommand());
                    }
                    throw e.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_GRANT)
                            ? TokenEndpoint.refused(e, authorization.authority())
                            : Failure.timedOut(
                                    "the code has expired", client.profile().loginCommand());
                }
                default -> throw TokenEndpoint.refused(e, authorization.authority());
            };
        } catch (TokenEndpoint.Passing e) {
            return new Poll.Trouble<>(e.failure().failure(), e.retryAfter());
        } catch (FailureException e) {
            boolean onTheWay = e.getCause() instanceof TransportFailure && e.failure() instanceof Failure.Unreachable;
            if (!onTheWay) {
                throw e;
            }
            if (e.getCause() instanceof TransportFailure failure && failure.mayHaveBeenSent()) {
                unanswered.set(true);
            }
            return new Poll.Trouble<>(e.failure(), Optional.empty());
        }
    }

    /** The end that a token names itself, if it is a JWT; a hint only, it is not verified. */
    public static Optional<Instant> expiryOf(Secret token) {
        return TokenEndpoint.jwtExpiry(token);
    }

    private static Authentication principal(ProfileName profile) {
        return new ProfilePrincipal(profile);
    }

    /** Spring Security's word for whose client it is; here the profile, not a person. */
    private static final class ProfilePrincipal extends AbstractAuthenticationToken {
        private static final long serialVersionUID = 1L;

        private final String profile;

        ProfilePrincipal(ProfileName profile) {
            super(AuthorityUtils.NO_AUTHORITIES);
            this.profile = profile.value();
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return profile;
        }
    }
}
