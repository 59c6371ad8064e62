package dev.ast.credential.keyring;

import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.keyring.SecretSession.Offer;
import dev.ast.credential.keyring.dbus.Bus;
import dev.ast.credential.keyring.dbus.BusException;
import dev.ast.credential.keyring.dbus.BusException.Kind;
import dev.ast.credential.keyring.dbus.BusMessage;
import dev.ast.credential.keyring.dbus.Deadline;
import dev.ast.credential.keyring.dbus.Variant;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the Secret Service API 0.2 over one connection. {@code Prompt.Dismiss} is never called: gnome-keyring 42
 * aborts on it, which ends the keyring for all programs. A prompt is given up by closing the connection.
 */
final class SecretService {
    static final Duration CALL = Duration.ofSeconds(3);
    static final Duration UNLOCK_WAIT = Duration.ofSeconds(60);
    /** A prompt that ends sooner asked nobody, and nothing is printed about it. */
    private static final Duration UNNOTICED = Duration.ofMillis(300);

    private static final String NAME = "org.freedesktop.secrets";
    private static final String PATH = "/org/freedesktop/secrets";
    private static final String SERVICE = "org.freedesktop.Secret.Service";
    private static final String COLLECTION = "org.freedesktop.Secret.Collection";
    private static final String ITEM = "org.freedesktop.Secret.Item";
    private static final String PROMPT = "org.freedesktop.Secret.Prompt";
    private static final String DAEMON = "org.freedesktop.DBus";
    private static final String NONE = "/";

    private final Bus bus;
    private final UserPrompt userPrompt;
    private final SecureRandom random;
    private @Nullable SecretSession session;
    private boolean listening;
    private boolean reading;
    private Deadline end;

    SecretService(Bus bus, UserPrompt userPrompt, SecureRandom random, Deadline end) {
        this.bus = bus;
        this.userPrompt = userPrompt;
        this.random = random;
        this.end = end;
    }

    /** What a search finds. */
    record Found(List<String> unlocked, List<String> locked) {}

    /**
     * Begins one task.
     *
     * @param until when all of its calls have to be over, the time of the user aside
     * @param cancellable whether Ctrl-C ends it; a write goes on, since what it stores may exist nowhere else
     */
    void begin(Deadline until, boolean cancellable) {
        end = until;
        reading = cancellable;
        bus.cancellable(cancellable);
    }

    /** The collection that new items go to. @throws KeyringException (unavailable) when there is none */
    String defaultCollection() throws BusException, KeyringException {
        String path = path(call(PATH, SERVICE, "ReadAlias", "s", "default"), 0);
        if (path.equals(NONE)) {
            throw new KeyringException(KeyringTrouble.UNAVAILABLE, "the keyring service has no default collection");
        }
        return path;
    }

    boolean locked(String collection) throws BusException {
        return property(collection, COLLECTION, "Locked") instanceof Boolean locked && locked;
    }

    Found search(Map<String, String> attributes) throws BusException {
        List<Object> found = call(PATH, SERVICE, "SearchItems", "a{ss}", attributes);
        return new Found(paths(found, 0), paths(found, 1));
    }

    Map<?, ?> attributes(String item) throws BusException {
        return property(item, ITEM, "Attributes") instanceof Map<?, ?> map ? map : Map.of();
    }

    /**
     * Unlocks items or collections, and waits for the user where one is needed.
     *
     * @throws KeyringException (locked) when the user is needed and none may be asked, (denied) when the user, or the
     *     lack of a screen, dismisses it, (timed out) when nobody answers
     */
    void unlock(List<String> objects) throws BusException, KeyringException {
        List<Object> answer = call(PATH, SERVICE, "Unlock", "ao", objects);
        String prompt = path(answer, 1);
        if (prompt.equals(NONE)) {
            if (!paths(answer, 0).containsAll(objects)) {
                throw new KeyringException(KeyringTrouble.LOCKED, "");
            }
        } else if (userPrompt.present().getAsBoolean()) {
            complete(prompt);
        } else {
            throw new KeyringException(KeyringTrouble.LOCKED, "");
        }
    }

    /** The text of an unlocked item. */
    String secret(String item) throws BusException, KeyringException {
        SecretSession open = session();
        List<Object> answer = call(item, ITEM, "GetSecret", "o", open.path());
        if (answer.isEmpty() || !(answer.get(0) instanceof List<?> secret)) {
            throw unexpected();
        }
        return open.open(secret);
    }

    /** Makes an item, or replaces the one with the same attributes. */
    void create(String collection, String label, Map<String, String> attributes, String text)
            throws BusException, KeyringException {
        SecretSession open = session();
        Map<String, Variant> properties = Map.of(
                ITEM + ".Label", new Variant("s", label), ITEM + ".Attributes", new Variant("a{ss}", attributes));
        List<Object> answer = bus.call(
                soon(),
                NAME,
                collection,
                COLLECTION,
                "CreateItem",
                "a{sv}(oayays)b",
                List.of(properties, open.seal(text, random), true));
        String prompt = path(answer, 1);
        if (!prompt.equals(NONE)) {
            complete(prompt);
        }
    }

    /** Gives an unlocked item another text. */
    void store(String item, String text) throws BusException, KeyringException {
        call(item, ITEM, "SetSecret", "(oayays)", session().seal(text, random));
    }

