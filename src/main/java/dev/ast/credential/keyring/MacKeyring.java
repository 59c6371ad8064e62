package dev.ast.credential.keyring;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.keyring.macos.MacSecurity;
import dev.ast.host.Interrupts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The login keychain of macOS, one generic password per account. The native calls have no deadline of their own and may
 * wait for a dialog, so each one runs in a thread of its own, which is abandoned when the time is up.
 *
 * <p>Tested with a fake of the native calls only; never run on macOS so far.
 */
public final class MacKeyring implements Keyring {
    private static final int NOT_FOUND = -25300; // errSecItemNotFound
    private static final int DUPLICATE = -25299; // errSecDuplicateItem

    private final Supplier<MacSecurity> loader;
    private final UserPrompt userPrompt;
    private final Interrupts interrupts;
    private final Duration alone;
    private @Nullable MacSecurity loaded;

    /**
     * @param loader loads the native calls; called at the first use
     * @param alone how long a call may take while nobody is asked, normally {@link SecretService#CALL}
     */
    MacKeyring(Supplier<MacSecurity> loader, UserPrompt userPrompt, Interrupts interrupts, Duration alone) {
        this.loader = loader;
        this.userPrompt = userPrompt;
        this.interrupts = interrupts;
        this.alone = alone;
    }

    private interface Call<T> {
        T on(MacSecurity security) throws KeyringException;
    }

    @Override
    public KeyringState probe() {
        try {
            run(security -> {
                checked(security.defaultKeychain());
                return security;
            });
            return KeyringState.READY;
        } catch (KeyringException e) {
            return e.state();
        }
    }

    @Override
    public void unlock() throws KeyringException {
        // Any access to a locked keychain makes macOS ask, as far as it may.
        get("");
    }

    @Override
    public Optional<String> get(String account) throws KeyringException {
        return text(SERVICE, account);
    }

    @Override
    public Optional<String> foreign(String service, String user) throws KeyringException {
        return text(service, user).map(GoKeyring::decoded);
    }

    private Optional<String> text(String service, String account) throws KeyringException {
        MacSecurity.Password found = run(security -> security.find(service, account));
        if (found.status() == NOT_FOUND) {
            return Optional.empty();
        }
        checked(found.status());
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(found.bytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new KeyringException(KeyringTrouble.CORRUPT, "it is not text");
        }
    }

    @Override
    public void set(String account, String label, String text) throws KeyringException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > LARGEST) {
            throw new KeyringException(KeyringTrouble.TOO_BIG, "more than " + LARGEST + " bytes");
        }
        checked(run(security -> {
            int status = security.update(SERVICE, account, utf8);
            if (status == NOT_FOUND) {
                status = security.add(SERVICE, account, label, utf8);
            }
            // Another process may have added it in between.
            return status == DUPLICATE ? security.update(SERVICE, account, utf8) : status;
        }));
    }

    @Override
    public void delete(String account) throws KeyringException {
        int status = run(security -> security.delete(SERVICE, account));
        if (status != NOT_FOUND) {
            checked(status);
        }
    }

    @Override
    public List<String> accounts() throws KeyringException {
        MacSecurity.Accounts found = run(security -> security.accounts(SERVICE));
        if (found.status() == NOT_FOUND) {
            return List.of();
        }
        checked(found.status());
        return found.names();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private <T> T run(Call<T> call) throws KeyringException {
        boolean asking = userPrompt.present().getAsBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                MacSecurity security = security();
                security.allowInteraction(asking);
                return call.on(security);
            } finally {
                ended.countDown();
            }
        });
        Thread thread = new Thread(task, "keychain");
        thread.setDaemon(true);
        thread.start();
        try (Interrupts.Registration ignored = interrupts.onInterrupt(ended::countDown)) {
            boolean inTime = ended.await(alone.toNanos(), TimeUnit.NANOSECONDS);
            if (!inTime && asking) {
                userPrompt.tell().accept("waiting for the keyring to be unlocked, Ctrl-C cancels");
                inTime = ended.await(SecretService.UNLOCK_WAIT.toNanos(), TimeUnit.NANOSECONDS);
            }
            if (inTime) {
                return result(task, interrupts);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        interrupts.check();
        throw new KeyringException(
                KeyringTrouble.TIMED_OUT,
                asking
                        ? "it was not unlocked within " + SecretService.UNLOCK_WAIT.toSeconds() + " seconds"
                        : "no answer within " + alone.toSeconds() + " seconds");
    }

    private static <T> T result(FutureTask<T> task, Interrupts interrupts)
            throws KeyringException, InterruptedException {
        try {
            // The task counts down just before it is done; after an interrupt it may not be done at all.
            return task.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            interrupts.check();
            throw new KeyringException(KeyringTrouble.TIMED_OUT, "no answer");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KeyringException trouble) {
                throw trouble;
            }
            if (e.getCause() instanceof LinkageError) {
                throw new KeyringException(KeyringTrouble.UNAVAILABLE, "the native library cannot be loaded");
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private synchronized MacSecurity security() {
        MacSecurity security = loaded;
        if (security == null) {
            security = loader.get();
            loaded = security;
        }
        return security;
    }

    private static void checked(int status) throws KeyringException {
        switch (status) {
            case 0 -> {
                // errSecSuccess
            }
            case -25308, -25315 -> // errSecInteractionNotAllowed, errSecInteractionRequired
                throw new KeyringException(KeyringTrouble.LOCKED, "");
            case -128, -25293 -> // errSecUserCanceled, errSecAuthFailed
                throw new KeyringException(KeyringTrouble.DENIED, "");
            case -25291, -25294, -25307 -> // errSecNotAvailable, errSecNoSuchKeychain, errSecNoDefaultKeychain
                throw new KeyringException(KeyringTrouble.UNAVAILABLE, "there is no default keychain");
            case -25302 -> // errSecDataTooLarge
                throw new KeyringException(KeyringTrouble.TOO_BIG, "macOS status -25302");
            case -26275 -> // errSecDecode
                throw new KeyringException(KeyringTrouble.CORRUPT, "macOS status -26275");
            default -> throw new KeyringException(KeyringTrouble.FAILED, "macOS status " + status);
        }
    }
}
