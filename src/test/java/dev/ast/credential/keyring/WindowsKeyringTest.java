package dev.ast.credential.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.keyring.windows.WindowsCredentials;
import dev.ast.credential.keyring.windows.WindowsError;
import dev.ast.support.Case;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsKeyringTest {

    /** A Credential Manager in memory, with the limit of the real one. */
    private static final class Credentials implements WindowsCredentials {
        final TreeMap<String, byte[]> blobs = new TreeMap<>();
        int error;
        int writesLeft = Integer.MAX_VALUE;

        private void check() throws WindowsError {
            if (error != 0) {
                throw new WindowsError(error);
            }
        }

        @Override
        public Optional<byte[]> read(String target) throws WindowsError {
            check();
            return Optional.ofNullable(blobs.get(target));
        }

        @Override
        public void write(String target, String user, byte[] blob) throws WindowsError {
            check();
            if (writesLeft-- <= 0) {
                throw new WindowsError(31);
            }
            if (blob.length > LARGEST) {
                throw new WindowsError(1783);
            }
            blobs.put(target, blob.clone());
        }

        @Override
        public void delete(String target) throws WindowsError {
            check();
            blobs.remove(target);
        }

        @Override
        public List<String> targets(String prefix) throws WindowsError {
            check();
            return blobs.keySet().stream()
                    .filter(each -> each.startsWith(prefix))
                    .toList();
        }
    }

    private final Credentials credentials = new Credentials();
    private boolean loaded;
    private final WindowsKeyring keyring = new WindowsKeyring(() -> {
        loaded = true;
        return credentials;
    });

    private KeyringTrouble trouble() {
        return catchThrowableOfType(KeyringException.class, () -> keyring.get("work"))
                .trouble();
    }

    @ParameterizedTest
    @Case("F05")
    @ValueSource(ints = {0, 1, 2299, 2300, 2301, 4700, 4701, 6144, 100_000, Keyring.LARGEST})
    void textsOfEveryLengthComeBack(int length) throws Exception {
        String text = "x".repeat(length);
        keyring.set("work", "ast: work", text);
        assertThat(keyring.get("work")).contains(text);
        assertThat(credentials.blobs.values())
                .allSatisfy(blob -> assertThat(blob.length).isLessThanOrEqualTo(Chunks.SIZE));
        keyring.delete("work");
        assertThat(credentials.blobs).isEmpty();
    }

    @Test
    void everyLetterComesBack() throws Exception {
        String text = "grüße 令牌 \uD83D\uDD11\0\n".repeat(1000);
        keyring.set("work", "ast: work", text);
        assertThat(keyring.get("work")).contains(text);
    }

    @Test
    void theNamesAreThoseOfTheDocumentation() throws Exception {
        keyring.set("work", "ast: work", "x".repeat(6000));
        assertThat(credentials.blobs.keySet()).containsExactly("ast:work", "ast:work#1", "ast:work#2");
        assertThat(WindowsKeyring.target("work@C:\\a#1", 2)).isEqualTo("ast:work#2@C:\\a#1");
    }

    @Test
    void aShorterTextLeavesNoPartsBehind() throws Exception {
        for (int length : new int[] {9000, 6000, 3000, 9000, 10}) {
            keyring.set("work", "ast: work", "x".repeat(length));
            assertThat(keyring.get("work")).contains("x".repeat(length));
        }
        assertThat(credentials.blobs.keySet()).containsExactly("ast:work");
    }

    @Test
    @Case("F04")
    void whoIsStoppedWhileWritingLeavesTheOldTextInForce() throws Exception {
        keyring.set("work", "ast: work", "o".repeat(9000));
        for (int writes = 0; writes < 4; writes++) {
            credentials.writesLeft = writes;
            KeyringException stopped = catchThrowableOfType(
                    KeyringException.class, () -> keyring.set("work", "ast: work", "n".repeat(9000)));
            assertThat(stopped.trouble()).isEqualTo(KeyringTrouble.FAILED);
            assertThat(keyring.get("work")).contains("o".repeat(9000));
        }
        credentials.writesLeft = Integer.MAX_VALUE;
        keyring.set("work", "ast: work", "n".repeat(9000));
        assertThat(keyring.get("work")).contains("n".repeat(9000));
        assertThat(credentials.blobs).hasSize(4);
    }

    @Test
    void partsThatDoNotFitAreCorrupt() throws Exception {
        keyring.set("work", "ast: work", "x".repeat(6000));
        byte[] part = credentials.blobs.remove("ast:work#2");
        assertThat(trouble()).isEqualTo(KeyringTrouble.CORRUPT);
        part[0] = 'y';
        credentials.blobs.put("ast:work#2", part);
        assertThat(trouble()).isEqualTo(KeyringTrouble.CORRUPT);
        credentials.blobs.put("ast:work", "something else".getBytes(StandardCharsets.UTF_8));
        assertThat(trouble()).isEqualTo(KeyringTrouble.CORRUPT);
        credentials.blobs.put("ast:work", new byte[0]);
        assertThat(trouble()).isEqualTo(KeyringTrouble.CORRUPT);
    }

    @ParameterizedTest
    @CsvSource({"5, DENIED", "8, TOO_BIG", "31, FAILED", "1223, DENIED", "1312, UNAVAILABLE", "1783, TOO_BIG"})
    void everyErrorIsATrouble(int code, KeyringTrouble expected) {
        credentials.error = code;
        assertThat(trouble()).isEqualTo(expected);
        assertThat(keyring.probe().trouble()).contains(expected);
        assertThat(catchThrowableOfType(KeyringException.class, keyring::accounts)
                        .trouble())
                .isEqualTo(expected);
    }

    @Test
    void listsAccountsWithoutTheirParts() throws Exception {
        credentials.blobs.put("git:https://github.com", new byte[1]);
        keyring.set("work", "ast: work", "x".repeat(6000));
        keyring.set("work@C:\\h#1", "ast: work", "x".repeat(6000));
        assertThat(keyring.accounts()).containsExactlyInAnyOrder("work", "work@C:\\h#1");
        keyring.delete("work");
        assertThat(keyring.get("work@C:\\h#1")).contains("x".repeat(6000));
        assertThat(credentials.blobs).containsKey("git:https://github.com");
    }

    @Test
    void nothingIsLoadedBeforeTheFirstCall() {
        keyring.close();
        assertThat(loaded).isFalse();
        assertThat(keyring.probe()).isEqualTo(KeyringState.READY);
        assertThat(loaded).isTrue();
    }

    @Test
    void aLibraryThatCannotBeLoadedIsAnUnavailableKeyring() {
        WindowsKeyring broken = new WindowsKeyring(() -> {
            throw new UnsatisfiedLinkError("no");
        });
        assertThat(broken.probe().trouble()).contains(KeyringTrouble.UNAVAILABLE);
    }
}
