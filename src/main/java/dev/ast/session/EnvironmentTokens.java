package dev.ast.session;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.host.Environment;
import dev.ast.provider.PlatformOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tokens from the environment: {@code AST_TOKEN}, then the provider's own variables in their order, then its key pair.
 * They are for the profile's own server, live in memory only, and the first one that is set wins, which is reported
 * when there are several.
 */
public final class EnvironmentTokens {
    static final String ANY_PROVIDER = "AST_TOKEN";
    private static final PlatformOptions.KeyPair CLIENT =
            new PlatformOptions.KeyPair(ProfileVariables.CLIENT_ID, ProfileVariables.CLIENT_SECRET, "");

    private final Environment environment;
    private final InstantSource clock;
    private final KeyPairExchange exchange;
    private final Consumer<String> warn;
    private final Map<String, TokenSet> exchanged = new ConcurrentHashMap<>();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** Gets a token for a key pair from the platform of a target. */
    @FunctionalInterface
    public interface KeyPairExchange {
        TokenSet tokens(Target target, String id, Secret secret, String audience);
    }

    /**
     * Tokens of an environment.
     *
     * @param warn prints warnings about the variables, once a process
     */
    public EnvironmentTokens(
            Environment environment, InstantSource clock, KeyPairExchange exchange, Consumer<String> warn) {
        this.environment = environment;
        this.clock = clock;
        this.exchange = exchange;
        this.warn = warn;
    }

    /** The same without key pairs, and without warnings. */
    static EnvironmentTokens plain(Environment environment, InstantSource clock) {
        return new EnvironmentTokens(
                environment,
                clock,
                (target, id, secret, audience) -> {
                    throw new Failure.NotSignedIn(target.profile().name()).asException();
                },
                text -> {});
    }

    /** The variables that matter for a target, in the order in which they win. */
    List<Credentials.Variable> variables(Target target) {
        List<Credentials.Variable> variables = new ArrayList<>();
        boolean won = false;
        for (String name : names(target)) {
            boolean set = isSet(name);
            variables.add(new Credentials.Variable(name, set, set && !won));
            won |= set;
        }
        Optional<PlatformOptions.KeyPair> keys = keyPair(target);
        if (keys.isPresent()) {
            PlatformOptions.KeyPair pair = keys.get();
            boolean used = !won && isComplete(pair);
            variables.add(new Credentials.Variable(pair.idVariable(), isSet(pair.idVariable()), used));
            variables.add(new Credentials.Variable(pair.secretVariable(), isSet(pair.secretVariable()), used));
        }
        return variables;
    }

    /**
     * The token that the environment gives for a target.
     *
     * @throws FailureException (usage) when a variable holds no token; what the exchange of a key pair throws
     */
    Optional<Credential> current(Target target) {
        List<Credentials.Variable> set = new ArrayList<>();
        for (Credentials.Variable variable : variables(target)) {
            if (variable.set()) {
                set.add(variable);
            }
        }
        if (set.isEmpty()) {
            return Optional.empty();
        }
        if (set.size() > 1) {
            warnOfOthers(set);
        }
        // What is set, and not used, is half of a key pair.
        Optional<PlatformOptions.KeyPair> pair = keyPair(target);
        for (Credentials.Variable variable : set) {
            if (variable.used()) {
                String name = variable.name();
                boolean ofPair = pair.isPresent() && pair.get().idVariable().equals(name);
                return Optional.of(new Credential(
                        new CredentialSource.Variable(name),
                        ofPair
                                ? exchanged(target, pair.get())
                                : target.provider().given(place(target, name), token(name), clock.instant())));
            }
        }
        PlatformOptions.KeyPair half = pair.orElseThrow();
        warnOnce(half.idVariable() + " and " + half.secretVariable() + " are needed both; one alone is not used");
        return Optional.empty();
    }

    /** The variables of an id and a secret for which the server of a target gives a token. */
    static Optional<PlatformOptions.KeyPair> keyPair(Target target) {
        return ofClient(target)
                ? Optional.of(CLIENT)
                : target.provider().options().keyPair();
    }

    // A profile that only the environment describes, or that its client has signed out of.
    private static boolean ofClient(Target target) {
        return target.profile().client().ofClient()
                && target.profile().storage().isEmpty();
    }

    // A token of no platform is for the server of its profile; where that has none yet, for the one that this command
    // names, by option or variable alike.
    private static ServerOrigin place(Target target, String variable) {
        Profile profile = target.profile();
        if (!variable.equals(ANY_PROVIDER)) {
            return target.home();
        }
        return profile.isFresh() ? target.server() : target.provider().serverOf(profile);
    }

    private TokenSet exchanged(Target target, PlatformOptions.KeyPair pair) {
        if (!ofClient(target)) {
            warnOnce(pair.idVariable() + " is deprecated and no longer issued; use an API token");
        }
        String id = environment.get(pair.idVariable()).orElseThrow();
        TokenSet known = exchanged.get(target.home() + " " + id);
        if (known != null && !known.staleAt(clock.instant())) {
            return known;
        }
        TokenSet granted = exchange.tokens(target, id, secret(pair.secretVariable()), pair.audience());
        // A token of this command and no session: nothing renews it, and it may belong to no user.
        TokenSet fresh = TokenSet.given(target.home(), granted.access(), clock.instant(), granted.expiresAt());
        exchanged.put(target.home() + " " + id, fresh);
        return fresh;
    }

    private void warnOfOthers(List<Credentials.Variable> set) {
        List<String> names = set.stream().map(Credentials.Variable::name).toList();
        List<String> used = set.stream()
                .filter(Credentials.Variable::used)
                .map(Credentials.Variable::name)
                .toList();
        if (!used.isEmpty() && names.size() > used.size()) {
            warnOnce(String.join(" and ", names) + " are set; " + String.join(" and ", used)
                    + (used.size() > 1 ? " are used" : " is used"));
        }
    }

    private void warnOnce(String text) {
        if (warned.add(text)) {
            warn.accept(text);
        }
    }

    private static List<String> names(Target target) {
        List<String> names = new ArrayList<>();
        names.add(ANY_PROVIDER);
        names.addAll(target.provider().tokenVariables());
        return names;
    }

    private boolean isComplete(PlatformOptions.KeyPair pair) {
        return isSet(pair.idVariable()) && isSet(pair.secretVariable());
    }

    private boolean isSet(String name) {
        return environment.get(name).isPresent();
    }

    private Secret token(String variable) {
        return usable(variable, text -> Secret.of(text).requireBearer());
    }

    private Secret secret(String variable) {
        return usable(variable, Secret::of);
    }

    private Secret usable(String variable, Function<String, Secret> reader) {
        try {
            return reader.apply(environment.get(variable).orElse("").strip());
        } catch (FailureException e) {
            throw Failure.usage("the environment variable " + variable + " holds no usable token", "unset " + variable);
        }
    }
}
