package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.http.TransportFailure;
import dev.ast.oauth.DevicePoller.Poll;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/** The polls of one sign-in by code: reads the answer of each (RFC 8628 section 3.5), and remembers lost answers. */
final class DevicePolls implements Supplier<Poll<Granted>> {
    private final OAuthClient client;
    private final DeviceAuthorization authorization;
    private final Supplier<Granted> grant;
    /** Whether an earlier poll was sent and never answered, which may have been the approval. */
    private boolean unanswered;

    DevicePolls(OAuthClient client, DeviceAuthorization authorization, Supplier<Granted> grant) {
        this.client = client;
        this.authorization = authorization;
        this.grant = grant;
    }

    @Override
    public Poll<Granted> get() {
        try {
            return new Poll.Done<>(grant.get());
        } catch (OAuth2AuthorizationException e) {
            return refused(e);
        } catch (FailureException e) {
            if (e.getCause() instanceof TokenEndpoint.Passing passing) {
                return new Poll.Trouble<>(e.failure(), passing.retryAfter());
            }
            if (e.getCause() instanceof TransportFailure failure && e.failure() instanceof Failure.Unreachable) {
                unanswered |= failure.mayHaveBeenSent();
                return new Poll.Trouble<>(e.failure(), Optional.empty());
            }
            throw e;
        }
    }

    private Poll<Granted> refused(OAuth2AuthorizationException e) {
        String code = e.getError().getErrorCode();
        String again = client.profile().loginCommand();
        if (code.equals("authorization_pending")) {
            return new Poll.Pending<>();
        }
        if (code.equals("slow_down")) {
            return new Poll.SlowDown<>();
        }
        if (OAuthErrors.denies(code)) {
            throw Failure.denied("the sign-in was refused in the browser", again);
        }
        boolean expired = OAuthErrors.expires(code);
        if (unanswered && (expired || code.equals(OAuth2ErrorCodes.INVALID_GRANT))) {
            throw Failure.unreachable(
                    "the answer of " + authorization.authority()
                            + " to the approval was lost on its way; the approval is used up",
                    "sign in again: " + again);
        }
        throw expired
                ? Failure.timedOut("the code has expired", again)
                : DeviceAuthorizationClient.refused(e, authorization.authority());
    }
}
