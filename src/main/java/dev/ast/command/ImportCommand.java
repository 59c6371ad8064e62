package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.login.importing.Import;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code auth import}: shows the sessions of other programs, asks, and imports them. */
public final class ImportCommand {
    private final Supplier<Import> importing;

    /** A command over the given use case. */
    public ImportCommand(Supplier<Import> importing) {
        this.importing = importing;
    }

    /** Its description. */
    public List<CommandSpec> specs() {
        return List.of(CommandSpec.named("auth import", "Signing in", "Take over sessions of other programs")
                .describe("Looks at the files of the Go program of this name and at its items in the system keyring, at"
                        + " the files of Astronomer's and of Nextflow's programs, shows what it would take, and asks. It changes none of them; a file in the place"
                        + " of ast's own is kept as a copy.")
                .option(OptionSpec.flag("yes", "Take everything without asking").letter('y'))
                .does(this::run));
    }

    private Object run(Call call) {
        Import.Offer offer = importing.get().look();
        offer.unread()
                .ifPresent(failure -> call.conversation()
                        .warn("tokens of the Go program may be in the system keyring, which could not be read: "
                                + failure.message()));
        if (offer.items().isEmpty() && !offer.inOurPlace()) {
            call.conversation().say("Nothing was found that is not here already");
            // The same members as when something was imported.
            Map<String, @Nullable Object> nothing = new LinkedHashMap<>();
            nothing.put("profiles", List.of());
            nothing.put("storage", null);
            nothing.put("copy", null);
            return new Changed(nothing);
        }
        for (Import.Item item : offer.items()) {
            call.conversation()
                    .show(item.source() + ": " + item.provider() + " at " + item.server()
                            + item.who().map(who -> ", " + who).orElse("")
                            + (item.renewable() ? "" : ", not renewable") + ", as profile " + item.profile());
        }
        if (offer.items().isEmpty()) {
            call.conversation()
                    .show(
                            "There is a file of the Go program in the place of ast's own; its tokens are neither in it nor in the keyring");
        }
        if (offer.items().stream().anyMatch(Import.Item::renewable)) {
            call.conversation().say("Sessions that are renewed here may end in the program that they come from.");
        }
        if (!call.has("yes") && !call.conversation().confirm("Take this over", "--yes")) {
            throw new Failure.Failed("nothing was taken over", Optional.empty()).asException();
        }
        return importing.get().take(offer, Optional.empty());
    }
}
