package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.output.Outcome;
import dev.ast.output.view.TokenAnswer;
import dev.ast.session.Credential;
import dev.ast.session.Credentials;
import dev.ast.session.IdCredentials;
import dev.ast.session.Selection;
import dev.ast.session.SessionCheck;
import dev.ast.session.SessionReport;
import dev.ast.session.Status;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code whoami}, {@code status} and {@code token}. */
public final class SessionCommands {
    /** The life that a token must have left. */
    static final OptionSpec MIN_TTL = OptionSpec.value("min-ttl", "TIME", "Renew when less remains, for example 30m")
            .from(Values.suggested("1m", "5m", "15m", "30m", "1h", "4h", "12h")
                    .meaning("1 minute", "5 minutes", "15 minutes", "30 minutes", "1 hour", "4 hours", "12 hours"));

    private static final String GROUP = "Session";

    // How old a new token may be when it is shown, without a warning that its lifetime is too short.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final SessionReport report;
    private final SessionCheck check;
    private final Targets targets;
    private final Credentials credentials;
    private final IdCredentials ids;
    private final Selections selections;

    /** Commands over the given use cases. */
    public SessionCommands(
            SessionReport report,
            SessionCheck check,
            Targets targets,
            Credentials credentials,
            IdCredentials ids,
            Selections selections) {
        this.report = report;
        this.check = check;
        this.targets = targets;
        this.credentials = credentials;
        this.ids = ids;
        this.selections = selections;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("whoami", GROUP, "Show who is signed in")
                        .local()
                        .does(call -> check.named(selections.of(call))),
                CommandSpec.named("status", GROUP, "Show every profile and its session")
                        .gives(CommandSpec.Result.LIST)
                        .alias("auth status")
                        .local()
                        .option(
                                OptionSpec.flag("check", "Ask the server of the profile, and exit with the result"),
                                MIN_TTL)
                        .does(this::status),
                CommandSpec.named("token", GROUP, "Print the access token, renewed first when needed")
                        .gives(CommandSpec.Result.SECRET)
                        .alias("auth token")
                        .local()
                        .option(
                                OptionSpec.flag("id", "The id_token instead"),
                                MIN_TTL,
                                OptionSpec.value("domain", "DOMAIN", "The token of this Astronomer domain")
                                        .letter('d'))
                        .does(this::token),
                // Seqera's page shows who a token belongs to in this way.
                CommandSpec.named("ai", GROUP, "Show who is signed in")
                        .hide()
                        .does(call -> check.named(selections.of(call).on("seqera"))));
    }

    private Object status(Call call) {
        Selection selection = selections.of(call);
        Duration minimum = call.option("min-ttl").map(SessionCommands::duration).orElse(Duration.ZERO);
        if (!call.has("check")) {
            if (call.has("min-ttl")) {
                throw Failure.usage("--min-ttl goes with --check", "ast status --check --min-ttl 30m");
            }
            Status status = report.status(selection);
            Optional<Failure> storage = status.profiles().stream()
                    .flatMap(entry -> entry.problem().stream())
                    .filter(Failure.Storage.class::isInstance)
                    .findFirst();
            return storage.<Object>map(failure -> Outcome.failed(status, failure))
                    .orElse(status);
        }
        Optional<Failure> failure = check.failure(selection, minimum);
        Status status = report.status(selection);
        return failure.<Object>map(value -> Outcome.failed(status, value)).orElse(status);
    }

    private Object token(Call call) {
        Selection selection = Selections.inDomain(selections.of(call), call.option("domain"), targets);
        Target target = targets.resolve(selection);
        Duration minimum = call.option("min-ttl").map(SessionCommands::duration).orElse(Duration.ZERO);
        boolean id = call.has("id");
        Credential credential = id
                ? ids.fresh(target, selection.token(), minimum)
                : credentials.fresh(target, selection.token(), minimum);
        if (!warnOfRenewal(call, credential, minimum)
                && credential.tokens().endsWithin(minimum.minus(TOLERANCE), report.now())) {
            call.conversation().warn("the server gives tokens that live shorter than the wanted time");
        }
        if (credential.tokens().isBound()) {
            call.conversation()
                    .warn("this token is bound to a key (DPoP) that only ast has; other programs cannot use it");
        }
        return new TokenAnswer(credential.tokens(), id);
    }

    /** Warns that a token lives shorter than wanted, because it could not be renewed. @return whether that is so */
    static boolean warnOfRenewal(Call call, Credential credential, Duration minimum) {
        Optional<Failure> why = minimum.isZero() ? Optional.empty() : credential.notRenewed();
        why.ifPresent(failure -> call.conversation()
                .warn("the token lives shorter than the wanted time, because it could not be renewed: "
                        + failure.message()));
        return why.isPresent();
    }

    /** A time such as {@code 30m}. */
    static Duration duration(String text) {
        Matcher matcher = Pattern.compile("([0-9]{1,6})(s|m|h|d)?").matcher(text);
        if (!matcher.matches()) {
            throw Failure.usage(
                    "not a time: " + SecretShape.quoted(text, 40), "give a number with s, m, h or d, for example 30m");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
