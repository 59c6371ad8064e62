package dev.ast.session;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.SecretShape;
import dev.ast.domain.SelectedContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What can be selected inside a profile.
 *
 * @param profile the profile, with what is selected in it
 * @param all what can be selected, as last read from the server
 */
public record Contexts(Profile profile, List<SelectedContext> all) {
    private static final int MOST_NAMED = 20;

    /** Copies the list. */
    public Contexts {
        all = List.copyOf(all);
    }

    /** What is known of a profile. */
    public static Contexts of(Profile profile) {
        return new Contexts(profile, profile.contexts());
    }

    /**
     * The context that a word means: by id, else by name.
     *
     * @return empty when there is none
     * @throws dev.ast.domain.FailureException (usage) when several bear the name
     */
    public Optional<SelectedContext> find(String word) {
        Optional<SelectedContext> byId =
                all.stream().filter(context -> context.id().equals(word)).findFirst();
        if (byId.isPresent()) {
            return byId;
        }
        List<SelectedContext> byName =
                all.stream().filter(context -> context.name().equals(word)).toList();
        if (byName.size() > 1) {
            throw Failure.usage(
                    "several contexts are called '" + word + "'",
                    "use an id: "
                            + byName.stream()
                                    .map(context -> context.id() + " (" + context.kind() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        return byName.stream().findFirst();
    }

    /**
     * The same for one that must be there.
     *
     * @throws dev.ast.domain.FailureException (usage) naming the known ones when it is not
     */
    public SelectedContext require(String word) {
        return find(word)
                .orElseThrow(() -> Failure.usage(
                        "there is no context " + SecretShape.quoted(word, 80) + " in profile " + profile.name(),
                        all.isEmpty() ? "ast context list" : "known are: " + names()));
    }

    private String names() {
        String first = all.stream().limit(MOST_NAMED).map(SelectedContext::name).collect(Collectors.joining(", "));
        return all.size() > MOST_NAMED ? first + ", … (ast context list)" : first;
    }
}
