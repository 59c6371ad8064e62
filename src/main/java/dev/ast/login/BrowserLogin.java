package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.host.Browser;
import dev.ast.host.Interrupts;
import dev.ast.host.Sleeper;
import dev.ast.oauth.CodeAuthorization;
import dev.ast.oauth.Granted;
import dev.ast.oauth.IdTokens;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthErrors;
import dev.ast.oauth.OAuthTokens;
import dev.ast.provider.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs in by a browser: authorization code with PKCE (RFC 7636) and a loopback address (RFC 8252). Where the browser may
 * be on another machine, its final address can be pasted as well; whichever comes first counts. It waits five minutes,
 * or as long as the request says. Nothing is stored here; a sign-in that fails leaves everything as it was.
 */
public final class BrowserLogin {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String INSTEAD = "Sign in by a code instead";

    private final OAuthTokens tokens;
    private final Browser browser;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Interrupts interrupts;

    /** Signs in over the given parts. */
    public BrowserLogin(
            OAuthTokens tokens, Browser browser, InstantSource clock, Sleeper sleeper, Interrupts interrupts) {
        this.tokens = tokens;
        this.browser = browser;
        this.clock = clock;
        this.sleeper = sleeper;
        this.interrupts = interrupts;
    }

    /**
     * Runs one sign-in to its end. Where the browser's way fails before anybody has decided, and the server takes codes
     * too, a code is offered.
     *
     * @param code whether the server takes codes
     * @return empty when the user chooses a code instead
     */
    public Optional<Granted> run(
            Profile profile,
            Provider provider,
            OAuthClient client,
            LoginRequest request,
            boolean code,
            SignInScreen screen) {
        if (request.waits().paste()) {
            screen.requireUser("the final address of the browser");
        }
        screen.asking(provider.title(), client.server(), profile.name());
        LoopbackListener opened;
        try {
            opened = LoopbackListener.open(
                    provider.options().redirect(), request.waits().listen());
        } catch (FailureException e) {
            return instead(code ? e.failure() : taken(e.failure(), profile, provider, client), profile, code, screen);
        }
        try (LoopbackListener listener = opened) {
            CodeAuthorization authorization = tokens.startCode(client, listener.redirect());
            listener.listen(query -> BrowserAnswer.of(query, authorization));
            request.waits()
                    .listen()
                    .filter(place -> !place.getAddress().isLoopbackAddress())
                    .ifPresent(place -> screen.warn("other machines can reach the port " + listener.port()
                            + " until this sign-in ends; only an answer with its secret state counts"));
            Instant deadline =
                    request.waits().until(clock.instant(), clock.instant().plus(PATIENCE), screen);
            screen.address(authorization.address().toString(), request.picture());
            Browsing browsing = open(authorization, request, code, screen);
            if (browsing == Browsing.FAILED && code && screen.offer("", INSTEAD)) {
                return Optional.empty();
            }
            boolean elsewhere = browsing != Browsing.HERE;
            if (elsewhere) {
                screen.elsewhere(listener.redirect(), listener.port(), browser.place(), screen.canAsk());
            }
            BrowserAnswer answer;
            try (PastedAnswer pasted = new PastedAnswer(authorization, elsewhere && screen.canAsk(), screen)) {
                answer = await(listener, deadline, pasted, screen);
            } catch (FailureException e) {
                if (e.failure() instanceof Failure.TimedOut) {
                    return instead(e.failure(), profile, code, screen);
                }
                throw e;
            }
            if (answer instanceof BrowserAnswer.Allowed allowed) {
                return Optional.of(redeem(authorization, allowed));
            }
            // Scopes that are refused here would be by code, too.
            boolean scopes = answer instanceof BrowserAnswer.Refused refused
                    && refused.error().equals("invalid_scope");
            return instead(failure(authorization, answer), profile, code && !scopes, screen);
        }
    }

