package dev.ast.session;

import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.profile.Profiles;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.util.List;
import java.util.Optional;

/**
 * Decides which profile and server a command is about: option, environment, what the shell holds, active profile; for
 * the server: option, environment, profile, provider. Where no profile was chosen or made, the token variable of a
 * platform decides the platform too.
 */
public final class Targets {
    private static final String OPTION = "option --profile";
    private static final String VARIABLE = "environment AST_PROFILE";
    private static final String ACTIVE = "active profile";

    private final Profiles profiles;
    private final Providers providers;
    private final Environment environment;
    private final ShellSession shell;
    private final PlatformVariables platforms;

    /** Decides by the given sources. */
    public Targets(Profiles profiles, Providers providers, Environment environment, ShellSession shell) {
        this.profiles = profiles;
        this.providers = providers;
        this.environment = environment;
        this.shell = shell;
        this.platforms = new PlatformVariables(providers, environment);
    }

    /** A profile's name, and the rule that chose it. */
    public record Chosen(ProfileName name, String rule) {
        /** Whether an option or the environment names the profile. */
        public boolean named() {
            return rule.equals(OPTION) || rule.equals(VARIABLE);
        }
    }

    /** Which profile a command is about. */
    public Chosen choose(Selection selection) {
        return choose(selection, environment, shell, profiles);
    }

    /** The same rule for callers without providers. */
    public static Chosen choose(Selection selection, Environment environment, ShellSession shell, Profiles profiles) {
        Optional<Chosen> named = named(selection, environment, shell);
        return named.isPresent() ? named.get() : new Chosen(profiles.active(), ACTIVE);
    }

    private static Optional<Chosen> named(Selection selection, Environment environment, ShellSession shell) {
        if (selection.profile().isPresent()) {
            return Optional.of(new Chosen(selection.profile().get(), OPTION));
        }
        Optional<String> variable = environment.get("AST_PROFILE");
        if (variable.isPresent()) {
            return Optional.of(new Chosen(new ProfileName(variable.get()), VARIABLE));
        }
        Optional<ProfileName> held = shell.profile();
        return held.isPresent() ? Optional.of(new Chosen(held.get(), "selected in this shell")) : Optional.empty();
    }

    /** The profile that a command is about; a fresh one of the default provider when it does not exist yet. */
    public Profile profile(Selection selection) {
        return profile(named(selection, environment, shell));
    }

    private Profile profile(Optional<Chosen> named) {
        return named.isPresent()
                ? profiles.findOrFresh(named.get().name(), Providers.DEFAULT)
                : profiles.activeOrFresh(Providers.DEFAULT);
    }

    /**
     * The profile, provider and server of a command.
     *
     * @throws dev.ast.domain.FailureException (usage) when no server is known, the environment names no valid one or
     *     several platforms, or the profile has no such context
     */
    public Target resolve(Selection selection) {
        Optional<Chosen> chosen = named(selection, environment, shell);
        String rule = chosen.isPresent() ? chosen.get().rule() : ACTIVE;
        Profile profile = profile(chosen);
        boolean open = chosen.isEmpty()
                && isFresh(profile)
                && profiles.find(profile.name()).isEmpty();
        Optional<Meant> meant = open ? meant(selection) : Optional.empty();
        if (meant.isPresent()) {
            profile = Profile.fresh(profile.name(), meant.get().platform());
            rule = meant.get().rule();
        }
        if (selection.context().isPresent()) {
            profile = profile.inContext(
                    Optional.of(Contexts.of(profile).require(selection.context().get())));
        }
        Provider provider = providers.of(profile);
        Optional<ServerOrigin> named = serverVariable(provider);
        if (named.isEmpty() && selection.server().isPresent() && isFresh(profile)) {
            // Only this line describes the profile.
            ServerOrigin only = selection.server().get();
            return new Target(profile, provider, only, provider.server().orElse(only), rule);
        }
        ServerOrigin home = named.isPresent() ? named.get() : provider.serverOf(profile);
        return new Target(profile, provider, selection.server().orElse(home), home, rule);
    }

    /** A platform that no profile names, and the rule that names it. */
    private record Meant(String platform, String rule) {}

    private Optional<Meant> meant(Selection selection) {
        if (selection.platform().isPresent()) {
            String platform = selection.platform().get();
            return Optional.of(new Meant(platform, "not set up; the command is of the platform " + platform));
        }
        // AST_TOKEN wins over the variables of every platform and is of none: then the default platform stays.
        if (environment.get(EnvironmentTokens.ANY_PROVIDER).isPresent()) {
            return Optional.empty();
        }
        return platforms.named().map(named -> {
            String platform = named.provider().id();
            return new Meant(platform, "not set up; " + named.variable() + " names the platform " + platform);
        });
    }

    /**
     * The profile for a server of some platform.
     *
     * @return the active one where it fits, else the first that does; empty when there is none
     */
    public Optional<ProfileName> profileFor(String provider, ServerOrigin server) {
        ProfileName active = choose(Selection.NONE).name();
        List<ProfileName> fitting = profiles.list().all().stream()
                .filter(profile -> profile.provider().equals(provider)
                        && providers.of(profile).serverOf(profile).equals(server))
                .map(Profile::name)
                .toList();
        return fitting.contains(active) ? Optional.of(active) : fitting.stream().findFirst();
    }

    /** The server that the environment names for a provider. */
    public Optional<ServerOrigin> serverVariable(Provider provider) {
        Optional<String> name = serverVariableName(provider);
        Optional<String> address = name.isEmpty() ? name : environment.get(name.get());
        return address.isEmpty() ? Optional.empty() : Optional.of(ServerOrigin.parse(address.get()));
    }

    /** Why a target has its server, for people. */
    public String serverRule(Selection selection, Target target) {
        if (selection.server().isPresent()) {
            return "option --server";
        }
        return serverVariableName(target.provider())
                .map(name -> "environment " + name)
                .orElseGet(() -> target.profile().server().isPresent()
                                || target.profile().issuer().isPresent()
                        ? "profile"
                        : "provider " + target.provider().id());
    }

    private Optional<String> serverVariableName(Provider provider) {
        if (environment.get("AST_SERVER").isPresent()) {
            return Optional.of("AST_SERVER");
        }
        for (String name : provider.options().serverVariables()) {
            if (environment.get(name).isPresent()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static boolean isFresh(Profile profile) {
        return profile.server().isEmpty()
                && profile.issuer().isEmpty()
                && profile.storage().isEmpty();
    }
}
