package dev.ast.credential.keyring;

import static dev.ast.credential.keyring.KeyringSession.members;
import static dev.ast.credential.keyring.KeyringSession.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.KeyringTrouble;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.host.AstHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringTokenRepositoryTest {
    private static final ProfileName WORK = new ProfileName("work");

    private final MemoryKeyring keyring = new MemoryKeyring();
    private long now;
    private final KeyringTokenRepository repository =
            new KeyringTokenRepository(keyring, KeyringSession.HOME, () -> now);

    private KeyringTokenRepository in(String home) {
        return new KeyringTokenRepository(keyring, new AstHome(Path.of(home), false), () -> now);
    }

    @Test
    void oneItemWithOneRecordPerProfile() {
        repository.save(WORK, tokens("a", "r"));
        assertThat(repository.kind()).isEqualTo(StorageKind.KEYRING);
        assertThat(keyring.texts.keySet()).containsExactly("work");
        assertThat(keyring.labels).containsExactly("ast: work");
        assertThat(members(repository.load(WORK).orElseThrow())).isEqualTo(members(tokens("a", "r")));
        repository.delete(WORK);
        assertThat(repository.load(WORK)).isEmpty();
    }

    @Test
    void whoeverFindsTokensThereLeavesTheLauncherAHint(@TempDir Path home) throws IOException {
        Path hint = home.resolve("locks/keyring");
        in(home.toString()).load(WORK);
        assertThat(hint).doesNotExist();
        in(home.toString()).save(WORK, tokens("a", "r"));
        assertThat(hint).isEmptyFile();
        Files.delete(hint);
        Files.delete(hint.getParent());
        in(home.toString()).load(WORK);
        in(home.toString()).load(WORK);
        assertThat(hint).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hint.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void homesAndOtherProgramsAreKeptApart() {
        repository.save(WORK, tokens("a", "r"));
        in("/a").save(WORK, tokens("b", "r"));
        in("/a@/b").save(WORK, tokens("c", "r"));
        keyring.texts.put("not a profile", "x");
        keyring.texts.put("@/a", "x");
        assertThat(keyring.texts.keySet()).contains("work", "work@/a", "work@/a@/b");
        assertThat(repository.profiles()).containsExactly(WORK);
        assertThat(in("/a").profiles()).containsExactly(WORK);
        assertThat(in("/b").profiles()).isEmpty();
    }

    @Test
    void membersOfANewerProgramStay() {
        repository.save(WORK, tokens("a", "r"));
        keyring.texts.computeIfPresent("work", (account, text) -> text.replace("{", "{\"later\":1,"));
        repository.save(WORK, tokens("b", "r"));
        assertThat(keyring.texts.get("work")).contains("\"later\":1", "\"b\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "[]",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\"a\"}",
                "{\"access_token\":1}"
            })
    void arecordThatCannotBeUnderstoodIsAFailureUntilTheNextLogin(String text) {
        keyring.texts.put("work", text);
        assertThatThrownBy(() -> repository.load(WORK))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure())
                                .isEqualTo(new Failure.Storage(
                                        "the tokens of work in the system keyring cannot be understood",
                                        Optional.of("ast login --profile work"))));
        repository.save(WORK, tokens("b", "r"));
        assertThat(repository.load(WORK)).isPresent();
    }

    @Test
    void everyTroubleIsAStorageFailureWithItsOwnMessageAndANextStep() {
        Set<String> messages = new HashSet<>();
        for (KeyringTrouble trouble : KeyringTrouble.values()) {
            keyring.trouble = trouble;
            List<Runnable> calls = new ArrayList<>(
                    List.of(() -> repository.load(WORK), () -> repository.delete(WORK), repository::profiles));
            calls.add(() -> repository.save(WORK, tokens("a", "r")));
            for (Runnable call : calls) {
                now += KeyringTokenRepository.REST.toNanos();
                FailureException failure = catchThrowableOfType(FailureException.class, call::run);
                if (failure != null) {
                    assertThat(failure.failure()).isInstanceOf(Failure.Storage.class);
                    assertThat(failure.failure().exit()).isEqualTo(Exit.STORAGE);
                    assertThat(failure.failure().message()).isEqualTo(trouble.message() + ": why");
                    assertThat(failure.failure().hint()).contains(trouble.hint());
                }
                assertThat(failure).isNotNull();
            }
            messages.add(trouble.message());
        }
        assertThat(messages).hasSize(KeyringTrouble.values().length);
    }

    @ParameterizedTest
    @EnumSource(KeyringTrouble.class)
    void whatHungOrRefusedRestsBeforeItIsAskedAgain(KeyringTrouble trouble) {
        keyring.trouble = trouble;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> repository.load(WORK)).hasMessageContaining(trouble.message());
        }
        assertThat(repository.probe().trouble()).contains(trouble);
        boolean rests = trouble == KeyringTrouble.TIMED_OUT || trouble == KeyringTrouble.DENIED;
        assertThat(keyring.calls).isEqualTo(rests ? 1 : 4);
        now += KeyringTokenRepository.REST.toNanos();
        assertThat(repository.probe().trouble()).contains(trouble);
        assertThatThrownBy(() -> repository.load(WORK)).hasMessageContaining(trouble.message());
        assertThat(keyring.calls).isEqualTo(rests ? 2 : 6);
        keyring.trouble = null;
        now += KeyringTokenRepository.REST.toNanos();
        assertThat(repository.load(WORK)).isEmpty();
    }

    @Test
    void alockedKeyringIsUnlockedBeforeALogin() {
        keyring.trouble = KeyringTrouble.LOCKED;
        assertThat(repository.prepare().trouble()).contains(KeyringTrouble.LOCKED);
        keyring.unlocks = true;
        assertThat(repository.probe().trouble()).contains(KeyringTrouble.LOCKED);
        assertThat(repository.prepare().ready()).isTrue();
        keyring.trouble = KeyringTrouble.UNAVAILABLE;
        assertThat(repository.prepare().trouble()).contains(KeyringTrouble.UNAVAILABLE);
    }
}
