package dev.ast.credential.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.credential.KeyringTrouble;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyringsTest {
    private static Keyring on(String system) {
        return Keyrings.forThisMachine(
                system, Environment.of(Map.of()), UserPrompt.NOBODY, new Interrupts(), KeyringSession.HOME);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, SecretServiceKeyring",
        "FreeBSD, SecretServiceKeyring",
        "Mac OS X, MacKeyring",
        "Windows 11, WindowsKeyring",
        "Windows Server 2025, WindowsKeyring"
    })
    void everySystemHasItsKeyring(String system, String keyring) {
        assertThat(on(system).getClass().getSimpleName()).isEqualTo(keyring);
    }

    @Test
    void aSystemWithoutOneIsReported() {
        assertThat(on("Plan 9").probe().trouble()).contains(KeyringTrouble.UNAVAILABLE);
        assertThat(on("Plan 9").probe().message()).contains("Plan 9");
    }

    @Test
    void withoutABusThereIsNone() {
        assertThat(on("Linux").probe().message())
                .isEqualTo(
                        "no system keyring is available: there is no session bus: DBUS_SESSION_BUS_ADDRESS is not set");
    }
}
