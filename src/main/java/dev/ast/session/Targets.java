package dev.ast.session;

import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.Workload;
import dev.ast.host.Environment;
import dev.ast.profile.Directories;
import dev.ast.profile.Profiles;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.util.List;
import java.util.Optional;

/**
 * Decides which profile and server a command is about: option, what the user switched to in this shell, environment,
 * the profile that the shell started with, the one bound to the current directory, active profile; for the server: option, environment, profile, provider. Where no profile was chosen or made, the token variable of a
 * platform decides the platform too.
 */
public final class Targets {
    private static final String OPTION = "option --profile";
    /** The variable that names a profile. */
    public static final String VARIABLE = "AST_PROFILE";

    private static final String ACTIVE = "active profile";

    private final Profiles profiles;
    private final Directories directories;
    private final Providers providers;
    private final Environment environment;
    private final ShellSession shell;
    private final PlatformVariables platforms;
    private final ProfileVariables variables;

    /** Decides by the given sources. */
    public Targets(
            Profiles profiles,
            Directories directories,
            Providers providers,
            Environment environment,
            ShellSession shell) {
        this.profiles = profiles;
        this.directories = directories;
        this.providers = providers;
        this.environment = environment;
        this.shell = shell;
        this.platforms = new PlatformVariables(providers, environment);
        this.variables = new ProfileVariables(environment);
    }

    /** A profile's name, and the rule that chose it. */
    public record Chosen(ProfileName name, String rule) {
        /** Whether an option or the environment names the profile. */
        public boolean named() {
            return rule.equals(OPTION) || rule.equals("environment " + VARIABLE);
        }
    }

    /** The variables that describe a profile. */
    public ProfileVariables variables() {
        return variables;
    }

    /** Which profile a command is about. */
    public Chosen choose(Selection selection) {
        return choose(selection, environment, shell, profiles, directories);
    }

    /** The same rule for callers without providers. */
    public static Chosen choose(
            Selection selection,
            Environment environment,
            ShellSession shell,
            Profiles profiles,
            Directories directories) {
        Optional<Chosen> named = named(selection, environment, shell).or(() -> bound(directories));
        return named.isPresent() ? named.get() : new Chosen(profiles.active(), ACTIVE);
    }

    private static Optional<Chosen> named(Selection selection, Environment environment, ShellSession shell) {
        if (selection.profile().isPresent()) {
            return Optional.of(new Chosen(selection.profile().get(), OPTION));
        }
        Optional<ProfileName> held = shell.profile();
        if (held.isPresent() && shell.switchedTo()) {
            return Optional.of(new Chosen(held.get(), "selected in this shell"));
        }
        Optional<String> variable = environment.get(VARIABLE);
        if (variable.isPresent()) {
            return Optional.of(new Chosen(new ProfileName(variable.get()), "environment " + VARIABLE));
        }
        return held.isPresent() ? Optional.of(new Chosen(held.get(), "this shell started with it")) : Optional.empty();
    }

    private static Optional<Chosen> bound(Directories directories) {
        return directories.here().map(bound -> new Chosen(bound.profile(), "bound to " + bound.directory()));
    }

    /**
     * The profile that a command is about; a fresh one of the default provider where none was chosen or made yet.
     *
     * @throws dev.ast.domain.FailureException (not_signed_in) when a profile is named that does not exist
     */
    public Profile profile(Selection selection) {
        return profile(named(selection, environment, shell).or(() -> bound(directories)));
    }

    private Profile profile(Optional<Chosen> named) {
        if (named.isEmpty()) {
            return profiles.activeOrFresh(Providers.DEFAULT);
        }
        ProfileName name = named.get().name();
        return name.equals(ProfileName.DEFAULT)
                ? profiles.findOrFresh(name, Providers.DEFAULT)
                : profiles.require(name);
    }

    /**
     * The profile, provider and server of a command.
     *
     * @throws dev.ast.domain.FailureException (usage) when no server is known, the environment names no valid one or
     *     several platforms, or the profile has no such context; (not_signed_in) when there is no such profile
     */
    public Target resolve(Selection selection) {
        Optional<Chosen> asked = named(selection, environment, shell);
        Optional<Profile> active =
                asked.isPresent() ? Optional.empty() : profiles.activeOrFresh(Providers.DEFAULT, directories);
        Optional<Chosen> chosen = active.isPresent() ? Optional.empty() : asked.or(() -> bound(directories));
        String rule = chosen.isPresent() ? chosen.get().rule() : ACTIVE;
        Profile profile = active.isPresent() ? active.get() : profile(chosen);
        boolean open = chosen.isEmpty()
                && profile.isFresh()
                && profiles.find(profile.name()).isEmpty();
        Optional<Meant> meant = open ? meant(selection) : Optional.empty();
        Optional<String> naming = open && selection.platform().isEmpty() ? variables.naming() : Optional.empty();
        if (naming.isPresent()) {
            profile = variables.describe(profile);
            rule = "not set up; described by " + naming.get();
        } else if (meant.isPresent()) {
            profile = Profile.fresh(profile.name(), meant.get().platform());
            rule = meant.get().rule();
        }
        if (selection.context().isPresent()) {
            profile = profile.inContext(
                    Optional.of(Contexts.of(profile).require(selection.context().get())));
        }
        Provider provider = providers.of(profile);
        profile = ofMachine(profile, provider);
        Optional<ServerOrigin> named = serverVariable(provider);
        if (named.isEmpty() && selection.server().isPresent() && profile.isFresh()) {
            // Only this line describes the profile.
            ServerOrigin only = selection.server().get();
            return new Target(profile, provider, only, provider.server().orElse(only), rule);
        }
        ServerOrigin home = named.isPresent() ? named.get() : provider.serverOf(profile);
        return new Target(profile, provider, selection.server().orElse(home), home, rule);
    }

    // Where nobody is signed in, the settings of the platform may have the machine's token exchanged.
    private static Profile ofMachine(Profile profile, Provider provider) {
        Workload workload =
                profile.client().workload().or(provider.options().client().workload());
        return profile.storage().isPresent() || !workload.isUsed()
                ? profile
                : profile.as(profile.client().by(workload));
    }

    /**
     * A profile at its own server, whatever the line and the environment say about the one that a command is about.
     *
     * @return empty when nothing says which server it is for
     */
    public Optional<Target> alone(Profile profile, String rule) {
        try {
            Provider provider = providers.of(profile);
            ServerOrigin home = provider.serverOf(profile);
            return Optional.of(new Target(profile, provider, home, home, rule));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    /** A platform that no profile names, and the rule that names it. */
    private record Meant(String platform, String rule) {}

    private Optional<Meant> meant(Selection selection) {
        if (selection.platform().isPresent()) {
            String platform = selection.platform().get();
            return Optional.of(new Meant(platform, "not set up; the command is of the platform " + platform));
        }
        // A variable that describes the whole profile wins over those of one platform.
        if (variables.naming().isPresent()) {
            return Optional.empty();
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
}
