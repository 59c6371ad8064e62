package dev.ast.api;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.session.Credential;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends an authenticated request and passes the answer's body on. A 401 for a stored login leads to one renewal and one
 * retry; its body is not passed on. One that asks for another sign-in of the user leads to neither. Redirects are reported, never followed.
 */
public final class ApiCall {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Targets targets;
    private final Credentials credentials;
    private final Http http;

    /** Sends over the given client. */
    public ApiCall(Targets targets, Credentials credentials, Http http) {
        this.targets = targets;
        this.credentials = credentials;
        this.http = http;
    }

    /**
     * Sends the request.
     *
     * @param head receives status and headers before the body
     * @param body where the body goes
     * @return the answer, without its body
     * @throws FailureException (not_signed_in), also when a given token is answered with 401, and when the server asks
     *     for another sign-in of the user (RFC 9470); (session_ended),
     *     (unreachable)
     */
    public HttpAnswer send(Selection selection, ApiRequest request, Consumer<HttpAnswer> head, OutputStream body)
            throws IOException {
        Target target = targets.resolve(selection);
        URI address = request.on(target.server());
        Credential credential = credentials.fresh(target, selection.token(), Duration.ZERO);
        boolean renewable = credential.source() instanceof CredentialSource.StoredLogin
                && credential.tokens().renewable();
        HttpAnswer answer = once(target, address, request, credential, head, body, renewable);
        Optional<StepUp> demanded = StepUp.of(answer);
        if (answer.status() == 401 && renewable && demanded.isEmpty()) {
            Optional<Credential> better = credentials.afterRefusal(target, credential);
            answer = once(target, address, request, better.orElse(credential), head, body, false);
            demanded = StepUp.of(answer);
        }
        if (demanded.isPresent()) {
            body.flush();
            throw demanded.get().failure(target.server(), target.profile().name());
        }
        if (answer.status() == 401 && !(credential.source() instanceof CredentialSource.StoredLogin)) {
            body.flush();
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

    private HttpAnswer once(
            Target target,
            URI address,
            ApiRequest request,
            Credential credential,
            Consumer<HttpAnswer> head,
            OutputStream body,
            boolean mayRetry)
            throws IOException {
        String authorization = credential
                .tokens()
                .authorize(target.server())
                .orElseThrow(() -> new Failure.OtherOrigin(
                                target.profile().name(), credential.tokens().origin(), target.server())
                        .asException());
        HttpCall call =
                HttpCall.of(request.method(), address).deadline(DEADLINE).header("Authorization", authorization);
        boolean accepts = false;
        for (Map.Entry<String, String> header : request.headers()) {
            accepts |= header.getKey().equalsIgnoreCase("accept");
            // The body brings its type itself.
            if (!header.getKey().equalsIgnoreCase("content-type")) {
                call = call.header(header.getKey(), header.getValue());
            }
        }
        if (!accepts) {
            call = call.header("Accept", "application/json, */*");
        }
        if (request.body().isPresent()) {
            call = call.body(
                    request.contentType().orElse("application/octet-stream"),
                    request.body().get());
        }
        return http.stream(call, answer -> {
            if (answer.status() == 401 && mayRetry && StepUp.of(answer).isEmpty()) {
                return OutputStream.nullOutputStream();
            }
            head.accept(answer);
            return body;
        });
    }
}
