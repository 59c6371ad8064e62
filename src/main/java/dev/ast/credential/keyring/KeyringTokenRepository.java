package dev.ast.credential.keyring;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.TokenJson;
import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in the system keyring, one item with one JSON record per profile. Only an item that is not there counts as
 * nothing stored; a keyring that is missing, locked, hung or broken fails with {@link Failure.Storage}.
 */
public final class KeyringTokenRepository implements TokenRepository, AutoCloseable {
    /**
     * For how long a keyring that hung or refused is not asked again: a command that looks at a thousand profiles must
     * neither wait nor ask a thousand times.
     */
    static final Duration REST = Duration.ofSeconds(2);

    private final Keyring keyring;
    private final HomeAccounts accounts;
    private final LongSupplier nanoClock;
    private final AstHome home;
    private @Nullable KeyringState refusal;
    private long refusedAt;

    /**
     * The tokens of a home in this keyring.
     *
     * @param nanoClock {@link System#nanoTime}
     */
    public KeyringTokenRepository(Keyring keyring, AstHome home, LongSupplier nanoClock) {
        this.keyring = keyring;
        this.accounts = new HomeAccounts(home);
        this.nanoClock = nanoClock;
        this.home = home;
    }

    @Override
    public StorageKind kind() {
        return StorageKind.KEYRING;
    }

    /** Looks whether the keyring can be used; reads only and asks nobody. */
    public KeyringState probe() {
        return resting().orElseGet(() -> {
            KeyringState state = keyring.probe();
            remember(state);
            return state;
        });
    }

    /** The same before a login: a locked keyring is unlocked first, where the user can be asked. */
    public KeyringState prepare() {
        KeyringState state = probe();
        if (!state.trouble().equals(Optional.of(KeyringTrouble.LOCKED))) {
            return state;
        }
        try {
            keyring.unlock();
            return KeyringState.READY;
        } catch (KeyringException e) {
            return e.state();
        }
    }

    @Override
    public Optional<TokenSet> load(ProfileName profile) {
        Optional<String> stored = ask(() -> keyring.get(accounts.account(profile)));
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Optional<TokenSet> tokens = parse(stored.get()).flatMap(TokenJson::read);
        if (tokens.isEmpty()) {
            throw Failure.storage(
                    "the tokens of " + profile + " in the system keyring cannot be understood", profile.loginCommand());
        }
        leaveHint();
        return tokens;
    }

    @Override
    public void save(ProfileName profile, TokenSet tokens) {
        String account = accounts.account(profile);
        // Members that a newer program added to the record stay.
        JsonObject json = ask(() -> readable(account))
                .flatMap(KeyringTokenRepository::parse)
                .orElseGet(JsonObject::new);
        TokenJson.write(tokens, json);
        String text = LocalJson.write(json.members());
        ask(() -> {
            keyring.set(account, "ast: " + profile, text);
            return account;
        });
        leaveHint();
    }

    // What the program's launcher chooses the JVM's class cache by; also for a home that was copied or restored.
    private void leaveHint() {
        Path hint = home.locks().resolve("keyring");
        if (!Files.exists(hint)) {
            PrivateFiles.mark(hint);
        }
    }

    @Override
    public void delete(ProfileName profile) {
        ask(() -> {
            keyring.delete(accounts.account(profile));
            return profile;
        });
    }

    /** The profiles of this home that have an item, also those that no file names any more; sorted. */
    public List<ProfileName> profiles() {
        return ask(keyring::accounts).stream()
                .flatMap(account -> accounts.profile(account).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The secret of another program's item, which is only read.
     *
     * @throws FailureException (storage) when the keyring does not answer
     */
    public Optional<String> foreign(String service, String user) {
        return ask(() -> keyring.foreign(service, user));
    }

    /** Ends the connection to the keyring, if one was opened. */
    @Override
    public void close() {
        keyring.close();
    }

    private Optional<String> readable(String account) throws KeyringException {
        try {
            return keyring.get(account);
        } catch (KeyringException e) {
            if (e.trouble() == KeyringTrouble.CORRUPT || e.trouble() == KeyringTrouble.TOO_BIG) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<JsonObject> parse(String text) {
        return LocalJson.tryObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private interface Question<T> {
        T answer() throws KeyringException;
    }

    private <T> T ask(Question<T> question) throws FailureException {
        Optional<KeyringState> refused = resting();
        if (refused.isPresent()) {
            throw refused.get().failure();
        }
        try {
            return question.answer();
        } catch (KeyringException e) {
            remember(e.state());
            throw e.state().failure();
        }
    }

    private Optional<KeyringState> resting() {
        boolean over = nanoClock.getAsLong() - refusedAt >= REST.toNanos();
        return Optional.ofNullable(refusal).filter(state -> !over);
    }

    private void remember(KeyringState state) {
        boolean refused = state.trouble()
                .filter(trouble -> trouble == KeyringTrouble.TIMED_OUT || trouble == KeyringTrouble.DENIED)
                .isPresent();
        refusal = refused ? state : null;
        refusedAt = nanoClock.getAsLong();
    }
}
