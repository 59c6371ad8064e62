package dev.ast.credential.keyring;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.keyring.windows.WindowsCredentials;
import dev.ast.credential.keyring.windows.WindowsError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Windows Credential Manager. A credential holds 2,560 bytes, so a text is cut: the head {@code ast:NAME} records
 * how many more parts there are and what they must add up to, the others are {@code ast:NAME#1} and so on. New parts go
 * beside the old ones and the head is written last: if the program is killed in between, the old text stays valid.
 *
 * <p>Tested with a fake of the native calls only; never run on a Windows system so far.
 */
public final class WindowsKeyring implements Keyring {
    private static final String PREFIX = SERVICE + ":";

    private final Supplier<WindowsCredentials> loader;
    private @Nullable WindowsCredentials loaded;

    /** @param loader loads the native calls; called at the first use */
    WindowsKeyring(Supplier<WindowsCredentials> loader) {
        this.loader = loader;
    }

    private interface Call<T> {
        T on(WindowsCredentials credentials) throws WindowsError, KeyringException;
    }

    @Override
    public KeyringState probe() {
        try {
            run(credentials -> credentials.read(PREFIX));
            return KeyringState.READY;
        } catch (KeyringException e) {
            return e.state();
        }
    }

    @Override
    public void unlock() throws KeyringException {
        // It is open as long as the user is signed in to Windows.
        run(credentials -> credentials.read(PREFIX));
    }

    @Override
    public Optional<String> get(String account) throws KeyringException {
        return run(credentials -> {
            Optional<byte[]> head = credentials.read(target(account, 0));
            if (head.isEmpty()) {
                return Optional.empty();
            }
            Chunks.Head described = Chunks.head(head.get());
            List<byte[]> tail = new ArrayList<>();
            for (int part = described.first(); part < described.end(); part++) {
                tail.add(credentials
                        .read(target(account, part))
                        .orElseThrow(() -> new KeyringException(KeyringTrouble.CORRUPT, "a part is missing")));
            }
            return Optional.of(described.join(tail));
        });
    }

    @Override
    public void set(String account, String label, String text) throws KeyringException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        run(credentials -> {
            List<Integer> old = parts(credentials, account);
            Chunks chunks = Chunks.cut(utf8, Chunks.firstFree(old, utf8.length));
            for (int i = 0; i < chunks.tail().size(); i++) {
                credentials.write(
                        target(account, chunks.first() + i),
                        label,
                        chunks.tail().get(i));
            }
            credentials.write(target(account, 0), label, chunks.head());
            for (int part : old) {
                if (part < chunks.first()
                        || part >= chunks.first() + chunks.tail().size()) {
                    credentials.delete(target(account, part));
                }
            }
            return account;
        });
    }

    @Override
    public void delete(String account) throws KeyringException {
        run(credentials -> {
            List<Integer> tail = parts(credentials, account);
            credentials.delete(target(account, 0));
            for (int part : tail) {
                credentials.delete(target(account, part));
            }
            return account;
        });
    }

    @Override
    public List<String> accounts() throws KeyringException {
        return run(credentials -> credentials.targets(PREFIX).stream()
                .map(target -> target.substring(PREFIX.length()))
                .filter(account -> name(account).indexOf('#') < 0)
                .toList());
    }

    @Override
    public Optional<String> foreign(String service, String user) throws KeyringException {
        return run(credentials -> credentials.read(service + ":" + user))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    /** The credential of a part. The number stands behind the profile's name, where no path can be mistaken for it. */
    static String target(String account, int part) {
        String name = name(account);
        return PREFIX + name + (part == 0 ? "" : "#" + part) + account.substring(name.length());
    }

    private static String name(String account) {
        int at = account.indexOf('@');
        return at < 0 ? account : account.substring(0, at);
    }

    /** The numbers of the parts behind the head that exist, also those that an interrupted write left. */
    private static List<Integer> parts(WindowsCredentials credentials, String account) throws WindowsError {
        String name = name(account);
        String before = PREFIX + name + "#";
        String after = account.substring(name.length());
        List<Integer> parts = new ArrayList<>();
        for (String target : credentials.targets(before)) {
            if (target.endsWith(after) && target.length() > before.length() + after.length()) {
                String number = target.substring(before.length(), target.length() - after.length());
                if (number.matches("[1-9][0-9]{0,5}")) {
                    parts.add(Integer.valueOf(number));
                }
            }
        }
        return parts;
    }

    private <T> T run(Call<T> call) throws KeyringException {
        try {
            WindowsCredentials credentials = loaded;
            if (credentials == null) {
                credentials = loader.get();
                loaded = credentials;
            }
            return call.on(credentials);
        } catch (WindowsError e) {
            throw translated(e.code());
        } catch (LinkageError e) {
            throw new KeyringException(KeyringTrouble.UNAVAILABLE, "the native library cannot be loaded");
        }
    }

    private static KeyringException translated(int code) {
        return switch (code) {
            case 5 -> new KeyringException(KeyringTrouble.DENIED, "Windows error 5"); // ERROR_ACCESS_DENIED
            case 1223 -> new KeyringException(KeyringTrouble.DENIED, "it was cancelled"); // ERROR_CANCELLED
            case 1312 -> // ERROR_NO_SUCH_LOGON_SESSION, for example over SSH
                new KeyringException(
                        KeyringTrouble.UNAVAILABLE,
                        "this logon session has no Credential Manager (Windows error 1312)");
            case 8, 1783 -> // ERROR_NOT_ENOUGH_MEMORY, RPC_X_BAD_STUB_DATA
                new KeyringException(KeyringTrouble.TOO_BIG, "Windows error " + code);
            default -> new KeyringException(KeyringTrouble.FAILED, "Windows error " + code);
        };
    }
}
