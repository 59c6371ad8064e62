package dev.ast.login;

import dev.ast.domain.ClientSettings;
import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.Workload;
import dev.ast.profile.Profiles;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import dev.ast.session.ProfileVariables;
import dev.ast.session.Targets;
import java.net.URI;
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
     * @param screen asks whether a profile is to be created for which no platform is named
     * @throws dev.ast.domain.FailureException (usage) for an unknown provider, or settings that lack something;
     *     (not_signed_in) when the profile does not exist and is not to be created
     */
    public Profile of(LoginRequest request, SignInScreen screen) {
        Profile before = existing(request, screen);
        profiles.requireNoTwin(before.name());
        String known = before.provider().isEmpty() ? Providers.DEFAULT : before.provider();
        ProfileVariables variables = targets.variables().unlessFor(request.provider());
        String wanted = request.provider()
                .or(() -> request.issuer().map(issuer -> generic(known)))
                .or(variables::provider)
                .orElse(known);
        Provider provider = providers.require(wanted);
        boolean same = wanted.equals(known);
        Optional<ServerOrigin> server = request.selection().server().or(() -> targets.serverVariable(provider));
        boolean moved = server.isPresent() && before.server().isPresent() && !server.equals(before.server());
        Optional<URI> issuer =
                request.issuer().or(() -> ofTenant(request.client(), provider)).or(variables::issuer);
        Profile draft = before.setUp(
                        wanted,
                        server.or(() -> same ? before.server() : Optional.empty()),
                        issuer.or(() -> same ? before.issuer() : Optional.empty()),
                        request.clientId()
                                .or(variables::clientId)
                                .or(() -> same ? before.clientId() : Optional.empty()),
                        request.scopes().or(variables::scopes).or(() -> same ? before.scopes() : Optional.empty()))
                .as(request.client()
                        .on(
                                same ? before.client() : ClientSettings.NONE,
                                variables.audience(),
                                workload(request, same ? before.client().workload() : Workload.NONE, provider)));
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

    // What the line says, then the environment, the profile and the settings. Another way that the line names goes
    // before all but the first.
    private Workload workload(LoginRequest request, Workload before, Provider provider) {
        ClientRequest client = request.client();
        if (!client.byWorkload() && (client.ofClient() || request.way() != SignInWay.AUTOMATIC)) {
            return Workload.NONE;
        }
        Workload all = client.workload()
                .or(targets.variables().workload())
                .or(before)
                .or(provider.options().client().workload());
        if (all.isUsed() || !client.byWorkload()) {
            return all.isUsed() ? all : Workload.NONE;
        }
        if (targets.variables().inGitHubJob()) {
            return new Workload(Optional.of(Workload.Source.GITHUB), all.grant(), all.type(), all.audience());
        }
        throw Failure.usage(
                "it is not known where the token of this machine is",
                "give one of --workload github, --workload @FILE and --workload env:NAME");
    }

    private static Optional<URI> ofTenant(ClientRequest client, Provider provider) {
        return client.tenant()
                .map(tenant -> MissingValues.issuer(
                        provider,
                        provider.options()
                                .tenant()
                                .filter(named -> named.template().isPresent())
                                .orElseThrow(() -> Failure.usage(
                                        "provider " + provider.id() + " has no tenants to name",
                                        "ast login --provider " + provider.id() + " --issuer URL")),
                        tenant));
    }

    // A typing error in a name must not become a profile of the default platform.
    private Profile existing(LoginRequest request, SignInScreen screen) {
        ProfileName name = targets.choose(request.selection()).name();
        boolean created = name.equals(ProfileName.DEFAULT)
                || request.provider().isPresent()
                || request.issuer().isPresent()
                || targets.variables().naming().isPresent();
        Optional<Profile> known = profiles.find(name);
        if (known.isPresent() || created) {
            return known.orElseGet(() -> Profile.fresh(name, Providers.DEFAULT));
        }
        Failure.NoSuchProfile missing = Failure.NoSuchProfile.of(name, profiles.names());
        if (!screen.canAsk()) {
            throw missing.atLogin(name).asException();
        }
        String title = providers.require(Providers.DEFAULT).title();
        if (!screen.offer(missing.message(), "Create it, and sign in to " + title + " with it?")) {
            throw Failure.failed(
                    "nothing was created", missing.atLogin(name).hint().orElseThrow());
        }
        return Profile.fresh(name, Providers.DEFAULT);
    }

    private String generic(String known) {
        // An issuer alone means "any OpenID server", unless the profile's platform takes an issuer already.
        return providers.require(known).takesIssuer() || known.equals("sandbox") ? known : Providers.GENERIC;
    }
}
