package dev.ast.command;

import dev.ast.diagnosis.Reasons;
import java.util.List;

/** {@code why}. */
public final class DiagnosisCommands {
    private final Reasons reasons;
    private final Selections selections;

    /** Commands over the given use case. */
    public DiagnosisCommands(Reasons reasons, Selections selections) {
        this.reasons = reasons;
        this.selections = selections;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(CommandSpec.named("why", "Session", "Show what a command would use here, and by which rule")
                .local()
                .describe("Asks no server. Options of the line count as they would for any other command.")
                .does(call -> reasons.of(selections.of(call))));
    }
}
