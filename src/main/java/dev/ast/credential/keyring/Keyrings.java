package dev.ast.credential.keyring;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.keyring.dbus.BusAddress;
import dev.ast.credential.keyring.dbus.SocketBus;
import dev.ast.credential.keyring.macos.JnaMacSecurity;
import dev.ast.credential.keyring.windows.JnaWindowsCredentials;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the keyring that belongs to the operating system. */
public final class Keyrings {
    private Keyrings() {}

    /**
     * The keyring of this machine. Nothing is opened, started or loaded before its first call.
     *
     * @param system {@code os.name}
     * @param environment names the session bus on Linux
     * @param person who may be asked to unlock it
     * @param interrupts Ctrl-C while it waits
     * @param home where JNA may unpack its library for a moment, on macOS and Windows; nothing is written elsewhere
     */
    public static Keyring forThisMachine(
            String system, Environment environment, Person person, Interrupts interrupts, AstHome home) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux") || name.endsWith("bsd")) {
            return new SecretServiceKeyring(
                    deadline -> SocketBus.connect(
                            BusAddress.sockets(
                                    environment.get("DBUS_SESSION_BUS_ADDRESS"), environment.get("XDG_RUNTIME_DIR")),
                            deadline,
                            interrupts),
                    person,
                    new SecureRandom());
        }
        // The suppliers keep JNA from being loaded before the first call, and on any other system at all.
        if (name.startsWith("mac")) {
            return new MacKeyring(() -> withJna(home, JnaMacSecurity::new), person, interrupts, SecretService.CALL);
        }
        if (name.startsWith("windows")) {
            return new WindowsKeyring(() -> withJna(home, JnaWindowsCredentials::new));
        }
        return new NoKeyring("there is none for the operating system " + system);
    }

    private static <T> T withJna(AstHome home, Supplier<T> calls) {
        if (System.getProperty("jna.tmpdir") == null && Files.isDirectory(home.directory())) {
            System.setProperty("jna.tmpdir", home.directory().toString());
        }
        return calls.get();
    }

    /** Stands where an operating system has no keyring. */
    private record NoKeyring(String reason) implements Keyring {
        @Override
        public KeyringState probe() {
            return KeyringState.of(KeyringTrouble.UNAVAILABLE, reason);
        }

        @Override
        public void unlock() throws KeyringException {
            throw trouble();
        }

        @Override
        public Optional<String> get(String account) throws KeyringException {
            throw trouble();
        }

        @Override
        public void set(String account, String label, String text) throws KeyringException {
            throw trouble();
        }

        @Override
        public void delete(String account) throws KeyringException {
            throw trouble();
        }

        @Override
        public List<String> accounts() throws KeyringException {
            throw trouble();
        }

        @Override
        public Optional<String> foreign(String service, String user) throws KeyringException {
            throw trouble();
        }

        @Override
        public void close() {}

        private KeyringException trouble() {
            return new KeyringException(KeyringTrouble.UNAVAILABLE, reason);
        }
    }
}
