package dev.ast.credential.keyring.macos;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of Security.framework through JNA, written after Apple's documentation. <strong>Never run on macOS so
 * far</strong>; what can be tested without one stands behind {@link MacSecurity}.
 */
public final class JnaMacSecurity implements MacSecurity {
    private static final int UTF_8 = 0x08000100; // kCFStringEncodingUTF8
    private static final int UNLOCKED = 1; // kSecUnlockStateStatus
    private static final int INTERACTION_NOT_ALLOWED = -25308; // errSecInteractionNotAllowed

    private final CoreFoundation cf = Native.load("CoreFoundation", CoreFoundation.class);
    private final Security security = Native.load("Security", Security.class);
    private final NativeLibrary cfSymbols = NativeLibrary.getInstance("CoreFoundation");
    private final NativeLibrary symbols = NativeLibrary.getInstance("Security");

    /** The functions of CoreFoundation. */
    interface CoreFoundation extends Library {
        Pointer CFStringCreateWithBytes(@Nullable Pointer allocator, byte[] bytes, long length, int encoding, byte bom);

        Pointer CFDataCreate(@Nullable Pointer allocator, byte[] bytes, long length);

        Pointer CFDictionaryCreate(
                @Nullable Pointer allocator,
                Pointer[] keys,
                Pointer[] values,
                long count,
                Pointer keyCalls,
                Pointer valueCalls);

        @Nullable
        Pointer CFDictionaryGetValue(Pointer dictionary, Pointer key);

        long CFArrayGetCount(Pointer array);

        Pointer CFArrayGetValueAtIndex(Pointer array, long index);

        long CFDataGetLength(Pointer data);

        @Nullable
        Pointer CFDataGetBytePtr(Pointer data);

        long CFStringGetLength(Pointer text);

        long CFStringGetMaximumSizeForEncoding(long length, int encoding);

        byte CFStringGetCString(Pointer text, Pointer buffer, long size, int encoding);

        void CFRelease(Pointer object);
    }

    /** The functions of Security. */
    interface Security extends Library {
        int SecItemAdd(Pointer attributes, @Nullable PointerByReference result);

        int SecItemCopyMatching(Pointer query, PointerByReference result);

        int SecItemUpdate(Pointer query, Pointer changes);

        int SecItemDelete(Pointer query);

        int SecKeychainSetUserInteractionAllowed(byte allowed);

        int SecKeychainGetStatus(@Nullable Pointer keychain, IntByReference status);
    }

    @Override
    public int allowInteraction(boolean allowed) {
        return security.SecKeychainSetUserInteractionAllowed((byte) (allowed ? 1 : 0));
    }

    @Override
    public int defaultKeychain() {
        IntByReference state = new IntByReference();
        int status = security.SecKeychainGetStatus(null, state);
        return status != 0 || (state.getValue() & UNLOCKED) != 0 ? status : INTERACTION_NOT_ALLOWED;
    }

    @Override
    public Password find(String service, String account) {
        try (Objects made = new Objects()) {
            Pointer query = made.dictionary(
                    "kSecClass", constant("kSecClassGenericPassword"),
                    "kSecAttrService", made.text(service),
                    "kSecAttrAccount", made.text(account),
                    "kSecReturnData", truth(),
                    "kSecMatchLimit", constant("kSecMatchLimitOne"));
            PointerByReference result = new PointerByReference();
            int status = security.SecItemCopyMatching(query, result);
            Pointer data = result.getValue();
            if (status != 0 || data == null) {
                return new Password(status, new byte[0]);
            }
            made.own(data);
            Pointer bytes = cf.CFDataGetBytePtr(data);
            int length = Math.toIntExact(cf.CFDataGetLength(data));
            return new Password(status, bytes == null ? new byte[0] : bytes.getByteArray(0, length));
        }
    }

