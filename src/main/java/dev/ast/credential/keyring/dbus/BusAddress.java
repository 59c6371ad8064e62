package dev.ast.credential.keyring.dbus;

import dev.ast.credential.keyring.dbus.BusException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the session bus listens (D-Bus specification, section Server Addresses). */
public final class BusAddress {
    private BusAddress() {}

    /**
     * The sockets to try, in order.
     *
     * @param address {@code DBUS_SESSION_BUS_ADDRESS}
     * @param runtimeDirectory {@code XDG_RUNTIME_DIR}, whose {@code bus} is used when no address is set
     * @throws BusException (no bus) when there is none, with the reason
     */
    public static List<Path> sockets(Optional<String> address, Optional<String> runtimeDirectory) throws BusException {
        Optional<Path> usual = runtimeDirectory.flatMap(BusAddress::path).map(directory -> directory.resolve("bus"));
        if (address.isEmpty()) {
            return List.of(usual.filter(Files::exists)
                    .orElseThrow(() -> BusException.of(
                            Kind.NO_BUS, "there is no session bus: DBUS_SESSION_BUS_ADDRESS is not set")));
        }
        List<Path> sockets = new ArrayList<>();
        boolean hidden = false;
        for (String each : address.get().split(";", -1)) {
            if (!each.startsWith("unix:")) {
                continue;
            }
            for (String option : each.substring(5).split(",", -1)) {
                int equals = option.indexOf('=');
                String key = equals < 0 ? option : option.substring(0, equals);
                String value = equals < 0 ? "" : option.substring(equals + 1);
                switch (key) {
                    case "path" -> unescape(value).flatMap(BusAddress::path).ifPresent(sockets::add);
                    case "runtime" -> usual.ifPresent(sockets::add);
                    case "abstract" -> hidden = true;
                    default -> {
                        // guid and the like are not needed to connect
                    }
                }
            }
        }
        if (sockets.isEmpty()) {
            throw BusException.of(
                    Kind.NO_BUS,
                    hidden
                            ? "the session bus listens on an abstract socket, which Java cannot connect to"
                            : "DBUS_SESSION_BUS_ADDRESS names no socket that can be connected to");
        }
        return sockets;
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Bytes outside a small set stand as {@code %} and two hexadecimal digits. */
    private static Optional<String> unescape(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] escaped = value.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] != '%') {
                bytes.write(escaped[i]);
                continue;
            }
            if (i + 2 >= escaped.length) {
                return Optional.empty();
            }
            int high = Character.digit(escaped[i + 1], 16);
            int low = Character.digit(escaped[i + 2], 16);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
