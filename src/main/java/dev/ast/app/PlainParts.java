package dev.ast.app;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/**
 * The parts of a process that does without beans.
 *
 * @param connecting the parts that connect to servers, made when they are first asked for
 */
record PlainParts(StoreParts store, SessionParts session, Supplier<OnlineParts> connecting) {

    /**
     * The parts over those that exist already.
     *
     * @throws dev.ast.domain.FailureException (usage) when {@code config.yml} cannot be used
     */
    static PlainParts over(Foundation base) {
        StoreParts store = new StoreParts(base);
        Settings settings = SettingsReader.read(SealedEnvironment.of(base.home()), base, store);
        store.logging(settings.logging());
        AtomicReference<Supplier<OnlineParts>> online = new AtomicReference<>();
        SessionParts session = new SessionParts(
                base, store, settings.platforms(), () -> online.get().get());
        online.set(SingletonSupplier.of(() -> new OnlineParts(base, store, session, settings)));
        return new PlainParts(store, session, online.get());
    }

    /** The parts that connect to servers. */
    OnlineParts online() {
        return connecting.get();
    }
}
