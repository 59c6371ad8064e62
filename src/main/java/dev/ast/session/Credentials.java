package dev.ast.session;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.TokenSet;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.PlatformOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The credential of a command: the {@code --token} option, else the environment ({@code AST_TOKEN}, then the provider's
 * own variables), else the stored login, else the token of the machine. Tokens from option and environment live in memory
 * only and are never renewed.
 */
public final class Credentials {
    private final UnsavedTokens sessions;
    private final EnvironmentTokens environment;
    private final MachineTokens machine;
    private final TokenRenewal renewal;
    private final InstantSource clock;

    /**
     * Credentials from the given sources.
     *
     * @param afterwards takes failures that the command survives, but that decide its exit code
     */
    public Credentials(
            StoredSessions sessions,
            EnvironmentTokens environment,
            MachineTokens machine,
            TokenRenewal renewal,
            InstantSource clock,
            Consumer<Failure> afterwards) {
        this(new UnsavedTokens(sessions, afterwards), environment, machine, renewal, clock);
    }

    private Credentials(
            UnsavedTokens sessions,
            EnvironmentTokens environment,
            MachineTokens machine,
            TokenRenewal renewal,
            InstantSource clock) {
        this.sessions = sessions;
        this.environment = environment;
        this.machine = machine;
        this.renewal = renewal;
        this.clock = clock;
    }

    /** The same credentials, renewed in another way. */
    public Credentials renewedBy(TokenRenewal other) {
        return new Credentials(sessions, environment, machine, other, clock);
    }

    /** An environment variable that can hold a token for a target. */
    public record Variable(String name, boolean set, boolean used) {
        /** The same where something else wins. */
        Variable unused() {
            return new Variable(name, set, false);
        }
    }

    /**
     * The credential as it stands, without a request, except for one that {@link #isExchanged}.
     *
     * @return empty when there is none
     * @throws FailureException (session_ended) or (storage) as {@link StoredSessions#tokens}
     */
    public Optional<Credential> current(Target target, Optional<Secret> option) {
        if (option.isPresent()) {
            return Optional.of(new Credential(
                    new CredentialSource.Option(),
                    target.provider().given(target.server(), option.get(), clock.instant())));
        }
        Optional<Credential> fromEnvironment = environment.current(target);
        if (fromEnvironment.isPresent()) {
            return fromEnvironment;
        }
        if (MachineTokens.areFor(target)) {
            return Optional.of(machine.of(target, Duration.ZERO));
        }
        Optional<TokenSet> known = sessions.of(target);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        TokenSet tokens = known.get();
        Optional<String> organization = organization(target);
        if (organization.isPresent()) {
            tokens = tokens.inOrganization(organization.get()).orElse(tokens);
        }
        return Optional.of(new Credential(new CredentialSource.StoredLogin(), tokens));
    }

    /**
     * Where the credential would come from; nothing is read but the environment and the profile's record, and nobody is
     * asked.
     *
     * @return empty when there is none
     */
    public Optional<CredentialSource> source(Target target, Optional<Secret> option) {
        if (option.isPresent()) {
            return Optional.of(new CredentialSource.Option());
        }
        Optional<CredentialSource> variable = variables(target).stream()
                .filter(Variable::used)
                .findFirst()
                .map(used -> new CredentialSource.Variable(used.name()));
        if (variable.isEmpty() && MachineTokens.areFor(target)) {
            return Optional.of(MachineTokens.source(target));
        }
        return variable.or(
                () -> target.profile().signedIn() ? Optional.of(new CredentialSource.StoredLogin()) : Optional.empty());
    }

    /** Whether the credential would be a key pair or the token of the machine, whose token only a server can give. */
    public boolean isExchanged(Target target, Optional<Secret> option) {
        Optional<String> id = EnvironmentTokens.keyPair(target).map(PlatformOptions.KeyPair::idVariable);
        return source(target, option)
                .filter(source -> source instanceof CredentialSource.MachineToken
                        || (source instanceof CredentialSource.Variable variable
                                && id.filter(variable.name()::equals).isPresent()))
                .isPresent();
    }

    // Where the selected context has an access token of its own.
    private static Optional<String> organization(Target target) {
        Optional<SelectedContext> context = target.profile().context();
        return context.isEmpty() ? Optional.empty() : context.get().authorityId();
    }

    /**
     * A credential for the target's server that is good for a while, renewed first where that is needed.
     *
     * @param minimum the life that must remain; zero for the usual window
     * @throws FailureException (not_signed_in) when there is none, it belongs to another server, or it was given and
     *     has expired; (session_ended) when it cannot be renewed
     */
    public Credential fresh(Target target, Optional<Secret> option, Duration minimum) {
        Optional<Credential> known = current(target, option);
        if (known.isEmpty()) {
            throw new Failure.NotSignedIn(target.profile().name()).asException();
        }
        Credential credential = known.get();
        pin(target, credential.tokens());
        if (credential.source() instanceof CredentialSource.MachineToken) {
            return machine.of(target, minimum);
        }
        if (!(credential.source() instanceof CredentialSource.StoredLogin)) {
            if (credential.tokens().endedAt(clock.instant())) {
                throw credential.source().expired(target.profile().name()).asException();
            }
            return credential;
        }
        Predicate<TokenSet> stale = tokens -> tokens.staleFor(minimum, clock.instant());
        Optional<String> organization = organization(target);
        if (organization.isPresent()) {
            return new Credential(credential.source(), inOrganization(target, organization.get(), stale));
        }
        if (!stale.test(credential.tokens())) {
            return credential;
        }
        boolean good = !credential.tokens().endedAt(clock.instant());
        return renewed(target, credential.source(), credential.tokens(), stale, good);
    }

