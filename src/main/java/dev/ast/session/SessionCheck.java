package dev.ast.session;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SelectedContext;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.OAuthClient;
import dev.ast.provider.Identities;
import dev.ast.provider.PlatformClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks the server whether a session is good, and who it is of. */
public final class SessionCheck {
    private final SessionReport report;
    private final Targets targets;
    private final Credentials credentials;
    private final Supplier<Identities> identities;
    private final Function<OAuthClient, Endpoints> endpoints;
    private final Supplier<PlatformClients> clients;

    /** Asks over the given parts; the last three are used only when a server is asked. */
    public SessionCheck(
            SessionReport report,
            Targets targets,
            Credentials credentials,
            Supplier<Identities> identities,
            Function<OAuthClient, Endpoints> endpoints,
            Supplier<PlatformClients> clients) {
        this.report = report;
        this.targets = targets;
        this.credentials = credentials;
        this.identities = identities;
        this.endpoints = endpoints;
        this.clients = clients;
    }

    /**
     * Why the session of the selected profile is not good; empty when the server accepts its token.
     *
     * @param minimum how long it has to last; a token that lasts less is renewed first, and one that cannot be is not good
     */
    public Optional<Failure> failure(Selection selection, Duration minimum) {
        try {
            Target target = targets.resolve(selection);
            Credential credential = credentials.fresh(target, selection.token(), minimum);
            if (!credential.tokens().renewable() && credential.tokens().endsWithin(minimum, report.now())) {
                String why = "it ends within " + minimum.toSeconds() + " s and cannot be renewed";
                ProfileName name = target.profile().name();
                return Optional.of(
                        credential.source() instanceof CredentialSource.StoredLogin
                                ? new Failure.SessionEnded(name, why)
                                : credential.source().refused(name, why));
            }
            if (!minimum.isZero() && credential.notRenewed().isPresent()) {
                return credential.notRenewed();
            }
            // The server has just given a token of a machine.
            boolean exchanged = credential.source() instanceof CredentialSource.MachineToken;
            return exchanged || known(target, selection, true).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Failure.Failed(
                            "nothing could be checked: the server of "
                                    + target.profile().name() + " offers nothing to ask",
                            Optional.of("ast api GET /path")));
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
    }

    /**
     * What can be selected, as the server knows it now.
     *
     * @throws FailureException (not_signed_in), (session_ended), (unreachable)
     */
    public List<SelectedContext> contexts(Selection selection) {
        return known(targets.resolve(selection), selection, false)
                .map(Identities.Known::contexts)
                .orElse(List.of());
    }

    /** Whether the platform of the selection has anything to select. */
    public boolean hasContexts(Selection selection) {
        return targets.resolve(selection).provider().shape().isPresent();
    }

    /** Whether the credential of the selection is one of the environment's. */
    public boolean usesEnvironment(Selection selection) {
        return credentials.variables(targets.resolve(selection)).stream().anyMatch(Credentials.Variable::used);
    }

    /**
     * What can be selected, asked with the stored token as it stands: nothing is renewed.
     *
     * @return empty when there is no token that is good for a while, or nothing to ask
     * @throws FailureException as {@link #contexts}
     */
    public Optional<List<SelectedContext>> contextsIfTokenIsGood(Selection selection) {
        Target target = targets.resolve(selection);
        return credentials
                .current(target, Optional.empty())
                .filter(credential -> !credential.tokens().staleAt(report.now())
                        && credential.tokens().authorize(target.server()).isPresent())
                .flatMap(credential -> ask(target, credential, false))
                .map(Identities.Known::contexts);
    }

    private Optional<Identities.Known> known(Target target, Selection selection, boolean checking) {
        Credential credential = credentials.fresh(target, selection.token(), Duration.ZERO);
        try {
            return ask(target, credential, checking);
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.SessionEnded)) {
                throw e;
            }
            Optional<Credential> better = credentials.afterRefusal(target, credential);
            if (better.isEmpty()) {
                throw e;
            }
            return ask(target, better.get(), checking);
        }
    }

    /** Who a command would act as; the server is asked only when nothing about the identity is stored. */
    public Whoami named(Selection selection) {
        Whoami known = report.whoami(selection);
        // A token of a workspace or organization has no user.
        if (!known.identity().isUnknown() || known.claims().isPresent()) {
            return known;
        }
        try {
            Target target = targets.resolve(selection);
            Credential credential = credentials.fresh(target, selection.token(), Duration.ZERO);
            Identity found = who(target, credential);
            return new Whoami(
                    known.profile(),
                    known.provider(),
                    known.server(),
                    found,
                    known.context(),
                    known.credentialSource(),
                    known.expiresAt(),
                    known.renewable(),
                    known.claims());
        } catch (FailureException e) {
            boolean stored = known.credentialSource().equals(new CredentialSource.StoredLogin().label());
            if (stored && e.failure() instanceof Failure.Unreachable) {
                return known;
            }
            throw e;
        }
    }

    // A userinfo endpoint may refuse a good token, one without openid for example: that ends no session.
    private Identity who(Target target, Credential credential) {
        try {
            return ask(target, credential, false)
                    .map(Identities.Known::identity)
                    .orElse(Identity.UNKNOWN);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.SessionEnded
                    && target.provider().shape().isEmpty()) {
                return Identity.UNKNOWN;
            }
            throw e;
        }
    }

    private Optional<Identities.Known> ask(Target target, Credential credential, boolean checking) {
        if (target.profile().client().withoutUser()) {
            // Userinfo is about a user, and there is none (OpenID Connect Core section 5.3).
            return Optional.empty();
        }
        Endpoints known = Endpoints.NONE;
        OAuthClient client = clients.get().of(target.provider(), target.profileAtHome());
        if (target.provider().shape().isEmpty()) {
            known = endpoints.apply(client);
            if (known.userInfo().isEmpty()) {
                return Optional.empty();
            }
        } else {
            known = client.given();
        }
        try {
            return Optional.of(
                    checking
                            ? identities
                                    .get()
                                    .check(target.provider(), target.profile(), client, known, credential.tokens())
                            : identities
                                    .get()
                                    .read(
                                            target.provider(),
                                            target.profile(),
                                            client,
                                            known,
                                            credential.tokens(),
                                            Optional.empty()));
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.SessionEnded ended
                    ? credential.source().refused(ended.profile(), ended.why()).asException()
                    : e;
        }
    }
}
