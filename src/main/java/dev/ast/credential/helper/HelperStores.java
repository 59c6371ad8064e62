package dev.ast.credential.helper;

import dev.ast.credential.keyring.UserPrompt;
import dev.ast.domain.StorageKind;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The stores behind credential helpers, one for each name. No program is started before one is asked. */
public final class HelperStores {
    private final HelperProgram.Surroundings around;
    private final AstHome home;
    private final Map<String, HelperTokenRepository> stores = new TreeMap<>();

    /**
     * Stores of a home.
     *
     * @param programs starts the helpers, with none of the tokens in the environment
     * @param prompt tells whether the user may be asked for a passphrase
     */
    public HelperStores(
            Supplier<Programs> programs,
            Environment environment,
            Interrupts interrupts,
            UserPrompt prompt,
            AstHome home) {
        this(programs, environment, interrupts, prompt, home, HelperProgram.ALONE);
    }

    HelperStores(
            Supplier<Programs> programs,
            Environment environment,
            Interrupts interrupts,
            UserPrompt prompt,
            AstHome home,
            Duration alone) {
        this.around =
                new HelperProgram.Surroundings(programs, environment, interrupts, prompt, System::nanoTime, alone);
        this.home = home;
    }

    /** The store of a kind. @throws IllegalArgumentException for one that is no helper */
    public synchronized HelperTokenRepository of(StorageKind kind) {
        if (!kind.isHelper()) {
            throw new IllegalArgumentException("no helper: " + kind);
        }
        return stores.computeIfAbsent(
                kind.word(), word -> new HelperTokenRepository(kind, new HelperProgram(kind.label(), around), home));
    }
}
