package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.profile.Profiles;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import dev.ast.session.Targets;
import java.util.Optional;

/** Sets up a profile from the options of a login: what is not given stays as it was, unless the platform changes. */
public final class ProfileSetup {
    private final Profiles profiles;
    private final Targets targets;
    private final Providers providers;

    /** Sets up with the given platforms. */
    public ProfileSetup(Profiles profiles, Targets targets, Providers providers) {
        this.profiles = profiles;
        this.targets = targets;
        this.providers = providers;
    }

    /**
     * The profile as it would be stored after the login; nothing is written.
     *
     * @throws dev.ast.domain.FailureException (usage) for an unknown provider, or settings that lack something
     */
    public Profile of(LoginRequest request) {
        Profile before = targets.profile(request.selection());
        profiles.requireNoTwin(before.name());
        String known = before.provider().isEmpty() ? Providers.DEFAULT : before.provider();
        String wanted = request.provider().orElse(request.issuer().isPresent() ? generic(known) : known);
        Provider provider = providers.require(wanted);
        boolean same = wanted.equals(known);
        Optional<ServerOrigin> server = request.selection().server().or(() -> targets.serverVariable(provider));
        boolean moved = server.isPresent() && before.server().isPresent() && !server.equals(before.server());
        Profile draft = before.setUp(
                wanted,
                server.or(() -> same ? before.server() : Optional.empty()),
                request.issuer().or(() -> same ? before.issuer() : Optional.empty()),
                request.clientId().or(() -> same ? before.clientId() : Optional.empty()),
                request.scopes().or(() -> same ? before.scopes() : Optional.empty()));
        if (!same || moved) {
            draft = draft.inContext(Optional.empty());
        }
        if (provider.id().equals(Providers.GENERIC)
                && draft.issuer().isEmpty()
                && provider.endpoints().token().isEmpty()) {
            throw Failure.usage(
                    "provider " + provider.id() + " needs an issuer",
                    "ast login --provider " + provider.id() + " --issuer URL --client-id ID");
        }
        return draft;
    }

    private String generic(String known) {
        // An issuer alone means "any OpenID server", unless the profile's platform takes an issuer already.
        return providers.require(known).takesIssuer() || known.equals("sandbox") ? known : Providers.GENERIC;
    }
}
