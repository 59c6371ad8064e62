package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.profile.Profiles;
import dev.ast.provider.PlatformOptions;
import dev.ast.session.Credential;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The credentials of the platforms' container registries, for docker: the platform's user name, and the access token of
 * the profile whose platform has the registry. No other host is ever given one.
 */
public final class RegistryCredentials {
    private static final int LONGEST = 512;

    private final Profiles profiles;
    private final Targets targets;
    private final Credentials credentials;

    /** Credentials of the given profiles. */
    public RegistryCredentials(Profiles profiles, Targets targets, Credentials credentials) {
        this.profiles = profiles;
        this.targets = targets;
        this.credentials = credentials;
    }

    /** What docker signs in with. */
    public record Found(String user, Secret secret) {}

    /**
     * The credential for a registry: of the profile that the line or the environment names; where they name none, of the
     * active one if it fits, else of the first that does.
     *
     * @param registry as docker names it: a host, perhaps with scheme, port and path
     * @return empty when no profile's platform has this registry, or nobody is signed in there
     * @throws FailureException (session_ended), (unreachable) or (storage)
     */
    public Optional<Found> get(Selection selection, String registry) {
        Optional<String> host = host(registry);
        if (host.isEmpty()) {
            return Optional.empty();
        }
        for (Target target : targets(selection)) {
            Optional<PlatformOptions.Registry> known =
                    registry(target).filter(one -> one.on(target.home()).equals(host.get()));
            if (known.isPresent() && has(target, selection)) {
                Credential credential = credentials.fresh(target, selection.token(), Duration.ZERO);
                return Optional.of(
                        new Found(known.get().user(), credential.tokens().access()));
            }
        }
        return Optional.empty();
    }

    /** The registries that there are credentials for, and the user name at each. */
    public Map<String, String> list(Selection selection) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Target target : targets(selection)) {
            registry(target)
                    .filter(known -> has(target, selection))
                    .ifPresent(known -> all.putIfAbsent(known.on(target.home()), known.user()));
        }
        return all;
    }

    private boolean has(Target target, Selection selection) {
        return target.profile().hasCredential()
                || selection.token().isPresent()
                || credentials.variables(target).stream().anyMatch(Credentials.Variable::used);
    }

    private static Optional<PlatformOptions.Registry> registry(Target target) {
        return target.provider().options().registry();
    }

    private List<Target> targets(Selection selection) {
        Targets.Chosen choice = targets.choose(selection);
        Set<ProfileName> names = new LinkedHashSet<>();
        names.add(choice.name());
        if (!choice.named()) {
            profiles.list().all().stream()
                    .filter(Profile::signedIn)
                    .map(Profile::name)
                    .forEach(names::add);
        }
        List<Target> all = new ArrayList<>();
        for (ProfileName name : names) {
            boolean chosen =
                    all.isEmpty() && name.equals(targets.choose(selection).name());
            Selection one = new Selection(
                    Optional.of(name),
                    chosen ? selection.context() : Optional.empty(),
                    chosen ? selection.server() : Optional.empty(),
                    chosen ? selection.token() : Optional.empty());
            try {
                all.add(targets.resolve(one));
            } catch (FailureException e) {
                // A profile that names no server, or does not exist, has no registry.
                if (!(e.failure() instanceof Failure.Usage || e.failure() instanceof Failure.NoSuchProfile)) {
                    throw e;
                }
            }
        }
        return all;
    }

    // Docker names a host, or an address of it; a plain http one is trusted on this machine only.
    static Optional<String> host(String registry) {
        String text = registry.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty()
                || text.length() > LONGEST
                || text.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f || c == '@' || c == '\\')) {
            return Optional.empty();
        }
        boolean plain = text.startsWith("http://");
        String rest = plain ? text.substring(7) : text.startsWith("https://") ? text.substring(8) : text;
        int end = rest.indexOf('/');
        String host = end < 0 ? rest : rest.substring(0, end);
        if (plain && !host.startsWith("127.0.0.1") && !host.startsWith("localhost")) {
            return Optional.empty();
        }
        return Optional.of(host.endsWith(":443") ? host.substring(0, host.length() - 4) : host);
    }
}
