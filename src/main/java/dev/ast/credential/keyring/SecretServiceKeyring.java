package dev.ast.credential.keyring;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.keyring.SecretService.Found;
import dev.ast.credential.keyring.dbus.BusConnector;
import dev.ast.credential.keyring.dbus.BusException;
import dev.ast.credential.keyring.dbus.BusException.Kind;
import dev.ast.credential.keyring.dbus.Deadline;
import dev.ast.domain.FailureException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Secret Service of Linux desktops (gnome-keyring, KeePassXC, KWallet). Items carry the attributes {@code service},
 * {@code account} and {@code username}, so that {@code secret-tool} and Python's keyring find them. The connection is
 * made when it is first needed, kept, and made anew once when the service was restarted in between.
 */
public final class SecretServiceKeyring implements Keyring {
    /** For all calls of one task, so that a command ends within 5 seconds, with the time that it takes to start. */
    private static final Duration TASK = Duration.ofSeconds(4);

    private static final String ERROR = "org.freedesktop.DBus.Error.";
    private static final String IS_LOCKED = "org.freedesktop.Secret.Error.IsLocked";

    /** The errors of a restarted service for objects that only its predecessor knew. */
    private static final Set<String> STALE = Set.of(
            "org.freedesktop.Secret.Error.NoSession",
            "org.freedesktop.Secret.Error.NoSuchObject",
            ERROR + "NoReply",
            ERROR + "Disconnected",
            ERROR + "UnknownObject",
            ERROR + "UnknownMethod");

    private final BusConnector connector;
    private final UserPrompt userPrompt;
    private final SecureRandom random;
    private @Nullable SecretService connection;

    /** A keyring on the bus that the connector finds. */
    public SecretServiceKeyring(BusConnector connector, UserPrompt userPrompt, SecureRandom random) {
        this.connector = connector;
        this.userPrompt = userPrompt;
        this.random = random;
    }

    private interface Task<T> {
        T with(SecretService service) throws BusException, KeyringException;
    }

    @Override
    public KeyringState probe() {
        try {
            boolean locked = read(service -> service.locked(service.defaultCollection()));
            return locked ? KeyringState.of(KeyringTrouble.LOCKED, "") : KeyringState.READY;
        } catch (KeyringException e) {
            return e.state();
        }
    }

    @Override
    public void unlock() throws KeyringException {
        read(service -> {
            String collection = service.defaultCollection();
            if (service.locked(collection)) {
                service.unlock(List.of(collection));
            }
            return collection;
        });
    }

    @Override
    public Optional<String> get(String account) throws KeyringException {
        return text(attributes(account));
    }

    @Override
    public Optional<String> foreign(String program, String user) throws KeyringException {
        return text(Map.of("service", program, "username", user));
    }

    private Optional<String> text(Map<String, String> attributes) throws KeyringException {
        return read(service -> {
            Found found = service.search(attributes);
            List<String> items = found.unlocked().isEmpty() ? opened(service, attributes, found) : found.unlocked();
            return items.isEmpty() ? Optional.empty() : Optional.of(service.secret(items.get(0)));
        });
    }

