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
        return switch (code) {
            case "authorization_pending" -> new Poll.Pending<>();
            case "slow_down" -> new Poll.SlowDown<>();
            // The second name is Entra's and ForgeRock's.
            case "access_denied", "authorization_declined" ->
                throw Failure.denied("the sign-in was refused in the browser", again);
            case "expired_token", "code_expired", OAuth2ErrorCodes.INVALID_GRANT -> {
                if (unanswered) {
                    throw Failure.unreachable(
                            "the answer of " + authorization.authority()
                                    + " to the approval was lost on its way; the approval is used up",
                            "sign in again: " + again);
                }
                throw code.equals(OAuth2ErrorCodes.INVALID_GRANT)
                        ? TokenEndpoint.refused(e, authorization.authority())
                        : Failure.timedOut("the code has expired", again);
            }
            default -> throw TokenEndpoint.refused(e, authorization.authority());
        };
    }
}
