package dev.ast.credential.keyring.windows;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of {@code advapi32.dll} through JNA, written after the Windows documentation. <strong>Never run on a
 * Windows system so far</strong>; what can be tested without one stands behind {@link WindowsCredentials}.
 */
public final class JnaWindowsCredentials implements WindowsCredentials {
    private static final int GENERIC = 1; // CRED_TYPE_GENERIC
    private static final int LOCAL_MACHINE = 2; // CRED_PERSIST_LOCAL_MACHINE: this user on this computer, no roaming
    private static final int NOT_FOUND = 1168; // ERROR_NOT_FOUND

    private final Advapi32 advapi = Native.load("Advapi32", Advapi32.class);

    /** The functions. Names and parameters are those of {@code wincred.h}. */
    interface Advapi32 extends Library {
        boolean CredReadW(WString target, int type, int flags, PointerByReference credential);

        boolean CredWriteW(Credential credential, int flags);

        boolean CredDeleteW(WString target, int type, int flags);

        boolean CredEnumerateW(WString filter, int flags, IntByReference count, PointerByReference credentials);

        void CredFree(Pointer buffer);
    }

    /** {@code CREDENTIALW}. */
    @Structure.FieldOrder({
        "flags",
        "type",
        "targetName",
        "comment",
        "lastWrittenLow",
        "lastWrittenHigh",
        "blobSize",
        "blob",
        "persist",
        "attributeCount",
        "attributes",
        "targetAlias",
        "userName"
    })
    public static final class Credential extends Structure {
        public int flags;
        public int type;
        public @Nullable WString targetName;
        public @Nullable WString comment;
        public int lastWrittenLow;
        public int lastWrittenHigh;
        public int blobSize;
        public @Nullable Pointer blob;
        public int persist;
        public int attributeCount;
        public @Nullable Pointer attributes;
        public @Nullable WString targetAlias;
        public @Nullable WString userName;

        /** An empty one, to be written. */
        public Credential() {}

        /** One that Windows filled. */
        public Credential(Pointer memory) {
            super(memory);
            read();
        }
    }

    @Override
    public Optional<byte[]> read(String target) throws WindowsError {
        PointerByReference found = new PointerByReference();
        if (!advapi.CredReadW(new WString(target), GENERIC, 0, found)) {
            int code = Native.getLastError();
            if (code == NOT_FOUND) {
                return Optional.empty();
            }
            throw new WindowsError(code);
        }
        try {
            Credential credential = new Credential(found.getValue());
            Pointer blob = credential.blob;
            int size = Math.min(credential.blobSize, LARGEST);
            return Optional.of(blob == null ? new byte[0] : blob.getByteArray(0, size));
        } finally {
            advapi.CredFree(found.getValue());
        }
    }

    @Override
    public void write(String target, String user, byte[] bytes) throws WindowsError {
        try (Memory blob = new Memory(Math.max(1, bytes.length))) {
            blob.write(0, bytes, 0, bytes.length);
            Credential credential = new Credential();
            credential.type = GENERIC;
            credential.targetName = new WString(target);
            credential.userName = new WString(user);
            credential.blob = blob;
            credential.blobSize = bytes.length;
            credential.persist = LOCAL_MACHINE;
            boolean written = advapi.CredWriteW(credential, 0);
            int code = Native.getLastError();
            blob.clear();
            if (!written) {
                throw new WindowsError(code);
            }
        }
    }

    @Override
    public void delete(String target) throws WindowsError {
        if (!advapi.CredDeleteW(new WString(target), GENERIC, 0)) {
            int code = Native.getLastError();
            if (code != NOT_FOUND) {
                throw new WindowsError(code);
            }
        }
    }

    @Override
    public List<String> targets(String prefix) throws WindowsError {
        IntByReference count = new IntByReference();
        PointerByReference found = new PointerByReference();
        if (!advapi.CredEnumerateW(new WString(prefix + "*"), 0, count, found)) {
            int code = Native.getLastError();
            if (code == NOT_FOUND) {
                return List.of();
            }
            throw new WindowsError(code);
        }
        try {
            List<String> targets = new ArrayList<>();
            for (Pointer each : found.getValue().getPointerArray(0, count.getValue())) {
                Credential credential = new Credential(each);
                WString name = credential.targetName;
                if (credential.type == GENERIC && name != null) {
                    targets.add(name.toString());
                }
            }
            return targets;
        } finally {
            advapi.CredFree(found.getValue());
        }
    }
}
