package dev.ast.command;

import dev.ast.credential.StorageSetting;
import dev.ast.domain.Failure;
import dev.ast.domain.StorageKind;
import dev.ast.output.Outcome;
import dev.ast.profile.StorageMigration;
import java.util.List;
import java.util.function.Supplier;

/** {@code auth migrate}: where tokens are kept. */
public final class StorageCommands {
    /** What {@code helper:NAME} means, for completion. */
    static final String HELPER = "what docker-credential-pass uses; any NAME";

    private final Supplier<StorageMigration> migration;

    /** Commands over the given use case. */
    public StorageCommands(Supplier<StorageMigration> migration) {
        this.migration = migration;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(CommandSpec.named("auth migrate", "Signing in", "Move tokens to another store")
                .describe("Moves the tokens of every profile, or of the one that --profile names. The old copy is"
                        + " removed only after the new one was read back.")
                .option(OptionSpec.value("to", "WHERE", "Where to")
                        .from(Values.suggested("keyring", "file", "helper:pass")
                                .meaning("the system keyring", "the file in the home of ast", HELPER)))
                .does(this::migrate));
    }

    private static StorageKind target(String word) {
        return StorageSetting.parse("--to", word)
                .store()
                .orElseThrow(() -> Failure.usage("--to names one store", "use keyring, file or helper:NAME"));
    }

    private Object migrate(Call call) {
        StorageKind to = call.option("to")
                .map(StorageCommands::target)
                .orElseThrow(() -> Failure.usage("--to is missing", "ast auth migrate --to keyring"));
        StorageMigration.Moved moved = migration.get().move(call.global().profile(), to);
        return moved.failure()
                .<Object>map(failure -> Outcome.failed(moved, failure))
                .orElse(moved);
    }
}
