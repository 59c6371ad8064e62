package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.IsoTime;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SecretShape;
import dev.ast.output.view.EventList;
import dev.ast.profile.EventLog;
import dev.ast.profile.Profiles;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code log}: what happened to the sessions. */
public final class LogCommand {
    private static final int USUAL = 50;
    private static final int MOST = 10_000;

    private final Supplier<EventLog> log;
    private final Profiles profiles;
    private final InstantSource clock;

    /** A command over the given log, in which profiles stay that have been removed. */
    public LogCommand(Supplier<EventLog> log, Profiles profiles, InstantSource clock) {
        this.log = log;
        this.profiles = profiles;
        this.clock = clock;
    }

    /** Its description. */
    public CommandSpec spec() {
        return CommandSpec.named("log", "Session", "Show sign-ins, renewals and what programs were given")
                .gives(CommandSpec.Result.LIST)
                .describe("Shows the newest entries of the log, of every profile or of the one that --profile names:"
                        + " sign-ins, renewals, switches of the profile, sign-outs, and which program was given"
                        + " a token for which host. The log has no tokens. ast config set log.enabled false ends"
                        + " it.")
                .local()
                .option(
                        OptionSpec.value("since", "TIME", "Not before this time, or not older than this")
                                .from(Values.suggested("1h", "1d", "7d", "30d")
                                        .meaning("an hour", "a day", "a week", "30 days")),
                        OptionSpec.value("limit", "N", "At most so many entries, " + USUAL + " if it is not given")
                                .letter('n'))
                .does(this::show);
    }

    private Object show(Call call) {
        EventLog found = log.get();
        Optional<ProfileName> only = call.global().profile();
        EventList list = new EventList(found.newest(
                call.option("limit").map(LogCommand::limit).orElse(USUAL),
                only,
                call.option("since").map(this::since)));
        if (list.events().isEmpty()) {
            only.ifPresent(profiles::require);
        }
        if (!found.isEnabled()) {
            call.conversation().say("Nothing is added to the log: ast.log.enabled is false");
        }
        return list;
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw Failure.usage(
                    "not a number of entries: " + SecretShape.quoted(text, 40), "give a number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    private Instant since(String text) {
        if (text.matches("[0-9]{1,6}[smhd]?")) {
            return clock.instant().minus(SessionCommands.duration(text));
        }
        String whole = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? text + "T00:00:00Z" : text;
        return IsoTime.parse(whole)
                .orElseThrow(() -> Failure.usage(
                        "not a time: " + SecretShape.quoted(text, 40),
                        "give 30m, 7d, 2026-11-26 or 2026-11-26T14:30:00Z"));
    }
}
