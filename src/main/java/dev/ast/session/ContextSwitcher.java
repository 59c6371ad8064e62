package dev.ast.session;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.SelectedContext;
import dev.ast.profile.Profiles;
import java.util.List;
import java.util.Optional;

/** Selects the account, organization or workspace of a profile, here and for what is started later. */
public final class ContextSwitcher {
    /** The word that stands for the context before. */
    public static final String PREVIOUS = "-";

    private final Profiles profiles;
    private final Targets targets;
    private final SessionCheck check;

    /** Switches in the given list; the check is asked for what the server knows now. */
    public ContextSwitcher(Profiles profiles, Targets targets, SessionCheck check) {
        this.profiles = profiles;
        this.targets = targets;
        this.check = check;
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
        boolean ours = selection.token().isEmpty() && selection.server().isEmpty() && !now.equals(profile.contexts());
        if (ours && profile.signedIn()) {
            profiles.change(profile.name(), stored -> stored.withContexts(now));
        }
        return new Contexts(targets.profile(selection), now);
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