    private BrowserAnswer await(LoopbackListener listener, Instant deadline, PastedAnswer pasted, SignInScreen screen) {
        Supplier<BrowserAnswer> wait = () -> listener.await(
                deadline,
                clock,
                sleeper,
                pasted,
                why -> screen.say("An answer in the browser does not belong to this sign-in: " + why
                        + "; still waiting for the right one"));
        return pasted.isAsked() ? wait.get() : screen.waitingForBrowser(deadline, wait);
    }

    // Without a code there is still the token that the user can get in a browser anywhere.
    private static Failure taken(Failure failure, Profile profile, Provider provider, OAuthClient client) {
        if (provider.options().redirect().getPort() == 0) {
            return failure;
        }
        boolean usual = provider.server().filter(client.server()::equals).isPresent();
        return new Failure.Failed(
                failure.message() + ": another program has that port, and " + provider.title()
                        + " sends the browser back to " + provider.options().redirect() + " only; end that program, or "
                        + provider.options()
                                .tokenPage()
                                .map(page -> "get a token at " + page)
                                .orElse("get a token from the platform")
                        + " and sign in with it",
                Optional.of(profile.name().loginCommand() + " --provider " + provider.id()
                        + (usual ? "" : " --server " + client.server()) + " --token-login"));
    }

    private static Optional<Granted> instead(Failure failure, Profile profile, boolean code, SignInScreen screen) {
        if (!code || failure instanceof Failure.Denied) {
            throw failure.asException();
        }
        if (screen.offer(failure.message(), INSTEAD)) {
            return Optional.empty();
        }
        Optional<String> hint = Optional.of("sign in by code: " + profile.name().loginCommand() + " --device");
        if (failure instanceof Failure.TimedOut) {
            throw new Failure.TimedOut(failure.message(), hint).asException();
        }
        throw failure instanceof Failure.Unreachable
                ? new Failure.Unreachable(failure.message(), hint).asException()
                : new Failure.Failed(failure.message(), hint).asException();
    }

    /** What became of the browser. */
    private enum Browsing {
        HERE,
        ELSEWHERE,
        FAILED
    }

    private Browsing open(CodeAuthorization authorization, LoginRequest request, boolean code, SignInScreen screen) {
        String other = code ? "; for another one: ast login --device" : "";
        if (!request.openBrowser() || request.waits().paste() || browser.remote()) {
            screen.say("The address works in a browser on this machine only" + other);
            return Browsing.ELSEWHERE;
        }
        if (!browser.available()) {
            screen.warn("no browser can be opened here; open the address on this machine yourself" + other);
            return Browsing.FAILED;
        }
        screen.opening();
        if (!browser.open(authorization.address())) {
            screen.warn("the browser could not be opened; open the address on this machine yourself" + other);
            return Browsing.FAILED;
        }
        return Browsing.HERE;
    }

    private Granted redeem(CodeAuthorization authorization, BrowserAnswer.Allowed allowed) {
        try (Interrupts.Registration section = interrupts.protect(
                "finishing the sign-in, since its code can be used only once; Ctrl-C again gives it up")) {
            Granted granted = tokens.exchange(authorization, allowed.code());
            // Before anything is stored.
            IdTokens.requireNonce(authorization, granted);
            return granted;
        }
    }

    private static Failure failure(CodeAuthorization authorization, BrowserAnswer answer) {
        String again = authorization.client().profile().loginCommand();
        if (answer instanceof BrowserAnswer.Refused refused) {
            return OAuthErrors.denies(refused.error())
                    ? new Failure.Denied("the sign-in was refused in the browser", Optional.of(again))
                    : new Failure.Failed(
                            authorization.authority() + " refused: " + refused.error()
                                    + refused.description()
                                            .map(text -> ": " + text)
                                            .orElse(""),
                            Optional.of(OAuthErrors.hint(refused.error())));
        }
        String why = answer instanceof BrowserAnswer.Unusable unusable ? unusable.why() : "";
        return new Failure.Unreachable(
                "the browser sent an answer that cannot be used: " + why,
                Optional.of("close old tabs and start again: " + again));
    }
}
