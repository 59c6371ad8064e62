package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.domain.Secret;
import dev.ast.domain.TokenSet;
import dev.ast.host.Environment;
import dev.ast.http.Http;
import dev.ast.profile.StoredSessions;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.security.oauth2.client.DelegatingOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * Gets tokens: by device code, authorization code, refresh token, key pair and the token of a machine, through one Spring
 * Security manager that chains a provider for each. Below it are Spring Security's types, above it the program's own.
 */
public final class OAuthTokens {
    private final ServerMetadata metadata;
    private final DeviceAuthorizationClient devices;
    private final CodeAuthorizationClient codes;
    private final LockingAuthorizedClientManager manager;
    private final DevicePoller poller;
    private final TokenRevocationClient revocation;
    private final Function<ProfileName, OAuthClient> clients;

    /**
     * Wires the chain.
     *
     * @param environment has what the platform of a machine gives it
     * @param keys reads the files with which a client shows who it is
     * @param clients how a profile is a client, asked at each use
     */
    public OAuthTokens(
            Environment environment,
            Http http,
            InstantSource clock,
            DevicePoller poller,
            StoredSessions sessions,
            ClientKeys keys,
            Function<ProfileName, OAuthClient> clients) {
        ClientAuthenticator authenticator = new ClientAuthenticator(keys);
        this.clients = clients;
        this.revocation = new TokenRevocationClient(http, keys);
        this.metadata = new ServerMetadata(http);
        this.devices = new DeviceAuthorizationClient(http, clock, authenticator);
        this.codes = new CodeAuthorizationClient(http, authenticator);
        this.poller = poller;
        TokenEndpoint endpoint = new TokenEndpoint(http, clock, authenticator);
        OAuth2AuthorizedClientProvider chain = new DelegatingOAuth2AuthorizedClientProvider(List.of(
                new DeviceCodeOAuth2AuthorizedClientProvider(endpoint.<OAuth2DeviceGrantRequest>client(
                        request -> Map.of("device_code", request.deviceCode().getTokenValue()))),
                new CodeOAuth2AuthorizedClientProvider(
                        // Code, redirect address and verifier are Spring Security's own parameters of this grant.
                        endpoint.<OAuth2AuthorizationCodeGrantRequest>client(request -> Map.of())),
                new WorkloadOAuth2AuthorizedClientProvider(endpoint, new WorkloadTokens(environment, http)),
                new ClientCredentialsOAuth2AuthorizedClientProvider(endpoint),
                new RefreshOAuth2AuthorizedClientProvider(endpoint)));
        this.manager = new LockingAuthorizedClientManager(chain, clients, metadata, sessions, endpoint);
    }

    /** The addresses of a profile's authorization server. */
    public Endpoints endpoints(OAuthClient client) {
        return metadata.of(client);
    }

    /**
     * Renews the stored tokens of a profile (RFC 6749 section 6) if the rule still finds them stale once the lock is
     * held.
     *
     * @return the stored tokens; empty when nobody is signed in
     * @throws FailureException (session_ended) when the server does not take the refresh token any more; (unreachable) when the
     *     outcome is unknown, in which case nothing is changed and nothing is sent twice
     */
    public Optional<Renewed> renew(ProfileName profile, Predicate<TokenSet> stale) {
        return renew(profile, Map.of(LockingAuthorizedClientManager.STALE, stale));
    }

    /**
     * Gets an access token for one organization if the rule still finds the stored tokens lacking a good one once the
     * lock is held; otherwise as {@link #renew}.
     *
     * @param organization the authorization server's id
     */
    public Optional<Renewed> renewFor(ProfileName profile, String organization, Predicate<TokenSet> stale) {
        return renew(
                profile,
                Map.of(
                        LockingAuthorizedClientManager.STALE,
                        stale,
                        RefreshOAuth2AuthorizedClientProvider.ORGANIZATION,
                        organization));
    }

    private Optional<Renewed> renew(ProfileName profile, Map<String, Object> attributes) {
        try {
            return authorize(profile.value(), attributes).map(client -> new Renewed(client.tokens(), client.unsaved()));
        } catch (SignedOutMeanwhile e) {
            throw revoked(profile, e.tokens());
        }
    }

