package dev.ast.shell.completion;

import dev.ast.command.Values;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.profile.Profiles;
import dev.ast.provider.Providers;
import dev.ast.session.Selection;
import dev.ast.session.Targets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The user's own names: profiles, the contexts of one as they were last seen, and providers. */
public final class StoredNames implements ValueSource {
    // Reading every one of many profiles for its description would take too long.
    private static final int DESCRIBED = 200;

    // OpenID Connect Core 1.0, sections 5.4 and 11.
    private static final Map<String, String> OPENID = Map.of(
            "openid", "who signs in",
            "profile", "name and the like",
            "email", "the e-mail address",
            "offline_access", "a session that can be renewed");

    private final Profiles profiles;
    private final Targets targets;
    private final Supplier<Providers> providers;
    private final Consumer<Selection> contexts;

    /**
     * Names from these.
     *
     * @param providers used when a provider's name is completed
     * @param contexts called with the selection whose contexts are completed
     */
    public StoredNames(
            Profiles profiles, Targets targets, Supplier<Providers> providers, Consumer<Selection> contexts) {
        this.profiles = profiles;
        this.targets = targets;
        this.providers = providers;
        this.contexts = contexts;
    }

    @Override
    public List<Proposal> values(Values.Kind kind, String typed, Optional<ProfileName> profile) {
        return switch (kind) {
            case PROFILE -> {
                List<String> names = Match.best(typed, profiles.names(), name -> name);
                boolean few = names.size() <= DESCRIBED;
                yield names.stream()
                        .flatMap(name -> ProfileName.of(name).stream())
                        .map(name -> new Proposal(name.value(), few ? label(name) : ""))
                        .toList();
            }
            case CONTEXT -> {
                Selection named = new Selection(profile, Optional.empty(), Optional.empty(), Optional.empty());
                // Tab proposes what is known; the answer of the server is used the next time.
                contexts.accept(named);
                yield targets.profile(named).contexts().stream()
                        .map(context -> new Proposal(context.name(), context.kind()))
                        .toList();
            }
            case PROVIDER ->
                providers.get().all().stream()
                        .map(provider -> new Proposal(provider.id(), provider.title()))
                        .toList();
            case SCOPE -> scopes(profile);
            default -> List.of();
        };
    }

    /** The scopes that the profile's platform is asked for anyway, and those of OpenID Connect. */
    private List<Proposal> scopes(Optional<ProfileName> named) {
        Selection selection = new Selection(named, Optional.empty(), Optional.empty(), Optional.empty());
        Map<String, String> scopes = new LinkedHashMap<>();
        Profile profile = targets.profile(selection);
        providers
                .get()
                .find(profile.provider())
                .ifPresent(provider ->
                        provider.scopes().forEach(scope -> scopes.put(scope, "usual for " + provider.title())));
        OPENID.forEach(scopes::putIfAbsent);
        return scopes.entrySet().stream()
                .map(scope -> new Proposal(scope.getKey(), OPENID.getOrDefault(scope.getKey(), scope.getValue())))
                .toList();
    }

    private String label(ProfileName name) {
        return profiles.find(name)
                .map(profile ->
                        profile.identity().flatMap(identity -> identity.label()).orElse(profile.provider()))
                .orElse("");
    }
}
