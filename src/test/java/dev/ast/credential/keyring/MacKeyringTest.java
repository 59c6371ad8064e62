package dev.ast.credential.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.keyring.macos.MacSecurity;
import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.Interrupts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class MacKeyringTest {

    /** A keychain in memory with the statuses of the real one. */
    private static final class Keychain implements MacSecurity {
        final TreeMap<String, byte[]> passwords = new TreeMap<>();
        final CountDownLatch answers = new CountDownLatch(1);
        boolean hangs;
        int status;

        @Nullable
        Boolean interaction;

        private int answer(int usual) {
            if (hangs) {
                try {
                    answers.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return status != 0 ? status : usual;
        }

        @Override
        public int allowInteraction(boolean allowed) {
            interaction = allowed;
            return 0;
        }

        @Override
        public int defaultKeychain() {
            return answer(0);
        }

        @Override
        public Password find(String service, String account) {
            byte[] found = passwords.get(service + "/" + account);
            int now = answer(found == null ? -25300 : 0);
            return new Password(now, found == null || now != 0 ? new byte[0] : found);
        }

        @Override
        public int add(String service, String account, String label, byte[] password) {
            int now = answer(passwords.containsKey(service + "/" + account) ? -25299 : 0);
            if (now == 0) {
                passwords.put(service + "/" + account, password);
            }
            return now;
        }

        @Override
        public int update(String service, String account, byte[] password) {
            int now = answer(passwords.containsKey(service + "/" + account) ? 0 : -25300);
            if (now == 0) {
                passwords.put(service + "/" + account, password);
            }
            return now;
        }

        @Override
        public int delete(String service, String account) {
            int now = answer(passwords.containsKey(service + "/" + account) ? 0 : -25300);
            if (now == 0) {
                passwords.remove(service + "/" + account);
            }
            return now;
        }

        @Override
        public Accounts accounts(String service) {
            List<String> names = passwords.keySet().stream()
                    .filter(key -> key.startsWith(service + "/"))
                    .map(key -> key.substring(service.length() + 1))
                    .toList();
            return new Accounts(answer(names.isEmpty() ? -25300 : 0), names);
        }
    }

    private final Keychain keychain = new Keychain();
    private final Interrupts interrupts = new Interrupts();
    private final List<String> printed = new ArrayList<>();
    private boolean somebody;
    private final MacKeyring keyring = new MacKeyring(
            () -> keychain, new UserPrompt(() -> somebody, printed::add), interrupts, Duration.ofSeconds(3));

    @Test
    void storesReadsChangesAndRemoves() throws Exception {
        assertThat(keyring.probe()).isEqualTo(KeyringState.READY);
        assertThat(keyring.get("work")).isEmpty();
        assertThat(keyring.accounts()).isEmpty();
        keyring.set("work", "ast: work", "grüße 令牌");
        keyring.set("work", "ast: work", "two");
        keychain.passwords.put("other/work", new byte[0]);
        assertThat(keyring.get("work")).contains("two");
        assertThat(keyring.accounts()).containsExactly("work");
        keyring.delete("work");
        keyring.delete("work");
        assertThat(keychain.passwords).containsOnlyKeys("other/work");
    }

    @ParameterizedTest
    @CsvSource({
        "-25308, LOCKED",
        "-25315, LOCKED",
        "-128, DENIED",
        "-25293, DENIED",
        "-25291, UNAVAILABLE",
        "-25294, UNAVAILABLE",
        "-25307, UNAVAILABLE",
        "-25302, TOO_BIG",
        "-26275, CORRUPT",
        "-50, FAILED"
    })
    void everyStatusIsATrouble(int status, KeyringTrouble expected) {
        keychain.status = status;
        assertThat(keyring.probe().trouble()).contains(expected);
        assertThat(trouble(() -> keyring.get("work"))).isEqualTo(expected);
        assertThat(trouble(() -> keyring.set("work", "l", "x"))).isEqualTo(expected);
        assertThat(trouble(() -> keyring.delete("work"))).isEqualTo(expected);
        assertThat(trouble(keyring::accounts)).isEqualTo(expected);
        assertThat(trouble(keyring::unlock)).isEqualTo(expected);
    }

    private static KeyringTrouble trouble(ThrowingCallable call) {
        return catchThrowableOfType(KeyringException.class, call).trouble();
    }

    @Test
    void whatIsNotTextIsCorrupt() {
        keychain.passwords.put("ast/work", new byte[] {(byte) 0xff});
        assertThat(trouble(() -> keyring.get("work"))).isEqualTo(KeyringTrouble.CORRUPT);
    }

    @Test
    void dialogsAreAllowedOnlyWhereSomebodyIs() throws Exception {
        keyring.get("work");
        assertThat(keychain.interaction).isFalse();
        somebody = true;
        keyring.get("work");
        assertThat(keychain.interaction).isTrue();
    }

    @Test
    void acallThatHangsIsLeftBehind() {
        keychain.hangs = true;
        MacKeyring impatient = new MacKeyring(() -> keychain, UserPrompt.NOBODY, interrupts, Duration.ofMillis(50));
        assertThat(impatient.probe().trouble()).contains(KeyringTrouble.TIMED_OUT);
        keychain.answers.countDown();
    }

    /** The user presses Ctrl-C as soon as the line is printed. */
    @Test
    void ctrlCEndsTheWaitForTheUser() {
        keychain.hangs = true;
        MacKeyring impatient = new MacKeyring(
                () -> keychain,
                new UserPrompt(() -> true, line -> {
                    printed.add(line);
                    interrupts.interrupt(Exit.INTERRUPTED);
                }),
                interrupts,
                Duration.ofMillis(50));
        assertThatThrownBy(() -> impatient.get("work")).isInstanceOf(FailureException.class);
        assertThat(printed).containsExactly("waiting for the keyring to be unlocked, Ctrl-C cancels");
        keychain.answers.countDown();
    }

    @Test
    void aLibraryThatCannotBeLoadedIsAnUnavailableKeyring() {
        MacKeyring broken = new MacKeyring(
                () -> {
                    throw new UnsatisfiedLinkError("no");
                },
                UserPrompt.NOBODY,
                interrupts,
                Duration.ofSeconds(3));
        assertThat(broken.probe().trouble()).contains(KeyringTrouble.UNAVAILABLE);
    }
}