    private Optional<GrantedClient> authorize(String profile, Map<String, Object> attributes) {
        return Optional.ofNullable(manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(profile)
                .principal(profile)
                .attributes(all -> all.putAll(attributes))
                .build()));
    }

    private Granted signIn(ClientRegistration registration, String attribute, Object value) {
        Granted granted = authorize(
                        registration.getRegistrationId(),
                        Map.of(LockingAuthorizedClientManager.REGISTRATION, registration, attribute, value))
                .orElseThrow()
                .granted();
        OAuthClient client = ProfileRegistration.of(registration).client();
        if (client.options().proofKey().isPresent() && !granted.tokens().isBound()) {
            revocation.revoke(client, metadata.of(client), granted.tokens());
            throw unbound(granted.tokens().authority() + " gave a token that is not bound to a key (DPoP)", client);
        }
        return granted;
    }

    private static FailureException unbound(String why, OAuthClient client) {
        return Failure.failed(why, "sign in without that: " + client.profile().loginCommand() + " --no-dpop");
    }

    // RFC 9449: with a new key for each sign-in, where the tokens are to be bound to one.
    private OAuthClient proving(OAuthClient client) {
        return client.options().dpop()
                ? binding(client).with(client.options().proving(Optional.of(DpopProofs.newKey())))
                : client;
    }

    // Asked before the user is.
    private OAuthClient binding(OAuthClient client) {
        if (client.options().dpop() && !metadata.of(client).capabilities().mayBind()) {
            throw unbound(
                    "the authorization server of " + client.profile()
                            + " does not bind tokens to a key (DPoP with ES256)",
                    client);
        }
        return client;
    }

    private ClientRegistration registration(OAuthClient client) {
        return ProfileRegistration.registration(client, metadata.of(client));
    }

    // No other process knows these tokens, so none can revoke them.
    private FailureException revoked(ProfileName profile, TokenSet orphaned) {
        try {
            OAuthClient client = clients.apply(profile);
            revocation.revoke(client, metadata.of(client), orphaned);
        } catch (FailureException e) {
            // The profile has gone with its settings, or the server cannot be asked: they end by themselves.
        }
        return new Failure.NotSignedIn(profile).asException();
    }

    /**
     * Exchanges a key id and secret for an access token by client credentials (RFC 6749 section 4.4). Nothing is
     * stored.
     *
     * @throws FailureException (denied) when the server refuses them
     */
    public TokenSet byKeyPair(OAuthClient client, String id, Secret secret, String audience) {
        ClientRegistration registration = ClientRegistration.withClientRegistration(
                        registration(client.withoutScopes().with(ClientOptions.PUBLIC)))
                .clientId(id)
                .clientSecret(secret.reveal())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
        try {
            return signIn(registration, ClientCredentialsOAuth2AuthorizedClientProvider.AUDIENCE, audience)
                    .tokens();
        } catch (OAuth2AuthorizationException e) {
            throw Failure.denied(
                    "the key pair is not accepted: " + OAuthAnswers.text(e.getError()), "use an API token instead");
        }
    }

    /**
     * Signs the client itself in (RFC 6749 section 4.4), or the machine by its own token, so that the session is of no
     * user.
     *
     * @throws FailureException (denied) when the server refuses; (not_signed_in) when the machine has no token
     */
    public Granted ofClient(OAuthClient registered) {
        OAuthClient client = proving(registered);
        try {
            return signIn(registration(client), OAuth2ParameterNames.CLIENT_ID, client.clientId());
        } catch (OAuth2AuthorizationException e) {
            throw Failure.denied(
                    "the client " + client.clientId() + " is not accepted: " + OAuthAnswers.text(e.getError()),
                    "check its secret, and that the server lets it sign in by itself");
        }
    }

    /**
     * Starts a device authorization.
     *
     * @throws FailureException (failed) when the tokens are to be bound to a key, and the server does not do that
     */
    public DeviceAuthorization startDevice(OAuthClient client) {
        return devices.start(binding(client), metadata.of(client));
    }

    /**
     * Waits for the user's approval.
     *
     * @param until when to give up, at the end of the code at the latest
     * @throws FailureException (denied), (timed_out) or (failed) for the ends that RFC 8628 section 3.5 and servers
     *     know
     */
    public Granted awaitDevice(OAuthClient registered, DeviceAuthorization authorization, Instant until) {
        OAuthClient client = proving(registered);
        return poller.poll(
                authorization.interval(),
                until,
                client.profile().loginCommand(),
                new DevicePolls(
                        client,
                        authorization,
                        () -> signIn(
                                registration(client),
                                DeviceCodeOAuth2AuthorizedClientProvider.DEVICE_CODE,
                                authorization.response().getDeviceCode())));
    }

    /**
     * Makes the request for a sign-in in the browser, whose answer comes to the given address of this machine.
     *
     * @throws FailureException (failed) as {@link #startDevice}
     */
    public CodeAuthorization startCode(OAuthClient client, URI redirect) {
        return codes.start(proving(client), metadata.of(client), redirect);
    }

    /**
     * Exchanges the code of the browser's answer. It is sent once: whatever becomes of the answer, the code is spent.
     *
     * @throws FailureException (failed) when the server refuses; (unreachable) when its answer does not come
     */
    public Granted exchange(CodeAuthorization authorization, String code) {
        OAuthClient client = authorization.client();
        try {
            return signIn(
                    registration(client),
                    CodeOAuth2AuthorizedClientProvider.EXCHANGE,
                    CodeAuthorizationClient.exchange(authorization, code));
        } catch (OAuth2AuthorizationException e) {
            throw TokenEndpoint.refused(e, authorization.authority());
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.Unreachable)) {
                throw e;
            }
            throw Failure.unreachable(
                    e.failure().message() + "; the approval is used up",
                    "start again: " + client.profile().loginCommand());
        }
    }
}
