package dev.ast.api;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Sleeper;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.oauth.TokenRequests;
import dev.ast.session.Credential;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Sends an authenticated request and passes the answer's body on. A 401 for a stored login leads to one renewal and one
 * retry, and a safe method is repeated when the server asks to wait; the bodies of such answers are not passed on. Redirects
 * are reported, never followed. A 401 that asks for another sign-in of the user leads to one if the user wants it, and to
 * one retry of a safe method (RFC 9470).
 */
public final class ApiCall {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final int MOST_WAITS = 3;

    private final Targets targets;
    private final Credentials credentials;
    private final TokenRequests requests;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Optional<User> user;

    /** Sends over the given client. */
    public ApiCall(
            Targets targets, Credentials credentials, TokenRequests requests, InstantSource clock, Sleeper sleeper) {
        this(targets, credentials, requests, clock, sleeper, Optional.empty());
    }

    private ApiCall(
            Targets targets,
            Credentials credentials,
            TokenRequests requests,
            InstantSource clock,
            Sleeper sleeper,
            Optional<User> user) {
        this.targets = targets;
        this.credentials = credentials;
        this.requests = requests;
        this.clock = clock;
        this.sleeper = sleeper;
        this.user = user;
    }

    /** The same, which asks this user. */
    public ApiCall asking(User present) {
        return new ApiCall(targets, credentials, requests, clock, sleeper, Optional.of(present));
    }

    /** What becomes of an answer. */
    public interface Receiver {
        /** Receives status and headers. @return where the body goes */
        OutputStream body(HttpAnswer head);

        /** Tells the user what is waited for. */
        void waits(String why);
    }

    /** The user, who can be asked to sign in as a server wants it. */
    public interface User {
        /** Asks, and signs in if the user agrees. @return whether that was done */
        boolean signsIn(StepUp demand, Target target);
    }

    /** One request with its answer's receiver. */
    private record Sending(Target target, URI address, ApiRequest request, Receiver receiver, boolean mayAsk) {
        boolean repeatable() {
            return request.body().map(body -> body.repeatable()).orElse(true);
        }

        // The user's own session, which a sign-in would replace.
        Optional<StepUp> offered(HttpAnswer answer, Credential credential) {
            return mayAsk && credential.source() instanceof CredentialSource.StoredLogin
                    ? StepUp.of(answer)
                    : Optional.empty();
        }
    }

    /**
     * Sends the request.
     *
     * @return the answer, without its body
     * @throws FailureException (not_signed_in), also when a given token is answered with 401, and when the server asks
     *     for another sign-in of the user (RFC 9470); (session_ended),
     *     (unreachable)
     */
    public HttpAnswer send(Selection selection, ApiRequest request, Receiver receiver) throws IOException {
        Target target = targets.resolve(selection);
        Sending sending = new Sending(
                target, request.on(target.server()), request, receiver, request.isSafe() && user.isPresent());
        for (int waits = 0; true; waits++) {
            HttpAnswer answer = authorized(sending, selection, waits < MOST_WAITS);
            Optional<Duration> wait = waits < MOST_WAITS ? wait(sending, answer) : Optional.empty();
            if (wait.isEmpty()) {
                return answer;
            }
            receiver.waits(answer.origin() + " answered with HTTP " + answer.status() + " and asks to wait "
                    + wait.get().toSeconds() + " s; then it is tried again (" + (waits + 1) + " of " + MOST_WAITS
                    + ")");
            sleeper.pause(wait.get());
        }
    }

    // RFC 9110 section 10.2.3, RFC 6585 section 4.
    private Optional<Duration> wait(Sending sending, HttpAnswer answer) {
        return (answer.status() == 429 || answer.status() == 503)
                        && sending.request().isSafe()
                        && sending.repeatable()
                ? answer.retryAfter(clock.instant()).filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0)
                : Optional.empty();
    }

    private HttpAnswer authorized(Sending sending, Selection selection, boolean mayWait) throws IOException {
        Target target = sending.target();
        Credential credential = credentials.fresh(target, selection.token(), Duration.ZERO);
        boolean renewable = credential.source() instanceof CredentialSource.StoredLogin
                && credential.tokens().renewable()
                && sending.repeatable();
        HttpAnswer answer = once(sending, credential, renewable, mayWait);
        if (answer.status() == 401 && renewable && StepUp.of(answer).isEmpty()) {
            Optional<Credential> better = credentials.afterRefusal(target, credential);
            answer = once(sending, better.orElse(credential), false, mayWait);
        }
        Optional<StepUp> demanded = StepUp.of(answer);
        if (user.isPresent()
                && sending.offered(answer, credential)
                        .filter(demand -> user.get().signsIn(demand, target))
                        .isPresent()) {
            Target again = targets.resolve(selection);
            return authorized(
                    new Sending(again, sending.address(), sending.request(), sending.receiver(), false),
                    selection,
                    mayWait);
        }
        if (demanded.isPresent()) {
            throw demanded.get().failure(target.server(), target.profile().name());
        }
        if (answer.status() == 401 && !(credential.source() instanceof CredentialSource.StoredLogin)) {
            throw credential
                    .source()
                    .refused(target.profile().name(), target.server() + " answered with HTTP 401")
                    .asException();
        }
        if (answer.isRedirect()) {
            throw Failure.unreachable(answer.redirectMessage(), "ask for the new address itself");
        }
        return answer;
    }

    private HttpAnswer once(Sending sending, Credential credential, boolean mayRenew, boolean mayWait)
            throws IOException {
        Target target = sending.target();
        ApiRequest request = sending.request();
        HttpCall call = HttpCall.of(request.method(), sending.address()).deadline(DEADLINE);
        for (Map.Entry<String, String> header : request.sentHeaders()) {
            call = call.header(header.getKey(), header.getValue());
        }
        if (request.body().isPresent()) {
            call = call.body(request.sentType(), request.body().get());
        }
        return requests.stream(call, credential.tokens(), sending.repeatable(), answer -> {
                    boolean repeated = (answer.status() == 401
                                    && mayRenew
                                    && StepUp.of(answer).isEmpty())
                            || (mayWait && wait(sending, answer).isPresent())
                            || sending.offered(answer, credential).isPresent();
                    return repeated
                            ? OutputStream.nullOutputStream()
                            : sending.receiver().body(answer);
                })
                .orElseThrow(() -> new Failure.OtherOrigin(
                                target.profile().name(), credential.tokens().origin(), target.server())
                        .asException());
    }
}
