package dev.ast.session;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Access tokens of profiles whose machine has a token to exchange, and that have none stored. They live in memory only,
 * one for each profile, and are exchanged anew when they become stale.
 */
public final class MachineTokens {
    private final InstantSource clock;
    private final Function<Target, TokenSet> exchange;
    private final Map<ProfileName, TokenSet> exchanged = new ConcurrentHashMap<>();

    /**
     * Tokens of this process.
     *
     * @param exchange exchanges the machine's token at the server of a target
     */
    public MachineTokens(InstantSource clock, Function<Target, TokenSet> exchange) {
        this.clock = clock;
        this.exchange = exchange;
    }

    /** Whether the credential of a target is had in this way. */
    static boolean areFor(Target target) {
        return target.profile().storage().isEmpty()
                && target.profile().client().workload().isUsed();
    }

    /** What such a credential is called. */
    static CredentialSource source(Target target) {
        return new CredentialSource.MachineToken(
                target.profile().client().workload().source().orElseThrow());
    }

    /**
     * A token that is good for a while.
     *
     * @param minimum the life that must remain
     * @throws dev.ast.domain.FailureException what the exchange throws
     */
    Credential of(Target target, Duration minimum) {
        ProfileName name = target.profile().name();
        Optional<TokenSet> known = Optional.ofNullable(exchanged.get(name))
                .filter(tokens -> tokens.origin().equals(target.home()))
                .filter(tokens -> !tokens.staleFor(minimum, clock.instant()));
        return new Credential(source(target), known.orElseGet(() -> {
            TokenSet granted = exchange.apply(target);
            exchanged.put(name, granted);
            return granted;
        }));
    }

    /** Forgets a token that a server has refused, so that the next command gets another one. */
    void forget(Target target) {
        exchanged.remove(target.profile().name());
    }
}
