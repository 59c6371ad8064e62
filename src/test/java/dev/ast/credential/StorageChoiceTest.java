package dev.ast.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.StorageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageChoiceTest {

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "KEYRING"})
    void areadyKeyringIsTakenWithoutAWord(StorageSetting setting) {
        StorageChoice.Chosen chosen = StorageChoice.forLogin(setting, () -> KeyringState.READY);
        assertThat(chosen.store()).isEqualTo(StorageKind.KEYRING);
        assertThat(chosen.notice()).isEmpty();
    }

    @Test
    void withoutAKeyringAutoTakesTheFileWithANotice() {
        StorageChoice.Chosen chosen = StorageChoice.forLogin(
                StorageSetting.AUTO, () -> KeyringState.of(KeyringTrouble.UNAVAILABLE, "there is no session bus"));
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
        assertThatThrownBy(() -> StorageChoice.forLogin(setting, () -> KeyringState.of(trouble, "")))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure()).isInstanceOf(Failure.Storage.class);
                    assertThat(e.failure().message()).isEqualTo(trouble.message());
                    assertThat(e.failure().hint()).isPresent();
                });
    }

    @Test
    void forTheFileNoKeyringIsLookedAt() {
        StorageChoice.Chosen chosen = StorageChoice.forLogin(StorageSetting.FILE, () -> {
            throw new AssertionError("looked at");
        });
        assertThat(chosen.store()).isEqualTo(StorageKind.FILE);
        assertThat(chosen.notice()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void settingsAreReadAsTheyAreWritten(StorageSetting setting) {
        assertThat(StorageSetting.parse(setting.word())).isEqualTo(setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AUTO", "disk", "auto "})
    void otherWordsAreUsageErrors(String word) {
        assertThatThrownBy(() -> StorageSetting.parse(word))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.USAGE));
    }
}
