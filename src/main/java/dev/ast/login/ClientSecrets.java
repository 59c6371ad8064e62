package dev.ast.login;

import dev.ast.domain.ClientAuthentication;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.Secret;
import dev.ast.domain.TokenSet;
import dev.ast.host.Environment;
import dev.ast.oauth.OAuthClient;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.Provider;
import dev.ast.session.ProfileVariables;
import java.util.Optional;

/**
 * The secret of a client at a sign-in: the one that was given, {@code AST_CLIENT_SECRET}, that of the session before at
 * the same server, that of the settings, else the user is asked where the settings say that the client has one.
 */
public final class ClientSecrets {
    private final Environment environment;
    private final Profiles profiles;
    private final StoredSessions sessions;

    /** Secrets of the given environment and sessions. */
    public ClientSecrets(Environment environment, Profiles profiles, StoredSessions sessions) {
        this.environment = environment;
        this.profiles = profiles;
        this.sessions = sessions;
    }

    /**
     * The client with its secret.
     *
     * @param draft the profile as it will be
     * @throws FailureException (usage) when a secret is needed, and nobody can be asked
     */
    OAuthClient complete(
            Provider provider, OAuthClient client, Profile draft, LoginRequest request, SignInScreen screen) {
        // The client that a platform names for everybody has no secret, so the variable is of another one.
        boolean platforms = provider.shape().isPresent() && draft.clientId().isEmpty();
        Optional<Secret> secret = platforms ? request.client().secret() : given(request);
        secret = secret.isPresent() ? secret : before(draft);
        if (secret.isPresent()) {
            return client.with(client.options().with(secret.get()));
        }
        if (!client.options().lacksSecret()) {
            return client;
        }
        if (!screen.canAsk()) {
            throw Failure.usage(
                    "the client " + client.clientId() + " of provider " + draft.provider() + " needs its secret",
                    draft.name().loginCommand() + " --client-secret @FILE");
        }
        return client.with(client.options()
                .with(screen.askSecret(
                        "Secret of the client " + client.clientId(), "ast login --client-secret @FILE")));
    }

    /** The client with the secret of the environment, if that is its own, for a command that signs nobody in. */
    public OAuthClient unattended(Provider provider, OAuthClient client, Profile profile) {
        boolean platforms = provider.shape().isPresent() && profile.clientId().isEmpty();
        return platforms
                ? client
                : ofEnvironment()
                        .map(secret -> client.with(client.options().with(secret)))
                        .orElse(client);
    }

    /**
     * The secret that the line or the environment gives.
     *
     * @throws FailureException (usage) when the variable cannot be used
     */
    Optional<Secret> given(LoginRequest request) {
        return request.client().secret().or(this::ofEnvironment);
    }

    private Optional<Secret> ofEnvironment() {
        try {
            return environment
                    .get(ProfileVariables.CLIENT_SECRET)
                    .map(String::strip)
                    .map(Secret::of);
        } catch (FailureException e) {
            throw Failure.usage(
                    "the environment variable " + ProfileVariables.CLIENT_SECRET + " holds no usable secret",
                    "unset " + ProfileVariables.CLIENT_SECRET);
        }
    }

    // The secret of another client, or one for another server, would be told to somebody who does not know it.
    private Optional<Secret> before(Profile draft) {
        Optional<Profile> stored = profiles.find(draft.name())
                .filter(Profile::signedIn)
                .filter(profile -> profile.provider().equals(draft.provider())
                        && profile.issuer().equals(draft.issuer())
                        && profile.clientId().equals(draft.clientId()));
        try {
            return stored.flatMap(sessions::stored).flatMap(TokenSet::client).flatMap(ClientAuthentication::secret);
        } catch (FailureException e) {
            // A store that cannot be read is reported when the new tokens go there.
            return Optional.empty();
        }
    }
}
