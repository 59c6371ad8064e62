package dev.ast.credential.keyring;

import dev.ast.credential.keyring.dbus.Bus;
import dev.ast.credential.keyring.dbus.BusException;
import dev.ast.credential.keyring.dbus.BusException.Kind;
import dev.ast.credential.keyring.dbus.BusMessage;
import dev.ast.credential.keyring.dbus.Deadline;
import dev.ast.credential.keyring.dbus.Variant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A Secret Service in memory with plain sessions, which can be locked, restarted and made to fail. */
final class FakeSecretService {
    private static final String PROMPT = "/prompt/1";

    /** What stands under one path. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(Map<String, String> attributes, byte[] secret) {}

    final Map<String, Item> items = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    boolean collection = true;
    boolean locked;
    boolean hidesWhileLocked;
    boolean promptsForWrites;
    boolean dismisses;
    boolean neverCompletes;
    int connections;
    private int generation;
    private int made;
    private final Map<String, BusException> failures = new LinkedHashMap<>();
    private final Map<String, BusException> failuresOnce = new LinkedHashMap<>();
    private @Nullable Runnable asked;

    void fails(String member, BusException with) {
        failures.put(member, with);
    }

    void failsOnce(String member, BusException with) {
        failuresOnce.put(member, with);
    }

    void restart() {
        generation++;
    }

    Bus connect() {
        connections++;
        return new Connection();
    }

    private final class Connection implements Bus {
        private final int born = generation;
        private boolean closed;

        @Override
        public List<Object> call(
                Deadline deadline,
                String destination,
                String path,
                String interfaceName,
                String member,
                String signature,
                List<Object> arguments)
                throws BusException {
            if (closed) {
                throw BusException.of(Kind.CLOSED, "closed");
            }
            if (destination.equals("org.freedesktop.DBus")) {
                return List.of();
            }
            calls.add(member);
            BusException failure = failuresOnce.remove(member);
            if (failure == null) {
                failure = failures.get(member);
            }
            if (failure != null) {
                throw failure;
            }
            return switch (member) {
                case "OpenSession" -> {
                    if (!arguments.get(0).equals("plain")) {
                        throw BusException.error("org.freedesktop.DBus.Error.NotSupported");
                    }
                    yield List.of(new Variant("s", ""), "/session/" + born);
                }
                case "ReadAlias" -> List.of(collection ? "/collection/login" : "/");
                case "Get" ->
                    List.of(
                            arguments.get(1).equals("Locked")
                                    ? new Variant("b", locked)
                                    : new Variant("a{ss}", item(path).attributes()));
                case "SearchItems" -> {
                    List<String> found = items.entrySet().stream()
                            .filter(each -> each.getValue()
                                    .attributes()
                                    .entrySet()
                                    .containsAll(((Map<?, ?>) arguments.get(0)).entrySet()))
                            .map(Map.Entry::getKey)
                            .toList();
                    yield locked ? List.of(List.of(), hidesWhileLocked ? List.of() : found) : List.of(found, List.of());
                }
                case "Unlock" ->
                    locked ? List.of(List.of(), ask(() -> locked = false)) : List.of(arguments.get(0), "/");
                case "Prompt" -> List.of();
                case "GetSecret" -> {
                    session((String) arguments.get(0));
                    yield List.of(
                            List.of(arguments.get(0), new byte[0], item(path).secret(), "text/plain"));
                }
                case "SetSecret" -> {
                    List<?> secret = (List<?>) arguments.get(0);
                    session((String) secret.get(0));
                    items.put(path, new Item(item(path).attributes(), (byte[]) secret.get(2)));
                    yield List.of();
                }
                case "CreateItem" -> {
                    List<?> secret = (List<?>) arguments.get(1);
                    session((String) secret.get(0));
                    Variant attributes =
                            (Variant) ((Map<?, ?>) arguments.get(0)).get("org.freedesktop.Secret.Item.Attributes");
                    Map<String, String> texts = new LinkedHashMap<>();
                    ((Map<?, ?>) attributes.value()).forEach((k, v) -> texts.put((String) k, (String) v));
                    Runnable make = () -> items.put("/item/" + ++made, new Item(texts, (byte[]) secret.get(2)));
                    if (promptsForWrites) {
                        yield List.of("/", ask(make));
                    }
                    make.run();
                    yield List.of("/item/" + made, "/");
                }
                case "Delete" -> {
                    if (promptsForWrites) {
                        yield List.of(ask(() -> items.remove(path)));
                    }
                    items.remove(path);
                    yield List.of("/");
                }
                default -> throw BusException.error("org.freedesktop.DBus.Error.UnknownMethod");
            };
        }

        @Override
        public BusMessage await(Deadline deadline, Predicate<BusMessage> wanted) throws BusException {
            Runnable then = asked;
            if (neverCompletes || then == null) {
                throw BusException.of(Kind.TIMED_OUT, "no answer");
            }
            if (!dismisses) {
                then.run();
            }
            BusMessage completed = new BusMessage(
                    BusMessage.SIGNAL,
                    1,
                    0,
                    PROMPT,
                    "org.freedesktop.Secret.Prompt",
                    "Completed",
                    "",
                    "",
                    ":1.1",
                    "bv",
                    List.of(dismisses, new Variant("s", "")));
            if (!wanted.test(completed)) {
                throw BusException.of(Kind.TIMED_OUT, "no answer");
            }
            return completed;
        }

        @Override
        public void cancellable(boolean cancellable) {}

        @Override
        public void close() {
            closed = true;
        }

        private void session(String path) throws BusException {
            if (born != generation || !path.equals("/session/" + generation)) {
                throw BusException.error("org.freedesktop.Secret.Error.NoSession");
            }
            if (locked) {
                throw BusException.error("org.freedesktop.Secret.Error.IsLocked");
            }
        }

        private Item item(String path) throws BusException {
            Item item = items.get(path);
            if (item == null) {
                throw BusException.error("org.freedesktop.Secret.Error.NoSuchObject");
            }
            return item;
        }

        private String ask(Runnable then) {
            asked = then;
            return PROMPT;
        }
    }

    void put(String text, String... attributes) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        items.put("/item/" + ++made, new Item(map, text.getBytes(StandardCharsets.UTF_8)));
    }
}