    @Override
    public int add(String service, String account, String label, byte[] password) {
        try (Objects made = new Objects()) {
            return security.SecItemAdd(
                    made.dictionary(
                            "kSecClass", constant("kSecClassGenericPassword"),
                            "kSecAttrService", made.text(service),
                            "kSecAttrAccount", made.text(account),
                            "kSecAttrLabel", made.text(label),
                            "kSecValueData", made.data(password)),
                    null);
        }
    }

    @Override
    public int update(String service, String account, byte[] password) {
        try (Objects made = new Objects()) {
            return security.SecItemUpdate(
                    item(made, service, account), made.dictionary("kSecValueData", made.data(password)));
        }
    }

    @Override
    public int delete(String service, String account) {
        try (Objects made = new Objects()) {
            return security.SecItemDelete(item(made, service, account));
        }
    }

    @Override
    public Accounts accounts(String service) {
        try (Objects made = new Objects()) {
            Pointer query = made.dictionary(
                    "kSecClass", constant("kSecClassGenericPassword"),
                    "kSecAttrService", made.text(service),
                    "kSecReturnAttributes", truth(),
                    "kSecMatchLimit", constant("kSecMatchLimitAll"));
            PointerByReference result = new PointerByReference();
            int status = security.SecItemCopyMatching(query, result);
            Pointer items = result.getValue();
            List<String> names = new ArrayList<>();
            if (status == 0 && items != null) {
                made.own(items);
                for (long i = 0; i < cf.CFArrayGetCount(items); i++) {
                    Pointer name =
                            cf.CFDictionaryGetValue(cf.CFArrayGetValueAtIndex(items, i), constant("kSecAttrAccount"));
                    if (name != null) {
                        names.add(text(name));
                    }
                }
            }
            return new Accounts(status, names);
        }
    }

    private Pointer item(Objects made, String service, String account) {
        return made.dictionary(
                "kSecClass", constant("kSecClassGenericPassword"),
                "kSecAttrService", made.text(service),
                "kSecAttrAccount", made.text(account));
    }

    private Pointer constant(String name) {
        return symbols.getGlobalVariableAddress(name).getPointer(0);
    }

    private Pointer truth() {
        return cfSymbols.getGlobalVariableAddress("kCFBooleanTrue").getPointer(0);
    }

    private String text(Pointer string) {
        long size = cf.CFStringGetMaximumSizeForEncoding(cf.CFStringGetLength(string), UTF_8) + 1;
        try (Memory buffer = new Memory(size)) {
            return cf.CFStringGetCString(string, buffer, size, UTF_8) == 0 ? "" : buffer.getString(0, "UTF-8");
        }
    }

    /** CoreFoundation objects that are released together. */
    private final class Objects implements AutoCloseable {
        private final List<Pointer> owned = new ArrayList<>();

        Pointer own(Pointer object) {
            owned.add(object);
            return object;
        }

        Pointer text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return own(cf.CFStringCreateWithBytes(null, utf8, utf8.length, UTF_8, (byte) 0));
        }

        Pointer data(byte[] bytes) {
            return own(cf.CFDataCreate(null, bytes, bytes.length));
        }

        /** @param namesAndValues names of constants of Security, each followed by its value */
        Pointer dictionary(Object... namesAndValues) {
            int count = namesAndValues.length / 2;
            Pointer[] keys = new Pointer[count];
            Pointer[] values = new Pointer[count];
            for (int i = 0; i < count; i++) {
                keys[i] = constant((String) namesAndValues[2 * i]);
                values[i] = (Pointer) namesAndValues[2 * i + 1];
            }
            return own(cf.CFDictionaryCreate(
                    null,
                    keys,
                    values,
                    count,
                    cfSymbols.getGlobalVariableAddress("kCFTypeDictionaryKeyCallBacks"),
                    cfSymbols.getGlobalVariableAddress("kCFTypeDictionaryValueCallBacks")));
        }

        @Override
        public void close() {
            owned.forEach(cf::CFRelease);
        }
    }
}
