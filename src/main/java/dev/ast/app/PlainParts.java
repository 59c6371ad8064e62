package dev.ast.app;

import java.util.concurrent.atomic.AtomicReference;

/** The parts of a process of the program's own, which does without beans. */
record PlainParts(StoreParts store, SessionParts session, OnlineParts online) {

    /**
     * The parts over those that exist already.
     *
     * @throws dev.ast.domain.FailureException (usage) when {@code config.yml} cannot be used
     */
    static PlainParts over(Foundation base) {
        StoreParts store = new StoreParts(base);
        Settings settings = SettingsReader.read(SealedEnvironment.of(base.home()), base, store);
        store.logging(settings.logging());
        AtomicReference<OnlineParts> online = new AtomicReference<>();
        SessionParts session = new SessionParts(base, store, settings.platforms(), online::get);
        online.set(new OnlineParts(base, store, session, settings));
        return new PlainParts(store, session, online.get());
    }
}
