package dev.ast.oauth;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SecretShape;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.profile.StoredSessions;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * One authorization at a time for a profile, over all threads and processes. A request with a {@link #REGISTRATION} is
 * a sign-in: it starts from nothing, and what is granted is returned and not stored. Any other concerns the stored
 * session: the manager reads it, decides whether it is stale, asks the server and saves, all while the lock is held; so
 * a command that waited finds the winner's tokens and asks nothing. Spring Security's own manager cannot be under it
 * without an HTTP client, with all of its converters, that is not used: it makes one for client credentials as soon as
 * its class is loaded.
 */
public final class LockingAuthorizedClientManager implements OAuth2AuthorizedClientManager {
    /** The request attribute that holds the {@link ClientRegistration} of a sign-in. */
    public static final String REGISTRATION = LockingAuthorizedClientManager.class.getName() + ".REGISTRATION";

    /** The request attribute that holds the rule by which stored tokens are stale, a {@code Predicate<TokenSet>}. */
    public static final String STALE = LockingAuthorizedClientManager.class.getName() + ".STALE";

    private final OAuth2AuthorizedClientProvider provider;
    private final Function<ProfileName, OAuthClient> clients;
    private final ServerMetadata metadata;
    private final StoredSessions sessions;
    private final TokenEndpoint endpoint;

    LockingAuthorizedClientManager(
            OAuth2AuthorizedClientProvider provider,
            Function<ProfileName, OAuthClient> clients,
            ServerMetadata metadata,
            StoredSessions sessions,
            TokenEndpoint endpoint) {
        this.provider = provider;
        this.clients = clients;
        this.metadata = metadata;
        this.sessions = sessions;
        this.endpoint = endpoint;
    }

    /**
     * Signs in, or renews the stored tokens if they are stale.
     *
     * @return the granted or the stored tokens, and why they could not be stored, if so; null when nobody is signed in
     * @throws OAuth2AuthorizationException when the server refuses a sign-in (RFC 6749 section 5.2)
     * @throws FailureException (session_ended) when it refuses the refresh token, by {@code invalid_grant} or a name of
     *     its own for that; (failed) or (denied) when it refuses a renewal otherwise; (not_signed_in) when the tokens are another server's; (unreachable) when
     *     the outcome is unknown, in which case nothing is changed and nothing is sent twice
     */
    @Override
    public @Nullable GrantedClient authorize(OAuth2AuthorizeRequest request) {
        ClientRegistration registration = request.getAttribute(REGISTRATION);
        // A client or machine has no session that could be locked, nor always a directory that can be written.
        if (registration != null && ProfileRegistration.isWithoutUser(registration)) {
            return granted(request, OAuth2AuthorizationContext.withClientRegistration(registration));
        }
        try (LockFiles.Held held = sessions.lock(profile(request))) {
            return registration == null
                    ? current(request)
                    : granted(request, OAuth2AuthorizationContext.withClientRegistration(registration));
        }
    }

    private GrantedClient granted(OAuth2AuthorizeRequest request, OAuth2AuthorizationContext.Builder context) {
        if (provider.authorize(context.principal(request.getPrincipal())
                        .attributes(attributes -> attributes.putAll(request.getAttributes()))
                        .build())
                instanceof GrantedClient granted) {
            return granted;
        }
        throw new IllegalArgumentException("no provider for this request");
    }

    private @Nullable GrantedClient current(OAuth2AuthorizeRequest request) {
        GrantedClient stored = load(request);
        Predicate<TokenSet> stale = request.getAttribute(STALE);
        if (stored == null
                || stale == null
                || !stale.test(stored.tokens())
                || !stored.tokens().renewable()) {
            return stored;
        }
        GrantedClient renewed;
        try {
            renewed = renewed(request, stored);
        } catch (OAuth2AuthorizationException e) {
            return afterRefusal(request, stored.tokens(), e);
        }
        try {
            if (!sessions.renew(profile(request), renewed.tokens())) {
                throw new SignedOutMeanwhile(renewed.tokens());
            }
            return renewed;
        } catch (FailureException e) {
            // The old refresh token may be spent: the command still gets the new tokens, and reports what happened.
            return renewed.unsaved(e.failure());
        }
    }

    private @Nullable GrantedClient load(OAuth2AuthorizeRequest request) {
        ProfileName profile = profile(request);
        Optional<TokenSet> stored = sessions.tokens(profile);
        return stored.isEmpty()
                ? null
                : GrantedClient.of(ProfileRegistration.ofIssuer(profile, stored.get()), profile.value(), stored.get());
    }

    private static ProfileName profile(OAuth2AuthorizeRequest request) {
        return new ProfileName(request.getClientRegistrationId());
    }

    private GrantedClient renewed(OAuth2AuthorizeRequest request, GrantedClient stored) {
        OAuthClient client = clients.apply(profile(request)).of(stored.tokens());
        // At the endpoint that issued the tokens, where it has to be discovered otherwise: one request less.
        ClientRegistration issuer =
                ProfileRegistration.registration(client, metadata.forRenewal(client, stored.tokens()));
        try {
            return spend(request, issuer, stored.tokens());
        } catch (FailureException e) {
            if (!(e.getCause() instanceof TokenEndpoint.Absent)) {
                throw e;
            }
            // There is no endpoint, so nothing was spent: the server is asked once for its new address.
            ClientRegistration moved = ProfileRegistration.registration(client, metadata.of(client));
            if (tokenUri(moved).equals(tokenUri(issuer))) {
                throw e;
            }
            return spend(request, moved, stored.tokens());
        }
    }

    private GrantedClient spend(OAuth2AuthorizeRequest request, ClientRegistration registration, TokenSet stored) {
        beforeSpending(registration, stored);
        return granted(
                request,
                OAuth2AuthorizationContext.withAuthorizedClient(
                        GrantedClient.of(registration, request.getPrincipal().getName(), stored)));
    }

    /**
     * What must hold before a refresh token is sent: it goes back to the authorization server that issued it and to no
     * other, even if the configuration has changed; and the store is ready, for the answer may be the only copy.
     */
    private void beforeSpending(ClientRegistration registration, TokenSet stored) {
        ServerOrigin now = ServerOrigin.of(URI.create(tokenUri(registration)));
        ProfileName profile = new ProfileName(registration.getRegistrationId());
        if (!now.equals(stored.authority())) {
            throw new Failure.OtherOrigin(profile, stored.authority(), now).asException();
        }
        endpoint.prepareToRead(ProfileRegistration.of(registration));
        try {
            sessions.prepareToRenew(profile);
        } catch (FailureException e) {
            // The token that is stored has ended: a new one that cannot be stored still serves the running command.
        }
    }

    private static String tokenUri(ClientRegistration registration) {
        return registration.getProviderDetails().getTokenUri();
    }

    // Only some errors end a session, and only if the refused token is still the stored one: otherwise another
    // process has renewed, which can be where the lock files were deleted, and its tokens are as good.
    private GrantedClient afterRefusal(
            OAuth2AuthorizeRequest request, TokenSet refused, OAuth2AuthorizationException e) {
        // Without a refresh token there is no session that could have ended.
        if (refused.refresh().isEmpty() || !OAuthErrors.endsSession(e.getError())) {
            throw TokenEndpoint.refused(e, refused.authority());
        }
        ProfileName profile = profile(request);
        if (sessions.end(profile, refused)) {
            String description = e.getError().getDescription();
            throw new Failure.SessionEnded(
                            profile,
                            "the server does not renew it any more"
                                    + (description == null || description.isBlank()
                                            ? ""
                                            : " (" + SecretShape.cut(description, 300) + ")"))
                    .asException();
        }
        GrantedClient others = load(request);
        if (others == null) {
            throw new Failure.NotSignedIn(profile).asException();
        }
        return others;
    }
}
