package dev.ast.credential.keyring.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The memory layout of CREDENTIALW on 64-bit Windows, which a 64-bit JNA gives on every system. */
class CredentialLayoutTest {
    @Test
    void theStructureHasTheOffsetsOfTheHeaderFile(@TempDir(cleanup = CleanupMode.ALWAYS) Path unpack) {
        if (System.getProperty("jna.tmpdir") == null) {
            System.setProperty("jna.tmpdir", unpack.toString());
        }
        assumeTrue(Native.POINTER_SIZE == 8, "64-bit only");
        JnaWindowsCredentials.Credential credential = new JnaWindowsCredentials.Credential();
        assertThat(credential.size()).isEqualTo(80);
        credential.blobSize = 7;
        credential.persist = 2;
        credential.type = 1;
        credential.write();
        assertThat(credential.getPointer().getInt(4)).isEqualTo(1);
        assertThat(credential.getPointer().getInt(32)).isEqualTo(7);
        assertThat(credential.getPointer().getInt(48)).isEqualTo(2);
    }
}
