package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.host.Browser;
import dev.ast.host.Waiter;
import dev.ast.oauth.CodeAuthorization;
import dev.ast.oauth.Granted;
import dev.ast.oauth.IdTokens;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.provider.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Signs in by the browser on this machine: authorization code with PKCE (RFC 7636) and a loopback address (RFC 8252). It
 * waits five minutes. Nothing is stored here; a sign-in that fails leaves everything as it was.
 */
public final class BrowserLogin {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final OAuthTokens tokens;
    private final IdTokens idTokens;
    private final Browser browser;
    private final InstantSource clock;
    private final Waiter waiter;

    /** Signs in over the given parts. */
    public BrowserLogin(OAuthTokens tokens, IdTokens idTokens, Browser browser, InstantSource clock, Waiter waiter) {
        this.tokens = tokens;
        this.idTokens = idTokens;
        this.browser = browser;
        this.clock = clock;
        this.waiter = waiter;
    }

    /** Runs one sign-in to its end. */
    public Granted run(
            Profile profile, Provider provider, OAuthClient client, LoginRequest request, SignInScreen screen) {
        screen.asking(provider.title(), client.server(), profile.name());
        try (LoopbackListener listener = LoopbackListener.open(provider.manner().redirectPort())) {
            CodeAuthorization authorization = tokens.startCode(client, listener.redirect());
            listener.listen(query -> BrowserAnswer.of(query, authorization));
            screen.address(authorization.address().toString(), request.picture());
            open(authorization, request, screen);
            Instant deadline = clock.instant().plus(PATIENCE);
            BrowserAnswer answer = screen.waitingForBrowser(deadline, () -> listener.await(deadline, clock, waiter));
            return redeem(authorization, answer);
        }
    }

    private void open(CodeAuthorization authorization, LoginRequest request, SignInScreen screen) {
        if (!request.openBrowser() || browser.remote()) {
            screen.say("The address works in a browser on this machine only; for another one: ast login --device");
        } else if (!browser.available()) {
            screen.notOpened("no browser can be opened here; open the address on this machine yourself");
        } else {
            screen.opening();
            if (!browser.open(authorization.address())) {
                screen.notOpened("the browser could not be opened; open the address on this machine yourself");
            }
        }
    }

    private Granted redeem(CodeAuthorization authorization, BrowserAnswer answer) {
        String again = authorization.client().profile().loginCommand();
        if (answer instanceof BrowserAnswer.Allowed allowed) {
            Granted granted = tokens.exchange(authorization, allowed.code());
            check(authorization, granted);
            return granted;
        }
        if (answer instanceof BrowserAnswer.Refused refused) {
            throw refusal(authorization, refused, again);
        }
        throw Failure.unreachable(
                "the browser brought an answer that does not belong to this sign-in: "
                        + ((BrowserAnswer.Foreign) answer).why(),
                "close old tabs and start again: " + again);
    }

    private static FailureException refusal(
            CodeAuthorization authorization, BrowserAnswer.Refused refused, String again) {
        if (refused.error().equals("access_denied")) {
            return Failure.denied("the sign-in was refused in the browser", again);
        }
        return Failure.failed(
                authorization.authority() + " refused: " + refused.error()
                        + refused.description().map(text -> ": " + text).orElse(""),
                "check the client and its scopes");
    }

    // An id_token of another sign-in must not tell who this one is of, so it is checked before anything is stored.
    private void check(CodeAuthorization authorization, Granted granted) {
        Optional<String> idToken = granted.answer().text("id_token");
        boolean checkable = authorization.endpoints().jwkSet().isPresent()
                && authorization.client().issuer().isPresent();
        if (idToken.isPresent() && authorization.nonce().isPresent() && checkable) {
            idTokens.verify(idToken.get(), authorization.client(), authorization.endpoints(), authorization.nonce());
        }
    }
}
