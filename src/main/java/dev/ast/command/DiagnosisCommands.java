package dev.ast.command;

import dev.ast.diagnosis.Reasons;
import dev.ast.diagnosis.WhyHost;
import dev.ast.domain.ServerOrigin;
import dev.ast.session.Recipients;
import dev.ast.session.Selection;
import java.util.List;
import java.util.Optional;

/** {@code why}. */
public final class DiagnosisCommands {
    private final Reasons reasons;
    private final Recipients recipients;
    private final Selections selections;

    /** Commands over the given use cases. */
    public DiagnosisCommands(Reasons reasons, Recipients recipients, Selections selections) {
        this.reasons = reasons;
        this.recipients = recipients;
        this.selections = selections;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(CommandSpec.named("why", "Session", "Show what a command would use here, and by which rule")
                .local()
                .describe(
                        "Asks no server. Options of the line count as they would for any other command. With a host it"
                                + " shows which profile's token a credential helper would give to it.")
                .argument(ArgumentSpec.maybe("HOST", "A host, or an origin such as https://host:port", Values.FREE))
                .does(call -> {
                    Selection selection = selections.of(call);
                    Optional<String> host = call.argument("HOST");
                    return host.isEmpty() ? reasons.of(selection) : of(selection, Recipients.named(host.get()));
                }));
    }

    private WhyHost of(Selection selection, List<ServerOrigin> origins) {
        return new WhyHost(origins.get(0), recipients.find(selection, origins));
    }
}