    /**
     * Renews the stored session before a command needs it. Unlike {@link #fresh} it fails where it could not, although the
     * token is still good.
     *
     * @param minimum a token that lasts no longer is renewed
     * @return the tokens of the session; empty when nobody is signed in
     * @throws FailureException as {@link #fresh}, and (unreachable)
     */
    Optional<TokenSet> renewAhead(Target target, Duration minimum) {
        Optional<TokenSet> known = sessions.of(target);
        if (known.isEmpty() || !known.get().renewable()) {
            return known;
        }
        ProfileName name = target.profile().name();
        Predicate<TokenSet> stale = tokens -> tokens.staleFor(minimum, clock.instant());
        if (organization(target).isPresent()) {
            inOrganization(target, organization(target).get(), stale);
        }
        return stale.test(known.get())
                ? renewal.renew(name, stale).map(renewed -> sessions.keep(name, renewed))
                : known;
    }

    /**
     * A new credential after a server has refused one with 401.
     *
     * @return empty when there is no other token: the token is not a stored one, or there is no refresh token
     * @throws FailureException (session_ended) when the session cannot be renewed
     */
    public Optional<Credential> afterRefusal(Target target, Credential refused) {
        if (refused.source() instanceof CredentialSource.MachineToken) {
            machine.forget(target);
        }
        if (!(refused.source() instanceof CredentialSource.StoredLogin)
                || !refused.tokens().renewable()) {
            return Optional.empty();
        }
        // Another process may have renewed meanwhile: then its token is tried instead of a second renewal.
        Predicate<TokenSet> same =
                stored -> stored.access().same(refused.tokens().access());
        ProfileName name = target.profile().name();
        Optional<String> organization = organization(target);
        if (organization.isPresent()) {
            Predicate<TokenSet> sameThere = stored ->
                    stored.inOrganization(organization.get()).map(same::test).orElse(true);
            return renewal.renewFor(name, organization.get(), sameThere)
                    .flatMap(renewed -> sessions.keep(name, renewed).inOrganization(organization.get()))
                    .map(tokens -> new Credential(refused.source(), tokens));
        }
        return renewal.renew(name, same).map(renewed -> new Credential(refused.source(), sessions.keep(name, renewed)));
    }

    private TokenSet inOrganization(Target target, String organization, Predicate<TokenSet> stale) {
        ProfileName name = target.profile().name();
        Optional<TokenSet> known = sessions.of(target).flatMap(tokens -> tokens.inOrganization(organization));
        if (known.isPresent() && !stale.test(known.get())) {
            return known.get();
        }
        Predicate<TokenSet> lacking =
                tokens -> tokens.inOrganization(organization).map(stale::test).orElse(true);
        try {
            return renewal.renewFor(name, organization, lacking)
                    .flatMap(renewed -> sessions.keep(name, renewed).inOrganization(organization))
                    .orElseThrow(() -> new Failure.SessionEnded(
                                    name, "it cannot get a token for the organization without a refresh token")
                            .asException());
        } catch (FailureException e) {
            if (known.isPresent() && isPassing(e.failure()) && !known.get().endedAt(clock.instant())) {
                return known.get();
            }
            throw e;
        }
    }

    private static boolean isPassing(Failure failure) {
        return !(failure instanceof Failure.SessionEnded
                || failure instanceof Failure.NotSignedIn
                || failure instanceof Failure.Interrupted);
    }

    /** The variables that matter for a target, in the order in which they win. */
    public List<Variable> variables(Target target) {
        return environment.variables(target);
    }

    /** The same for a command line: its token wins over all of them. */
    public List<Variable> variables(Target target, Optional<Secret> option) {
        List<Variable> variables = variables(target);
        return option.isEmpty()
                ? variables
                : variables.stream().map(Variable::unused).toList();
    }

    Optional<TokenSet> stored(Target target) {
        return sessions.of(target);
    }

    // A failed renewal must not stop the command while what it needs is still good.
    Credential renewed(
            Target target, CredentialSource source, TokenSet stored, Predicate<TokenSet> stale, boolean good) {
        ProfileName name = target.profile().name();
        Instant now = clock.instant();
        if (!stored.renewable()) {
            stored.sessionEnd(name, now).ifPresent(ended -> {
                throw ended.asException();
            });
            return new Credential(source, stored);
        }
        try {
            return renewal.renew(name, stale)
                    .map(renewed -> new Credential(source, sessions.keep(name, renewed)))
                    .orElseThrow(() -> new Failure.NotSignedIn(name).asException());
        } catch (FailureException e) {
            if (isPassing(e.failure()) && good) {
                return new Credential(source, stored, Optional.of(e.failure()));
            }
            throw e;
        }
    }

    static void pin(Target target, TokenSet tokens) {
        if (tokens.authorize(target.server()).isEmpty()) {
            throw new Failure.OtherOrigin(target.profile().name(), tokens.origin(), target.server()).asException();
        }
    }
}