    @Override
    public void set(String account, String label, String text) throws KeyringException {
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            throw new KeyringException(KeyringTrouble.TOO_BIG, "more than " + LARGEST + " bytes");
        }
        Map<String, String> attributes = attributes(account);
        write(service -> {
            List<String> items = opened(service, attributes, service.search(attributes));
            if (items.isEmpty()) {
                service.create(service.defaultCollection(), label, attributes, text);
            } else {
                // The item that get() reads. CreateItem would not replace one with more attributes than ours, a schema
                // for example, and KeePassXC 2.7 never ends the prompt of a CreateItem that replaces.
                service.store(items.get(0), text);
                for (String surplus : items.subList(1, items.size())) {
                    service.delete(surplus);
                }
            }
            return items;
        });
    }

    @Override
    public void delete(String account) throws KeyringException {
        Map<String, String> attributes = attributes(account);
        write(service -> {
            List<String> items = opened(service, attributes, service.search(attributes));
            for (String item : items) {
                service.delete(item);
            }
            return items;
        });
    }

    @Override
    public List<String> accounts() throws KeyringException {
        return read(service -> {
            Map<String, String> ours = Map.of("service", SERVICE);
            List<String> accounts = new ArrayList<>();
            for (String item : opened(service, ours, service.search(ours))) {
                Map<?, ?> attributes = service.attributes(item);
                // Other programs may use the service's name too; an item of ours has the account under both names.
                if (attributes.get("account") instanceof String account && account.equals(attributes.get("username"))) {
                    accounts.add(account);
                }
            }
            return accounts;
        });
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private static Map<String, String> attributes(String account) {
        return Map.of("service", SERVICE, "account", account, "username", account);
    }

    /**
     * The items of a search, all of them unlocked. A locked collection may hide its items from a search, so nothing
     * found counts only once the default collection is open.
     */
    private static List<String> opened(SecretService service, Map<String, String> attributes, Found found)
            throws BusException, KeyringException {
        List<String> closed = found.locked();
        if (closed.isEmpty()) {
            if (!found.unlocked().isEmpty()) {
                return found.unlocked();
            }
            String collection = service.defaultCollection();
            if (!service.locked(collection)) {
                return List.of();
            }
            closed = List.of(collection);
        }
        service.unlock(closed);
        Found now = service.search(attributes);
        if (!now.locked().isEmpty()) {
            throw new KeyringException(KeyringTrouble.LOCKED, "");
        }
        return now.unlocked();
    }

    private <T> T read(Task<T> task) throws KeyringException {
        return run(true, task);
    }

    private <T> T write(Task<T> task) throws KeyringException {
        return run(false, task);
    }

    private synchronized <T> T run(boolean reading, Task<T> task) throws KeyringException {
        Deadline end = Deadline.in(TASK);
        boolean again = true;
        while (true) {
            try {
                SecretService service = connected(end);
                service.begin(end, reading);
                return task.with(service);
            } catch (BusException e) {
                close();
                if (!again || !(e.kind() == Kind.CLOSED || STALE.contains(e.errorName()))) {
                    throw translated(e);
                }
                again = false;
            } catch (KeyringException | FailureException e) {
                // Closing gives up whatever prompt is still open.
                close();
                throw e;
            }
        }
    }

    private SecretService connected(Deadline end) throws BusException {
        SecretService service = connection;
        if (service == null) {
            service = new SecretService(
                    connector.connect(Deadline.in(SecretService.CALL).orEarlier(end)), userPrompt, random, end);
            connection = service;
        }
        return service;
    }

    private static KeyringException translated(BusException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case NO_BUS -> new KeyringException(KeyringTrouble.UNAVAILABLE, message);
            case TIMED_OUT ->
                new KeyringException(
                        KeyringTrouble.TIMED_OUT, "no answer within " + SecretService.CALL.toSeconds() + " seconds");
            case TOO_BIG -> new KeyringException(KeyringTrouble.TOO_BIG, message);
            case CLOSED, MALFORMED -> new KeyringException(KeyringTrouble.FAILED, message);
            case ERROR -> translated(e.errorName());
        };
    }

    private static KeyringException translated(String error) {
        String name = error.substring(0, Math.min(error.length(), 200));
        if (error.equals(ERROR + "ServiceUnknown") || error.equals(ERROR + "NameHasNoOwner")) {
            return new KeyringException(
                    KeyringTrouble.UNAVAILABLE, "no keyring service (org.freedesktop.secrets) runs on the session bus");
        }
        if (error.startsWith(ERROR + "Spawn.")) {
            return new KeyringException(
                    KeyringTrouble.UNAVAILABLE, "the keyring service cannot be started (" + name + ")");
        }
        if (error.equals(ERROR + "NoReply") || error.equals(ERROR + "Disconnected")) {
            return new KeyringException(KeyringTrouble.FAILED, "the keyring service stopped while it was asked");
        }
        if (error.equals(ERROR + "TimedOut") || error.equals(ERROR + "Timeout")) {
            return new KeyringException(KeyringTrouble.TIMED_OUT, "the keyring service did not start in time");
        }
        if (error.equals(IS_LOCKED)) {
            return new KeyringException(KeyringTrouble.LOCKED, "");
        }
        if (error.equals(ERROR + "AccessDenied")) {
            return new KeyringException(KeyringTrouble.DENIED, "");
        }
        return new KeyringException(KeyringTrouble.FAILED, name);
    }
}
