package dev.ast.profile;

import dev.ast.domain.IsoTime;
import dev.ast.domain.ProfileName;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry of the log. It never has a token.
 *
 * @param identity who is signed in, where that is known
 * @param server the origin that it is about: that of the profile, or the one that a program asked for
 * @param protocol in which a program asked, for {@link Kind#HELPER_ANSWER}
 * @param program the name of the program that asked
 */
public record SessionEvent(
        Instant time,
        Kind kind,
        ProfileName profile,
        Optional<String> identity,
        Optional<String> server,
        Optional<String> protocol,
        Optional<String> program) {

    /** What has happened. */
    public enum Kind {
        /** Tokens of a sign-in or an import were stored. */
        SIGN_IN,
        /** Renewed tokens were stored. */
        RENEWAL,
        /** The server refused to renew the session. */
        SESSION_ENDED,
        /** Another profile was made the active one. */
        PROFILE_USE,
        /** The tokens were removed. */
        SIGN_OUT,
        /** Another program was given a token. */
        HELPER_ANSWER;

        /** As written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The entry as a line of JSON. */
    String line() {
        return LocalJson.write(new JsonObject()
                .put("time", time)
                .put("event", kind.word())
                .put("profile", profile.value())
                .put("identity", identity)
                .put("server", server)
                .put("protocol", protocol)
                .put("program", program)
                .members());
    }

    /** Reads a line; empty for one that is none, such as that of a write which was cut off. */
    static Optional<SessionEvent> of(String line) {
        Optional<JsonObject> json = LocalJson.tryObject(line.getBytes(StandardCharsets.UTF_8));
        Optional<Instant> time = json.flatMap(one -> one.text("time")).flatMap(IsoTime::parse);
        Optional<Kind> kind = json.flatMap(one -> one.text("event"))
                .flatMap(word -> Arrays.stream(Kind.values())
                        .filter(one -> one.word().equals(word))
                        .findFirst());
        Optional<ProfileName> profile = json.flatMap(one -> one.parsed("profile", ProfileName::new));
        if (time.isEmpty() || kind.isEmpty() || profile.isEmpty()) {
            return Optional.empty();
        }
        return json.map(one -> new SessionEvent(
                time.get(),
                kind.get(),
                profile.get(),
                one.text("identity"),
                one.text("server"),
                one.text("protocol"),
                one.text("program")));
    }
}
