package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.StorageKind;
import dev.ast.output.Outcome;
import dev.ast.profile.StorageMigration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code auth migrate}: where tokens are kept. */
public final class StorageCommands {
    private final Supplier<StorageMigration> migration;

    /** Commands over the given use case. */
    public StorageCommands(Supplier<StorageMigration> migration) {
        this.migration = migration;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(CommandSpec.named("auth migrate", "Signing in", "Move tokens to the keyring or to the file")
                .describe("Moves the tokens of every profile, or of the one that --profile names. The old copy is"
                        + " removed only after the new one was read back.")
                .option(OptionSpec.value("to", "WHERE", "Where to")
                        .from(Values.words("keyring", "file")
                                .meaning("the system keyring", "the file in the home of ast")))
                .does(this::migrate));
    }

    private Object migrate(Call call) {
        StorageKind to = call.option("to")
                .map(word -> StorageKind.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElseThrow(() -> Failure.usage("--to is missing", "ast auth migrate --to keyring"));
        StorageMigration.Moved moved = migration.get().move(call.global().profile(), to);
        return moved.failure()
                .<Object>map(failure -> Outcome.failed(moved, failure))
                .orElse(moved);
    }
}
