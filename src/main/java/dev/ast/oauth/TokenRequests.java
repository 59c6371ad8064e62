package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.Secret;
import dev.ast.domain.TokenSet;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends requests with an access token, and with the proof of its key where it is bound to one (RFC 9449 section 7). A
 * server that wants another nonce in the proof gets the same request once more (section 9).
 */
public final class TokenRequests {
    private final Http http;
    private final DpopProofs proofs;

    /** Sends over the given client. */
    public TokenRequests(Http http, DpopProofs proofs) {
        this.http = http;
        this.proofs = proofs;
    }

    /**
     * Sends a request whose body can be sent again, and reads the whole answer.
     *
     * @return empty when the token was issued for another server: nothing was sent
     * @throws dev.ast.domain.FailureException as {@link Http#send}; (storage) when the key of the token cannot be used
     */
    public Optional<HttpAnswer> send(HttpCall call, TokenSet tokens) {
        return tokens.authorize(call.origin())
                .map(value -> tokens.isBound()
                        ? proofs.send(http, () -> authorized(call, value, tokens))
                        : http.send(authorized(call, value, tokens)));
    }

    /**
     * The same with an answer whose body is passed on as it comes; the body of an answer that is only about the nonce is
     * not.
     *
     * @param repeatable whether the body of the request can be sent again; where it cannot, a nonce that is wanted is a
     *     failure (failed)
     * @throws IOException only what the stream of the caller throws
     */
    public Optional<HttpAnswer> stream(
            HttpCall call, TokenSet tokens, boolean repeatable, Function<HttpAnswer, OutputStream> sink)
            throws IOException {
        Optional<String> value = tokens.authorize(call.origin());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        boolean[] again = new boolean[1];
        HttpAnswer answer = http.stream(authorized(call, value.get(), tokens), head -> {
            again[0] = tokens.isBound() && proofs.learn(head);
            if (again[0] && !repeatable) {
                throw Failure.failed(
                        head.origin()
                                + " wants the request once more, with its nonce (DPoP), and what came from standard"
                                + " input can be sent only once",
                        "name a file: --input FILE");
            }
            return again[0] ? OutputStream.nullOutputStream() : sink.apply(head);
        });
        if (!again[0]) {
            return Optional.of(answer);
        }
        return Optional.of(http.stream(authorized(call, value.get(), tokens), head -> {
            proofs.learn(head);
            return sink.apply(head);
        }));
    }

    private HttpCall authorized(HttpCall call, String value, TokenSet tokens) {
        HttpCall sent = call.header("Authorization", value);
        Optional<Secret> key = tokens.isBound() ? tokens.key() : Optional.empty();
        return key.isPresent() ? proofs.proven(sent, key.get(), Optional.of(tokens.access())) : sent;
    }
}
