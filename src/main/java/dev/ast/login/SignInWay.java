package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.host.Browser;
import dev.ast.oauth.Endpoints;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;

/** How the user signs in. */
public enum SignInWay {
    /** Whichever fits the platform and this machine. */
    AUTOMATIC,
    /** By a short code, in a browser anywhere: {@code --device}. */
    DEVICE,
    /** In the browser on this machine: {@code --web}. */
    BROWSER;

    /**
     * The way to go. An option decides; else the code where the server offers it, unless the platform's own way is the
     * browser and there is one here, on this screen; else the browser. A choice that was made is printed in one line.
     *
     * @throws dev.ast.domain.FailureException (failed) when the server offers neither
     */
    SignInWay on(
            Provider provider,
            Endpoints endpoints,
            LoginRequest request,
            Browser browser,
            ProfileName profile,
            SignInScreen screen) {
        if (this != AUTOMATIC) {
            return this;
        }
        boolean byCode = endpoints.deviceAuthorization().isPresent();
        boolean byBrowser = endpoints.authorization().isPresent();
        if (!byCode && !byBrowser) {
            throw Failure.failed(
                    "the authorization server of " + profile + " offers no sign-in that a terminal can use",
                    "ast login --with-token");
        }
        if (!byCode) {
            screen.say("Signing in by the browser on this machine: the server offers no sign-in by code.");
            return BROWSER;
        }
        if (!byBrowser || provider.options().signIn() != PlatformOptions.SignIn.BROWSER) {
            return DEVICE;
        }
        if (request.openBrowser() && !browser.remote() && browser.available()) {
            screen.say("Signing in by the browser on this machine; for a code use --device.");
            return BROWSER;
        }
        screen.say("Signing in by code: no browser on this machine can be used; for one use --web.");
        return DEVICE;
    }
}
