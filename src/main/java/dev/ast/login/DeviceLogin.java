package dev.ast.login;

import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Browser;
import dev.ast.oauth.DeviceAuthorization;
import dev.ast.oauth.Granted;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.provider.Provider;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Signs in by a short code (RFC 8628): shows the code, opens the browser where that is safe, waits. Nothing is stored
 * here; a sign-in that fails leaves everything as it was.
 */
public final class DeviceLogin {
    private final OAuthTokens tokens;
    private final Browser browser;
    private final InstantSource clock;

    /** Signs in over the given parts. */
    public DeviceLogin(OAuthTokens tokens, Browser browser, InstantSource clock) {
        this.tokens = tokens;
        this.browser = browser;
        this.clock = clock;
    }

    /** Runs one sign-in to its end. */
    public Granted run(
            Profile profile, Provider provider, OAuthClient client, LoginRequest request, SignInScreen screen) {
        screen.asking(provider.title(), client.server(), profile.name());
        DeviceAuthorization authorization = tokens.startDevice(client);
        screen.code(
                authorization.userCode(),
                authorization.complete().orElse(authorization.verificationUri()),
                request.picture());
        open(authorization, provider, client.server(), request, screen);
        screen.warnOfStrangers();
        Instant until = request.waits().until(clock.instant(), authorization.expiresAt(), screen);
        return screen.waiting(until, () -> tokens.awaitDevice(client, authorization, until));
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
