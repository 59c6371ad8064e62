package dev.ast.login;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Browser;
import dev.ast.host.Sleeper;
import dev.ast.oauth.DeviceAuthorization;
import dev.ast.oauth.Granted;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.provider.Provider;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs in by a short code (RFC 8628): shows the code, opens the browser where that is safe, waits. Processes that want the
 * same sign-in share the code, see {@link SharedCode}. A sign-in that fails leaves everything as it was.
 */
public final class DeviceLogin {
    private final OAuthTokens tokens;
    private final Browser browser;
    private final PendingSignIns pending;
    private final InstantSource clock;
    private final Sleeper sleeper;

    /**
     * Signs in over the given parts.
     *
     * @param pending the codes that are waited for, also by other processes
     */
    public DeviceLogin(
            OAuthTokens tokens, Browser browser, PendingSignIns pending, InstantSource clock, Sleeper sleeper) {
        this.tokens = tokens;
        this.browser = browser;
        this.pending = pending;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** What follows the approval. */
    interface Ending {
        /** Stores what was granted. */
        SignedIn keep(Granted granted);

        /** The session that another process has stored since then, after the approval of the same code. */
        Optional<SignedIn> stored(Instant since);
    }

    /** Runs one sign-in to its end. */
    public SignedIn run(
            Profile profile,
            Provider provider,
            OAuthClient client,
            LoginRequest request,
            SignInScreen screen,
            Ending ending) {
        screen.asking(provider.title(), client.server(), profile.name());
        SharedCode.Steps steps = new SharedCode.Steps() {
            @Override
            public String again() {
                return profile.name().loginCommand();
            }

            @Override
            public DeviceAuthorization request() {
                return tokens.startDevice(client);
            }

            @Override
            public void show(DeviceAuthorization code, boolean open) {
                screen.code(code.userCode(), code.complete().orElse(code.verificationUri()), request.picture());
                if (open) {
                    open(code, provider, client.server(), request, screen);
                } else {
                    screen.say("Another ast waits for the same sign-in; one approval is enough for all.");
                }
                screen.warnOfStrangers();
            }

            @Override
            public Instant until(DeviceAuthorization code) {
                return request.waits().until(clock.instant(), code.expiresAt(), screen);
            }

            @Override
            public Granted await(DeviceAuthorization code, Instant until) {
                return screen.waiting(until, () -> tokens.awaitDevice(client, code, until));
            }

            @Override
            public Optional<LockFiles.Held> beside(Instant until, Supplier<Optional<LockFiles.Held>> lead) {
                return screen.waiting(until, lead);
            }

            @Override
            public SignedIn keep(Granted granted) {
                return ending.keep(granted);
            }

            @Override
            public Optional<SignedIn> stored(Instant since) {
                return ending.stored(since);
            }
        };
        return new SharedCode(pending, PendingSignIns.key(client), steps, clock, sleeper).run();
    }

    private void open(
            DeviceAuthorization authorization,
            Provider provider,
            ServerOrigin server,
            LoginRequest request,
            SignInScreen screen) {
        Optional<URI> address = authorization.address();
        if (address.isEmpty()) {
            screen.warn("the server gave an address that is not an https address; do not open it");
            return;
        }
        if (!request.openBrowser()) {
            return;
        }
        String host = String.valueOf(address.get().getHost());
        boolean known = host.equals(authorization.authority().host())
                || host.equals(server.host())
                || provider.vouchesFor(host);
        if (!known) {
            screen.warn("the address leads to " + host + ", not to "
                    + authorization.authority().host() + "; open it only if you expect that");
        } else if (!browser.available()) {
            screen.warn("no browser can be opened here; open the address on any device");
        } else {
            screen.opening();
            if (!browser.open(address.get())) {
                screen.warn("the browser could not be opened; open the address yourself");
            }
        }
    }
}
