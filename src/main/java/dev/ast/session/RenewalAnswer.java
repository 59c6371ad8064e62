package dev.ast.session;

import dev.ast.credential.TokenJson;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a renewal process answers, one JSON object on one line of its standard output, which leads to the command and nowhere else.
 *
 * @param tokens what is stored afterwards; empty when nobody is signed in or the renewal failed
 * @param failure why it failed or, where there are tokens, why they could not be stored
 */
record RenewalAnswer(Optional<TokenSet> tokens, Optional<Failure> failure) {

    byte[] written() {
        JsonObject answer = new JsonObject();
        tokens.ifPresent(present -> {
            JsonObject written = new JsonObject();
            TokenJson.write(present, written);
            answer.put("tokens", written);
        });
        failure.ifPresent(present -> answer.put("failure", written(present)));
        return (LocalJson.write(answer.members()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The answer in these bytes; empty when they are something else, as when the process was killed. */
    static Optional<RenewalAnswer> read(byte[] bytes, ProfileName profile) {
        return LocalJson.tryObject(bytes)
                .map(answer -> new RenewalAnswer(
                        answer.object("tokens").flatMap(TokenJson::read),
                        answer.object("failure").map(failure -> failure(failure, profile))));
    }

    private static JsonObject written(Failure failure) {
        JsonObject written = new JsonObject()
                .put("exit", failure.exit().word())
                .put("message", failure.message())
                .put("hint", failure.hint());
        if (failure instanceof Failure.SessionEnded ended) {
            written.put("why", ended.why());
        } else if (failure instanceof Failure.OtherOrigin other) {
            written.put("owner", other.owner()).put("target", other.target());
        }
        return written;
    }

    private static Failure failure(JsonObject written, ProfileName profile) {
        String message = written.text("message").orElse("the renewal failed");
        Optional<String> hint = written.text("hint");
        String exit = written.text("exit").orElse("");
        if (exit.equals(Exit.SESSION_ENDED.word())) {
            return new Failure.SessionEnded(profile, written.text("why").orElse(message));
        }
        if (exit.equals(Exit.NOT_SIGNED_IN.word())) {
            Optional<ServerOrigin> owner = written.parsed("owner", ServerOrigin::parse);
            Optional<ServerOrigin> target = written.parsed("target", ServerOrigin::parse);
            return owner.isPresent() && target.isPresent()
                    ? new Failure.OtherOrigin(profile, owner.get(), target.get())
                    : new Failure.NotSignedIn(profile);
        }
        if (exit.equals(Exit.UNREACHABLE.word())) {
            return new Failure.Unreachable(message, hint);
        }
        if (exit.equals(Exit.STORAGE.word())) {
            return new Failure.Storage(message, hint);
        }
        if (exit.equals(Exit.DENIED.word())) {
            return new Failure.Denied(message, hint);
        }
        return exit.equals(Exit.USAGE.word()) ? new Failure.Usage(message, hint) : new Failure.Failed(message, hint);
    }
}
