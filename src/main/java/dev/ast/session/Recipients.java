package dev.ast.session;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.profile.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides which profile's token another program may be given for an origin. A profile answers for its server, for its
 * platform's registry and for the origins that the user has added with {@code --also-for}, by scheme, host and port, and
 * for nothing else.
 */
public final class Recipients {
    private static final String LISTED = "added by --also-for";
    private static final String SERVER = "its server";
    private static final String REGISTRY = "its platform's registry";

    private final Profiles profiles;
    private final Targets targets;
    private final Credentials credentials;
    private final Environment environment;

    /** Decides over the given profiles. */
    public Recipients(Profiles profiles, Targets targets, Credentials credentials, Environment environment) {
        this.profiles = profiles;
        this.targets = targets;
        this.credentials = credentials;
        this.environment = environment;
    }

    /**
     * A profile that answers for an origin.
     *
     * @param why why it does, for people
     */
    public record Answering(Target target, ServerOrigin origin, String why) {
        /** Whether the user has named the origin. */
        boolean listed() {
            return why.equals(LISTED);
        }

        private ProfileName name() {
            return target.profile().name();
        }
    }

    /**
     * The origins that a host stands for, as users and programs name one: itself where it has a scheme, else its https
     * origin and, for this machine, its http one.
     *
     * @throws FailureException (usage) when it is no host or origin
     */
    public static List<ServerOrigin> named(String host) {
        if (host.contains("://")) {
            return List.of(ServerOrigin.parseOrigin(host));
        }
        ServerOrigin secure = ServerOrigin.parseOrigin("https://" + host);
        return secure.isLoopback() ? List.of(secure, ServerOrigin.parseOrigin("http://" + host)) : List.of(secure);
    }

    /** Why a profile answers for an origin; empty when it does not. */
    public static Optional<String> rule(Target target, ServerOrigin origin) {
        if (target.profile().programs().alsoFor().contains(origin)) {
            return Optional.of(LISTED);
        }
        if (target.home().equals(origin)) {
            return Optional.of(SERVER);
        }
        return registry(target)
                .filter(known -> known.host().equals(origin.host()) && known.port() == origin.port())
                // Docker speaks http with a registry of this machine.
                .filter(known -> origin.scheme().equals("https") || origin.isLoopback())
                .map(known -> REGISTRY);
    }

    /** All that a profile answers for: what the user has added, its server, its platform's registry. */
    public static List<ServerOrigin> origins(Target target) {
        List<ServerOrigin> all = new ArrayList<>(target.profile().programs().alsoFor());
        all.add(target.home());
        registry(target).ifPresent(all::add);
        return all;
    }

    /** The registry of a profile's platform. */
    public static Optional<ServerOrigin> registry(Target target) {
        return target.provider().options().registry().map(known -> {
            String[] parts = known.on(target.home()).split(":", 2);
            int port = parts.length > 1 ? Integer.parseInt(parts[1]) : 443;
            return new ServerOrigin("https", parts[0], port);
        });
    }

    /**
     * The profile that answers for an origin: the one that the line or the environment names; where they name none, the
     * one that lists the origin, else the active one if it fits, else the only one that does. A profile that nobody is
     * signed in to does not answer.
     *
     * @throws FailureException (usage) when two fit alike
     */
    public Optional<Answering> find(Selection selection, ServerOrigin origin) {
        Targets.Chosen chosen = targets.choose(selection);
        Optional<Answering> active = chosen(selection).flatMap(target -> answering(target, origin));
        Optional<Answering> usable = active.filter(one -> has(one.target(), selection));
        // A token of the line or of AST_TOKEN is for the chosen profile's server and for no other profile's.
        if (chosen.named()
                || selection.token().isPresent()
                || environment.get(EnvironmentTokens.ANY_PROVIDER).isPresent()) {
            return usable;
        }
        List<Answering> listed = new ArrayList<>();
        List<Answering> fitting = new ArrayList<>();
        usable.ifPresent(one -> (one.listed() ? listed : fitting).add(one));
        for (Profile profile : profiles.list().all()) {
            if (profile.name().equals(chosen.name()) || !mayAnswer(profile)) {
                continue;
            }
            targets.alone(profile, "the only one for " + origin)
                    .flatMap(target -> answering(target, origin))
                    .ifPresent(one -> (one.listed() ? listed : fitting).add(one));
        }
        Optional<Answering> only = one(listed, origin);
        if (only.isPresent()) {
            return only;
        }
        return usable.isPresent() ? usable : one(fitting, origin);
    }

    /** The same for the first of several origins that a profile answers for. */
    public Optional<Answering> find(Selection selection, List<ServerOrigin> origins) {
        for (ServerOrigin origin : origins) {
            Optional<Answering> found = find(selection, origin);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * All profiles that answer for something, the chosen one first; only that one where the line or the environment names
     * it. Those that nobody is signed in to are left out.
     */
    public List<Target> all(Selection selection) {
        Targets.Chosen chosen = targets.choose(selection);
        List<Target> all = new ArrayList<>();
        chosen(selection).filter(target -> has(target, selection)).ifPresent(all::add);
        if (!chosen.named()) {
            for (Profile profile : profiles.list().all()) {
                if (profile.hasCredential() && !profile.name().equals(chosen.name())) {
                    targets.alone(profile, "").ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private static Optional<Answering> answering(Target target, ServerOrigin origin) {
        return rule(target, origin).map(why -> new Answering(target, origin, why));
    }

    private Optional<Target> chosen(Selection selection) {
        try {
            return Optional.of(targets.resolve(selection));
        } catch (FailureException e) {
            // A profile that names no server answers for nothing.
            if (e.failure() instanceof Failure.Usage) {
                return Optional.empty();
            }
            throw e;
        }
    }

    // Also a session that has ended counts, so that the user is told.
    private static boolean mayAnswer(Profile profile) {
        return profile.storage().isPresent() || profile.hasCredential();
    }

    private boolean has(Target target, Selection selection) {
        return mayAnswer(target.profile())
                || selection.token().isPresent()
                || credentials.variables(target).stream().anyMatch(Credentials.Variable::used);
    }

    private static Optional<Answering> one(List<Answering> found, ServerOrigin origin) {
        List<Answering> good = new ArrayList<>();
        for (Answering one : found) {
            if (one.target().profile().endedAt().isEmpty()) {
                good.add(one);
            }
        }
        List<Answering> rest = good.isEmpty() ? found : good;
        if (rest.size() > 1) {
            throw Failure.usage(
                    "the profiles " + rest.get(0).name() + " and " + rest.get(1).name() + " both answer for " + origin,
                    "choose one by --profile or AST_PROFILE");
        }
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest.get(0));
    }
}
