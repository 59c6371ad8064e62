package dev.ast.session;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.Secret;
import dev.ast.domain.TokenSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The id_token of a stored login, for programs that want to know who the user is. No other source has one. */
public final class IdCredentials {
    private static final String OPENID = "openid";

    private final Credentials credentials;
    private final InstantSource clock;

    /** The id_tokens of the sessions behind the given credentials. */
    public IdCredentials(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * An id_token that is good for a while, renewed first where that is needed, which renews the access token as well.
     *
     * @param minimum the life that must remain; zero for the usual window
     * @return the credential with the id_token in the place of the access token
     * @throws FailureException (not_signed_in) when there is none; (session_ended) when the session cannot be renewed
     */
    public Credential fresh(Target target, Optional<Secret> option, Duration minimum) {
        Profile profile = target.profile();
        CredentialSource source = credentials
                .source(target, option)
                .orElseThrow(() -> new Failure.NotSignedIn(profile.name()).asException());
        if (!(source instanceof CredentialSource.StoredLogin)) {
            throw new Failure.NoIdToken(
                            profile.name(), "the " + source.label() + " gives an access token only", Optional.empty())
                    .asException();
        }
        TokenSet tokens =
                credentials.stored(target).orElseThrow(() -> new Failure.NotSignedIn(profile.name()).asException());
        Credentials.pin(target, tokens);
        Instant now = clock.instant();
        Predicate<TokenSet> stale =
                set -> set.ofId().map(id -> id.staleFor(minimum, now)).orElse(true);
        List<String> scopes = tokens.scopes().isEmpty()
                ? profile.scopes().orElse(target.provider().scopes())
                : tokens.scopes();
        boolean asked = tokens.id().isPresent() || scopes.contains(OPENID);
        Credential fresh = new Credential(source, tokens);
        if (asked && stale.test(tokens)) {
            boolean good = tokens.ofId().filter(id -> !id.endedAt(now)).isPresent();
            fresh = credentials.renewed(target, source, tokens, stale, good);
        }
        Optional<Failure> notRenewed = fresh.notRenewed();
        return fresh.tokens()
                .ofId()
                .filter(id -> !id.endedAt(now))
                .map(id -> new Credential(source, id, notRenewed))
                .orElseThrow(() -> none(profile, scopes, asked));
    }

    private static FailureException none(Profile profile, List<String> scopes, boolean asked) {
        Set<String> all = new LinkedHashSet<>(List.of(OPENID));
        all.addAll(scopes);
        String why = asked
                ? "the server gave none, or none when it renewed the session"
                : "the sign-in did not ask for the scope " + OPENID;
        return new Failure.NoIdToken(
                        profile.name(),
                        why,
                        Optional.of(profile.name().loginCommand() + " --scope \"" + String.join(" ", all) + "\""))
                .asException();
    }
}
