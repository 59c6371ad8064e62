package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.StorageKind;
import dev.ast.oauth.DeviceAuthorization;
import dev.ast.oauth.Granted;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signs in by code in two commands: one starts it and returns at once, another one waits for the user's approval. */
public final class DeferredLogin {
    private final ProfileSetup setup;
    private final Providers providers;
    private final OAuthTokens tokens;
    private final StartedSignIns started;
    private final Login login;
    private final InstantSource clock;

    /**
     * Signs in over the given parts.
     *
     * @param login knows the client, and stores what was granted
     */
    public DeferredLogin(
            ProfileSetup setup,
            Providers providers,
            OAuthTokens tokens,
            StartedSignIns started,
            Login login,
            InstantSource clock) {
        this.setup = setup;
        this.providers = providers;
        this.tokens = tokens;
        this.started = started;
        this.login = login;
        this.clock = clock;
    }

    /**
     * Asks the server for a code.
     *
     * @param options the options of the command, kept for the one that finishes it
     * @param arguments its arguments
     * @throws FailureException (failed) where the platform has no sign-in by code; the profile is as before in any case
     */
    public StartedSignIn start(
            LoginRequest request,
            Map<String, List<String>> options,
            Map<String, String> arguments,
            SignInScreen screen) {
        Profile profile = setup.of(request, screen);
        Provider provider = providers.of(profile);
        // The command that finishes it would have to ask again.
        login.missing(request, provider).require(profile);
        login.checkUse(profile, provider, screen);
        if (provider.options().signIn() == PlatformOptions.SignIn.PASSWORD) {
            throw Failure.failed(provider.title() + " has no sign-in by code", "ast login --with-token");
        }
        OAuthClient client = login.client(request, profile, screen);
        if (client.options().workload().isUsed()) {
            throw Failure.usage(
                    "profile " + profile.name() + " signs in by the token of its machine, so nobody has to wait",
                    profile.name().loginCommand());
        }
        login.storage(request, profile);
        DeviceAuthorization authorization = tokens.startDevice(client);
        return started.add(profile.name(), options, arguments, authorization);
    }

    /** The sign-in that is to be finished, as {@link StartedSignIns#require}. */
    public StartedSignIn require(Optional<String> id) {
        return started.require(id);
    }

    /**
     * Waits for the approval and stores the tokens.
     *
     * @throws FailureException (timed_out) when the code has ended, or the wait; it can be resumed again in the latter case;
     *     (denied) and others as for any sign-in
     */
    public SignedIn finish(StartedSignIn waiting, LoginRequest request, SignInScreen screen) {
        Profile profile = setup.of(request, screen);
        OAuthClient client = login.client(request, profile, screen);
        StorageKind kind = login.storage(request, profile);
        DeviceAuthorization authorization = waiting.authorization();
        Instant until = request.waits().until(clock.instant(), authorization.expiresAt(), screen);
        Granted granted;
        try {
            granted = screen.waiting(until, () -> tokens.awaitDevice(client, authorization, until));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.TimedOut && until.isBefore(authorization.expiresAt())) {
                throw Failure.timedOut(e.failure().message(), "ast login --resume " + waiting.id());
            }
            if (!(e.failure() instanceof Failure.Interrupted)) {
                started.remove(waiting);
            }
            throw e;
        }
        // The code is used up.
        started.remove(waiting);
        return login.keep(request, profile, granted, kind, screen);
    }
}
