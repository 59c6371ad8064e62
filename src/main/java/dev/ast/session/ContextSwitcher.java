package dev.ast.session;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.SelectedContext;
import dev.ast.profile.Profiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Selects the account, organization or workspace of a profile, here and for what is started later. */
public final class ContextSwitcher {
    /** How long an answer of the server is current. */
    public static final Duration FRESH = Duration.ofMinutes(10);

    /** The word that stands for the context before. */
    public static final String PREVIOUS = "-";

    private final Profiles profiles;
    private final Targets targets;
    private final SessionCheck check;
    private final InstantSource clock;

    /** Switches in the given list; the check is asked for what the server knows now. */
    public ContextSwitcher(Profiles profiles, Targets targets, SessionCheck check, InstantSource clock) {
        this.profiles = profiles;
        this.targets = targets;
        this.check = check;
        this.clock = clock;
    }

    /** What is known without asking a server. */
    public Contexts known(Selection selection) {
        return Contexts.of(targets.profile(selection));
    }

    /**
     * What the server knows now; it is remembered for completion.
     *
     * @throws FailureException (not_signed_in), (session_ended), (unreachable)
     */
    public Contexts asked(Selection selection) {
        Selection plain = new Selection(selection.profile(), Optional.empty(), selection.server(), selection.token());
        List<SelectedContext> now = check.contexts(plain);
        Profile profile = targets.profile(selection);
        if (stored(selection) && profile.signedIn()) {
            remember(profile, now);
        }
        return new Contexts(targets.profile(selection), now);
    }

    /**
     * What is known, if that is not older than {@link #FRESH}, else what the server knows now.
     *
     * @throws FailureException as {@link #asked}
     */
    public Contexts recent(Selection selection) {
        Profile profile = targets.profile(selection);
        boolean current = stored(selection)
                && profile.signedIn()
                && !profile.contexts().isEmpty()
                && isFresh(profile)
                && profile.server()
                        .equals(Optional.of(targets.resolve(selection).home()))
                && !check.usesEnvironment(selection);
        return current ? Contexts.of(profile) : asked(selection);
    }

    /**
     * Asks the server anew, silently and without renewing anything, if what is known is older than {@link #FRESH}.
     * Failures are reported by the next command.
     *
     * @return whether the server was asked
     */
    public boolean refreshQuietly(Selection selection) {
        try {
            Profile profile = targets.profile(selection);
            boolean asks = profile.signedIn() && !isFresh(profile) && check.hasContexts(selection);
            if (!asks || check.usesEnvironment(selection)) {
                return false;
            }
            check.contextsIfTokenIsGood(selection).ifPresent(now -> remember(profile, now));
            return true;
        } catch (FailureException e) {
            return true;
        }
    }

    private boolean isFresh(Profile profile) {
        return profile.contextsAt()
                .filter(when -> Duration.between(when, clock.instant()).abs().compareTo(FRESH) < 0)
                .isPresent();
    }

    private void remember(Profile profile, List<SelectedContext> now) {
        // Somebody else may have signed in meanwhile.
        profiles.change(
                profile.name(),
                stored -> stored.identity().equals(profile.identity())
                        ? stored.withContexts(now, clock.instant())
                        : stored);
    }

    private static boolean stored(Selection selection) {
        return selection.token().isEmpty() && selection.server().isEmpty();
    }

    /**
     * Selects a context.
     *
     * @param word name or id, or {@value #PREVIOUS}
     * @throws FailureException (usage) when there is none of that name, or no previous one
     */
    public SelectedContext use(Selection selection, String word) {
        Contexts known = known(selection);
        SelectedContext chosen;
        if (word.equals(PREVIOUS)) {
            chosen = known.profile()
                    .previousContext()
                    .orElseThrow(() -> Failure.usage("there is no previous context", "ast context list"));
        } else {
            chosen = known.find(word).orElseGet(() -> asked(selection).require(word));
        }
        profiles.require(known.profile().name());
        profiles.change(known.profile().name(), stored -> stored.inContext(Optional.of(chosen)));
        return chosen;
    }

    /** Selects nothing any more; the context before becomes the previous one. */
    public void clear(Selection selection) {
        Profile profile = profiles.require(targets.profile(selection).name());
        profiles.change(profile.name(), stored -> stored.inContext(Optional.empty()));
    }
}