    void delete(String item) throws BusException, KeyringException {
        String prompt = path(call(item, ITEM, "Delete", ""), 0);
        if (!prompt.equals(NONE)) {
            complete(prompt);
        }
    }

    void close() {
        bus.close();
    }

    private SecretSession session() throws BusException, KeyringException {
        SecretSession open = session;
        if (open == null) {
            open = agree();
            session = open;
        }
        return open;
    }

    private SecretSession agree() throws BusException, KeyringException {
        Offer offer = Offer.random(random);
        try {
            List<Object> answer = open(SecretSession.DIFFIE_HELLMAN, new Variant("ay", offer.publicKey()));
            if (!(answer.get(0) instanceof Variant theirs) || !(theirs.value() instanceof byte[] key)) {
                throw unexpected();
            }
            return offer.accept(path(answer, 1), key);
        } catch (BusException e) {
            if (!e.errorName().equals("org.freedesktop.DBus.Error.NotSupported")) {
                throw e;
            }
            return SecretSession.plain(path(open(SecretSession.PLAIN, new Variant("s", "")), 1));
        }
    }

    private List<Object> open(String algorithm, Variant input) throws BusException {
        List<Object> answer = bus.call(soon(), NAME, PATH, SERVICE, "OpenSession", "sv", List.of(algorithm, input));
        path(answer, 1);
        return answer;
    }

    /** Runs a prompt until it is completed. */
    private void complete(String prompt) throws BusException, KeyringException {
        if (!listening) {
            listen("type='signal',sender='" + NAME + "',interface='" + PROMPT + "',member='Completed'");
            listen("type='signal',sender='" + DAEMON + "',member='NameOwnerChanged',arg0='" + NAME + "'");
            listening = true;
        }
        call(prompt, PROMPT, "Prompt", "s", "");
        BusMessage signal = completed(prompt);
        List<Object> body = signal.body();
        if (!signal.path().equals(prompt)) {
            throw new KeyringException(KeyringTrouble.FAILED, "the keyring service stopped while it was asked");
        }
        if (body.isEmpty() || !(body.get(0) instanceof Boolean dismissed)) {
            throw unexpected();
        }
        if (dismissed) {
            throw new KeyringException(KeyringTrouble.DENIED, "the question to allow it was dismissed");
        }
    }

    private BusMessage completed(String prompt) throws BusException, KeyringException {
        boolean asked = userPrompt.present().getAsBoolean();
        long before = System.nanoTime();
        bus.cancellable(asked || reading);
        try {
            if (!asked) {
                return bus.await(soon(), signal -> ends(signal, prompt));
            }
            try {
                return bus.await(Deadline.in(UNNOTICED), signal -> ends(signal, prompt));
            } catch (BusException e) {
                if (e.kind() != Kind.TIMED_OUT) {
                    throw e;
                }
            }
            userPrompt.tell().accept("waiting for the keyring to be unlocked, Ctrl-C cancels");
            return bus.await(Deadline.in(UNLOCK_WAIT), signal -> ends(signal, prompt));
        } catch (BusException e) {
            if (asked && e.kind() == Kind.TIMED_OUT) {
                throw new KeyringException(
                        KeyringTrouble.TIMED_OUT, "it was not unlocked within " + UNLOCK_WAIT.toSeconds() + " seconds");
            }
            throw e;
        } finally {
            end = end.plus(Duration.ofNanos(System.nanoTime() - before));
            bus.cancellable(reading);
        }
    }

    private static boolean ends(BusMessage signal, String prompt) {
        boolean completed = signal.path().equals(prompt) && signal.member().equals("Completed");
        // A service that has gone completes nothing any more.
        boolean gone = signal.member().equals("NameOwnerChanged")
                && signal.sender().equals(DAEMON)
                && signal.body().size() == 3
                && "".equals(signal.body().get(2));
        return completed || gone;
    }

    private void listen(String rule) throws BusException {
        bus.call(soon(), DAEMON, "/org/freedesktop/DBus", DAEMON, "AddMatch", "s", List.of(rule));
    }

    private Object property(String path, String interfaceName, String property) throws BusException {
        List<Object> answer = bus.call(
                soon(), NAME, path, "org.freedesktop.DBus.Properties", "Get", "ss", List.of(interfaceName, property));
        if (answer.isEmpty() || !(answer.get(0) instanceof Variant value)) {
            throw unexpected();
        }
        return value.value();
    }

    private List<Object> call(String path, String interfaceName, String member, String signature, Object... arguments)
            throws BusException {
        return bus.call(soon(), NAME, path, interfaceName, member, signature, List.of(arguments));
    }

    private Deadline soon() {
        return Deadline.in(CALL).orEarlier(end);
    }

    private static String path(List<Object> answer, int index) throws BusException {
        if (index < answer.size() && answer.get(index) instanceof String path) {
            return path;
        }
        throw unexpected();
    }

    private static List<String> paths(List<Object> answer, int index) throws BusException {
        if (index < answer.size() && answer.get(index) instanceof List<?> list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        throw unexpected();
    }

    private static BusException unexpected() {
        return BusException.of(Kind.MALFORMED, "its answer does not follow the Secret Service API");
    }
}
