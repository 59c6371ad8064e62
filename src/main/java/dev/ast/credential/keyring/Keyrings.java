package dev.ast.credential.keyring;

import dev.ast.credential.keyring.dbus.BusAddress;
import dev.ast.credential.keyring.dbus.BusException;
import dev.ast.credential.keyring.dbus.BusException.Kind;
import dev.ast.credential.keyring.dbus.SocketBus;
import dev.ast.credential.keyring.macos.JnaMacSecurity;
import dev.ast.credential.keyring.windows.JnaWindowsCredentials;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.function.Supplier;

/** Finds the keyring that belongs to the operating system. */
public final class Keyrings {
    private Keyrings() {}

    /**
     * The keyring of this machine. Nothing is opened, started or loaded before its first call.
     *
     * @param system {@code os.name}
     * @param environment names the session bus on Linux
     * @param userPrompt who may be asked to unlock it
     * @param interrupts Ctrl-C while it waits
     * @param home where JNA may unpack its library for a moment, on macOS and Windows; nothing is written elsewhere
     */
    public static Keyring forThisMachine(
            String system, Environment environment, UserPrompt userPrompt, Interrupts interrupts, AstHome home) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux") || name.endsWith("bsd")) {
            return new SecretServiceKeyring(
                    deadline -> SocketBus.connect(
                            BusAddress.sockets(
                                    environment.get("DBUS_SESSION_BUS_ADDRESS"), environment.get("XDG_RUNTIME_DIR")),
                            deadline,
                            interrupts),
                    userPrompt,
                    new SecureRandom());
        }
        // The suppliers keep JNA from being loaded before the first call, and on any other system at all.
        if (name.startsWith("mac")) {
            return new MacKeyring(() -> withJna(home, JnaMacSecurity::new), userPrompt, interrupts, SecretService.CALL);
        }
        if (name.startsWith("windows")) {
            return new WindowsKeyring(() -> withJna(home, JnaWindowsCredentials::new));
        }
        BusException none = BusException.of(Kind.NO_BUS, "there is none for the operating system " + system);
        return new SecretServiceKeyring(
                deadline -> {
                    throw none;
                },
                userPrompt,
                new SecureRandom());
    }

    private static <T> T withJna(AstHome home, Supplier<T> calls) {
        if (System.getProperty("jna.tmpdir") == null && Files.isDirectory(home.directory())) {
            System.setProperty("jna.tmpdir", home.directory().toString());
        }
        return calls.get();
    }
}
