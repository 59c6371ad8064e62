package dev.ast.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.StorageKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageChoiceTest {

    @ParameterizedTest
    @ValueSource(strings = {"auto", "keyring"})
    void areadyKeyringIsTakenWithoutAWord(String word) {
        StorageChoice.Chosen chosen = StorageChoice.forLogin(StorageSetting.parse(word), kind -> KeyringState.READY);
        assertThat(chosen.store()).isEqualTo(StorageKind.KEYRING);
        assertThat(chosen.notice()).isEmpty();
    }

    @Test
    void withoutAKeyringAutoTakesTheFileWithANotice() {
        StorageChoice.Chosen chosen = StorageChoice.forLogin(
                StorageSetting.AUTO, kind -> KeyringState.of(KeyringTrouble.UNAVAILABLE, "there is no session bus"));
        assertThat(chosen.store()).isEqualTo(StorageKind.FILE);
        assertThat(chosen.notice())
                .contains("no system keyring is available: there is no session bus; "
                        + "tokens are kept in a file readable by this user only");
    }

    @ParameterizedTest
    @EnumSource(names = "UNAVAILABLE", mode = EnumSource.Mode.EXCLUDE)
    void akeyringThatDoesNotOpenNeverLeadsToTheFile(KeyringTrouble trouble) {
        for (StorageSetting setting : new StorageSetting[] {StorageSetting.AUTO, StorageSetting.KEYRING}) {
            refused(setting, trouble);
        }
    }

    @Test
    void whoWantsTheKeyringGetsItOrAFailure() {
        refused(StorageSetting.KEYRING, KeyringTrouble.UNAVAILABLE);
    }

    private static void refused(StorageSetting setting, KeyringTrouble trouble) {
        assertThatThrownBy(() -> StorageChoice.forLogin(setting, kind -> KeyringState.of(trouble, "")))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure()).isInstanceOf(Failure.Storage.class);
                    assertThat(e.failure().message()).isEqualTo(trouble.message());
                    assertThat(e.failure().hint()).isPresent();
                });
    }

    @Test
    void forTheFileNoKeyringIsLookedAt() {
        StorageChoice.Chosen chosen = StorageChoice.forLogin(StorageSetting.FILE, kind -> {
            throw new AssertionError("looked at");
        });
        assertThat(chosen.store()).isEqualTo(StorageKind.FILE);
        assertThat(chosen.notice()).isEmpty();
    }

    @Test
    void ahelperThatIsWantedIsAskedAndNoKeyring() {
        StorageKind pass = StorageKind.of("helper:pass").orElseThrow();
        List<StorageKind> asked = new ArrayList<>();
        StorageChoice.Chosen chosen = StorageChoice.forLogin(StorageSetting.parse("helper:pass"), kind -> {
            asked.add(kind);
            return KeyringState.READY;
        });
        assertThat(chosen.store()).isEqualTo(pass);
        assertThat(chosen.notice()).isEmpty();
        assertThat(asked).containsExactly(pass);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "keyring", "file", "helper:pass", "helper:desktop.exe", "helper:ecr-login"})
    void settingsAreReadAsTheyAreWritten(String word) {
        assertThat(StorageSetting.parse(word).word()).isEqualTo(word);
        assertThat(StorageSetting.parse(word)).isEqualTo(StorageSetting.parse(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AUTO",
                "disk",
                "auto ",
                "helper:",
                "helper:../pass",
                "helper:/usr/bin/pass",
                "helper:-x",
                "helper:a b",
                "helper:ä",
                "helper:ast"
            })
    void otherWordsAreUsageErrors(String word) {
        assertThatThrownBy(() -> StorageSetting.parse(word))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.USAGE));
    }
}
