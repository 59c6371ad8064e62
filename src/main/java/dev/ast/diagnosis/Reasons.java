package dev.ast.diagnosis;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.StorageKind;
import dev.ast.session.Credential;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.time.InstantSource;
import java.util.Optional;

/** Explains which identity, server and store a command would use. No server is asked. */
public final class Reasons {
    private final Targets targets;
    private final Credentials credentials;
    private final InstantSource clock;

    /** Reasons from the given sources. */
    public Reasons(Targets targets, Credentials credentials, InstantSource clock) {
        this.clock = clock;
        this.targets = targets;
        this.credentials = credentials;
    }

    /**
     * The reasons for a command with this selection.
     *
     * @throws FailureException (usage) when the selection itself makes no sense
     */
    public Why of(Selection selection) {
        Target target = targets.resolve(selection);
        Optional<CredentialSource> source = Optional.empty();
        Optional<Credential> credential = Optional.empty();
        Optional<String> problem = Optional.empty();
        try {
            source = credentials.source(target, selection.token());
            // Only its server knows a token that is exchanged.
            credential = credentials.isExchanged(target, selection.token())
                    ? Optional.empty()
                    : credentials.current(target, selection.token());
            problem = credential
                    .filter(one -> one.source() instanceof CredentialSource.StoredLogin)
                    .flatMap(one -> one.tokens().sessionEnd(target.profile().name(), clock.instant()))
                    .map(Failure::message);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            problem = Optional.of(e.failure().message());
        }
        boolean stored =
                source.filter(CredentialSource.StoredLogin.class::isInstance).isPresent();
        return new Why(
                target.profile().name(),
                target.rule(),
                target.provider().id(),
                Optional.of(target.server()),
                targets.serverRule(selection, target),
                target.profile().context(),
                selection.context().isPresent() ? "option --context" : "profile",
                source.map(CredentialSource::label),
                stored ? target.profile().storage().map(StorageKind::label) : Optional.empty(),
                stored ? target.profile().identity() : Optional.empty(),
                credential.flatMap(one -> one.tokens().expiresAt()),
                credential.filter(one -> one.tokens().renewable()).isPresent(),
                target.provider().optionsOf(target.profile()).trustedHosts(),
                problem.or(() -> selection.token().isPresent() ? Optional.empty() : credentialElsewhere(target)),
                credentials.variables(target, selection.token()));
    }

    private static Optional<String> credentialElsewhere(Target target) {
        return target.server().equals(target.home())
                ? Optional.empty()
                : Optional.of("a credential of " + target.home() + " is not sent to " + target.server());
    }
}
