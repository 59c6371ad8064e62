package dev.ast.protocol;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.profile.EventLog;
import dev.ast.profile.StoredSessions;
import dev.ast.session.Credentials;
import dev.ast.session.IdCredentials;
import dev.ast.session.Recipients;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** From an origin to the credential for it: what all protocols are made over. */
public final class OriginCredentials {
    private final Recipients recipients;
    private final Targets targets;
    private final Credentials credentials;
    private final IdCredentials ids;
    private final StoredSessions sessions;
    private final InstantSource clock;
    private final EventLog log;
    private final String protocol;

    /**
     * Credentials of the profiles that the given rule names.
     *
     * @param log is told who was given a token
     */
    public OriginCredentials(
            Recipients recipients,
            Targets targets,
            Credentials credentials,
            IdCredentials ids,
            StoredSessions sessions,
            InstantSource clock,
            EventLog log) {
        this(recipients, targets, credentials, ids, sessions, clock, log, "");
    }

    private OriginCredentials(
            Recipients recipients,
            Targets targets,
            Credentials credentials,
            IdCredentials ids,
            StoredSessions sessions,
            InstantSource clock,
            EventLog log,
            String protocol) {
        this.recipients = recipients;
        this.targets = targets;
        this.credentials = credentials;
        this.ids = ids;
        this.sessions = sessions;
        this.clock = clock;
        this.log = log;
        this.protocol = protocol;
    }

    /** The same for questions in a protocol, which the log names. */
    OriginCredentials in(String word) {
        return new OriginCredentials(recipients, targets, credentials, ids, sessions, clock, log, word);
    }

    /** Which of a profile's tokens is wanted. */
    public enum Kind {
        ACCESS,
        ID
    }

    /** A token that the program may be given, good for a while, and the profile that it is of. */
    public record Given(Target target, TokenSet tokens) {
        String token() {
            return tokens.access().reveal();
        }

        /** The value of the {@code Authorization} header. */
        String header() {
            return tokens.authorize(tokens.origin()).orElseThrow();
        }

        Optional<Instant> expiresAt() {
            return tokens.expiresAt();
        }
    }

    /**
     * The token for the first of these origins that a profile answers for, renewed where that is needed.
     *
     * @return empty when no profile does
     * @throws FailureException (usage) when two do; (session_ended), (unreachable) or (storage)
     */
    public Optional<Given> find(Selection selection, List<ServerOrigin> origins, Kind kind) {
        return recipients.find(selection, origins).map(one -> given(one.target(), selection, kind, origins.get(0)));
    }

    /** The same for one origin as a program names it; empty also where the text is none. */
    public Optional<Given> find(Selection selection, String address) {
        return origins(address).flatMap(origins -> find(selection, origins, Kind.ACCESS));
    }

    /**
     * The same where the program must be told that there is none.
     *
     * @throws FailureException (not_signed_in) when no profile answers for it
     */
    public Given require(Selection selection, String address, Kind kind) {
        List<ServerOrigin> origins = Recipients.named(withoutPath(address));
        return find(selection, origins, kind).orElseThrow(() -> new Failure.NoRecipient(origins.get(0)).asException());
    }

    /**
     * The token of the profile that a command would use, where the program does not say what it is for.
     *
     * @throws FailureException (not_signed_in) when there is none
     */
    public Given chosen(Selection selection, Kind kind) {
        return of(targets.resolve(selection), selection, kind);
    }

    /** The profiles that answer for something, with what they answer for. */
    public List<Target> all(Selection selection) {
        return recipients.all(selection);
    }

    /**
     * The origins that another program is set up for: the one that is named, else what the chosen profile answers for.
     *
     * @throws FailureException (usage) when the name is none
     */
    public List<ServerOrigin> setUpFor(Selection selection, Optional<String> host) {
        if (host.isPresent()) {
            return List.of(Recipients.named(host.get()).get(0));
        }
        List<Target> all = all(selection);
        return all.isEmpty() ? List.of() : Recipients.origins(all.get(0));
    }

    /** Whether a profile answers for an origin. */
    public boolean answers(Selection selection, ServerOrigin origin) {
        return recipients.find(selection, origin).isPresent();
    }

    /**
     * After a server has refused the token of a profile: its next use renews it. The session goes on in every case; a token
     * that nothing can renew, and one that is not of this session, changes nothing.
     */
    public void refused(Selection selection, List<ServerOrigin> origins, Secret refused) {
        recipients
                .find(selection, origins)
                .map(one -> one.target().profile().name())
                .ifPresent(name -> {
                    try (LockFiles.Held held = sessions.lock(name)) {
                        sessions.tokens(name)
                                .filter(tokens ->
                                        tokens.renewable() && tokens.access().same(refused))
                                .ifPresent(tokens -> sessions.replace(name, tokens.endingAt(clock.instant())));
                    }
                });
    }

    /** The origins that a text of another program stands for; empty when it is none. */
    static Optional<List<ServerOrigin>> origins(String address) {
        try {
            return Optional.of(Recipients.named(withoutPath(address)));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    /** Whether one of the characters is refused. A loop: streams would be a tenth of what a helper loads. */
    static boolean hasAny(String text, IntPredicate refused) {
        for (int i = 0; i < text.length(); i++) {
            if (refused.test(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    // A back slash ends the host for some readers of addresses, and is a part of it for others: it stays, and is
    // refused.
    private static String withoutPath(String address) {
        int start = address.indexOf("://");
        int at = start < 0 ? 0 : start + 3;
        while (at < address.length() && "/?#".indexOf(address.charAt(at)) < 0) {
            at++;
        }
        return address.substring(0, at);
    }

    /** The token of one of {@link #all}. */
    public Given of(Target target, Selection selection, Kind kind) {
        return given(target, selection, kind, target.home());
    }

    private Given given(Target target, Selection selection, Kind kind, ServerOrigin asked) {
        Given given = new Given(
                target,
                (kind == Kind.ID
                                ? ids.fresh(target, selection.token(), Duration.ZERO)
                                : credentials.fresh(target, selection.token(), Duration.ZERO))
                        .forPrograms(target.profile().name())
                        .tokens());
        log.answered(target.profile(), asked, protocol);
        return given;
    }
}
