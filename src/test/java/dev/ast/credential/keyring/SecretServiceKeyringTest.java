package dev.ast.credential.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.keyring.dbus.BusException;
import dev.ast.credential.keyring.dbus.BusException.Kind;
import dev.ast.support.Case;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretServiceKeyringTest {
    private static final String[] OURS = {"service", "ast", "account", "work", "username", "work"};

    private final FakeSecretService service = new FakeSecretService();
    private final List<String> printed = new ArrayList<>();
    private boolean somebody;
    private final SecretServiceKeyring keyring = new SecretServiceKeyring(
            deadline -> service.connect(), new UserPrompt(() -> somebody, printed::add), new SecureRandom());

    private static KeyringTrouble trouble(ThrowingCallable call) {
        return catchThrowableOfType(KeyringException.class, call).trouble();
    }

    @Test
    void storesReadsChangesAndRemoves() throws Exception {
        assertThat(keyring.get("work")).isEmpty();
        keyring.set("work", "ast: work", "one");
        keyring.set("work", "ast: work", "two");
        assertThat(keyring.get("work")).contains("two");
        assertThat(service.items.values())
                .singleElement()
                .satisfies(item -> assertThat(item.attributes())
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("service", "ast", "account", "work", "username", "work")));
        keyring.delete("work");
        keyring.delete("work");
        assertThat(keyring.get("work")).isEmpty();
        assertThat(service.connections).isEqualTo(1);
    }

    @Test
    @Case("F08")
    void nothingIsOpenedBeforeTheFirstCallNorByClosing() {
        keyring.close();
        assertThat(service.connections).isZero();
    }

    @Test
    void probingReadsOnly() {
        assertThat(keyring.probe()).isEqualTo(KeyringState.READY);
        assertThat(service.calls).containsExactly("ReadAlias", "Get");
        service.locked = true;
        assertThat(keyring.probe().trouble()).contains(KeyringTrouble.LOCKED);
        service.collection = false;
        assertThat(keyring.probe().trouble()).contains(KeyringTrouble.UNAVAILABLE);
        assertThat(service.calls).doesNotContain("Prompt", "Unlock", "CreateItem");
    }

    @ParameterizedTest
    @Case("F03")
    @CsvSource({
        "org.freedesktop.DBus.Error.ServiceUnknown, UNAVAILABLE",
        "org.freedesktop.DBus.Error.NameHasNoOwner, UNAVAILABLE",
        "org.freedesktop.DBus.Error.Spawn.ExecFailed, UNAVAILABLE",
        "org.freedesktop.DBus.Error.TimedOut, TIMED_OUT",
        "org.freedesktop.DBus.Error.AccessDenied, DENIED",
        "org.freedesktop.DBus.Error.NoReply, FAILED",
        "org.freedesktop.DBus.Error.UnknownMethod, FAILED",
        "org.freedesktop.Secret.Error.IsLocked, LOCKED",
        "org.freedesktop.Secret.Error.NoSession, FAILED",
        "com.example.Whatever, FAILED"
    })
    void everyErrorIsATroubleAndNeverNothingStored(String error, KeyringTrouble expected) {
        service.put("x", OURS);
        for (String member : List.of("SearchItems", "GetSecret")) {
            service.fails(member, BusException.error(error));
            assertThat(trouble(() -> keyring.get("work"))).isEqualTo(expected);
        }
        assertThat(trouble(() -> keyring.set("work", "l", "x"))).isEqualTo(expected);
        assertThat(trouble(() -> keyring.delete("work"))).isEqualTo(expected);
        assertThat(trouble(keyring::accounts)).isEqualTo(expected);
        assertThat(service.items).hasSize(1);
    }

    @ParameterizedTest
    @Case("F06")
    @CsvSource({"TIMED_OUT, TIMED_OUT", "CLOSED, FAILED", "MALFORMED, FAILED", "TOO_BIG, TOO_BIG", "NO_BUS, UNAVAILABLE"
    })
    void everyFailureOfTheWireIsATrouble(Kind kind, KeyringTrouble expected) {
        service.fails("SearchItems", BusException.of(kind, "why"));
        assertThat(trouble(() -> keyring.get("work"))).isEqualTo(expected);
    }

    @Test
    void nothingFoundCountsOnlyWhereItemsCouldBe() throws Exception {
        assertThat(keyring.get("work")).isEmpty();
        service.collection = false;
        assertThat(trouble(() -> keyring.get("work"))).isEqualTo(KeyringTrouble.UNAVAILABLE);
        service.collection = true;
        service.locked = true;
        assertThat(trouble(() -> keyring.get("work"))).isEqualTo(KeyringTrouble.LOCKED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void alockedKeyringIsUnlockedWhereSomebodyCanBeAsked(boolean hides) throws Exception {
        service.put("x", OURS);
        service.locked = true;
        service.hidesWhileLocked = hides;
        assertThat(trouble(() -> keyring.get("work"))).isEqualTo(KeyringTrouble.LOCKED);
        assertThat(trouble(() -> keyring.set("work", "l", "y"))).isEqualTo(KeyringTrouble.LOCKED);
        assertThat(trouble(() -> keyring.delete("work"))).isEqualTo(KeyringTrouble.LOCKED);
        assertThat(trouble(keyring::accounts)).isEqualTo(KeyringTrouble.LOCKED);
        assertThat(trouble(keyring::unlock)).isEqualTo(KeyringTrouble.LOCKED);
        assertThat(service.calls).doesNotContain("Prompt");
        somebody = true;
        assertThat(keyring.get("work")).contains("x");
        assertThat(service.calls).contains("Prompt").doesNotContain("Dismiss");
    }

    @Test
    void adismissedPromptIsARefusal() {
        service.locked = true;
        service.dismisses = true;
        somebody = true;
        assertThat(trouble(() -> keyring.get("work"))).isEqualTo(KeyringTrouble.DENIED);
        assertThat(trouble(keyring::unlock)).isEqualTo(KeyringTrouble.DENIED);
    }

    @Test
    void apromptThatNobodyAnswersTimesOutAndIsAnnouncedOnce() {
        service.locked = true;
        service.neverCompletes = true;
        somebody = true;
        assertThat(trouble(keyring::unlock)).isEqualTo(KeyringTrouble.TIMED_OUT);
        assertThat(printed).containsExactly("waiting for the keyring to be unlocked, Ctrl-C cancels");
        assertThat(service.calls).doesNotContain("Dismiss");
    }

    @Test
    void writesThatGoThroughAPromptAreRunToTheEndWithoutAUser() throws Exception {
        service.promptsForWrites = true;
        keyring.set("work", "ast: work", "one");
        assertThat(keyring.get("work")).contains("one");
        keyring.delete("work");
        assertThat(service.items).isEmpty();
    }

    @Test
    void arestartedServiceIsOpenedAgainOnce() throws Exception {
        keyring.set("work", "ast: work", "one");
        service.restart();
        assertThat(keyring.get("work")).contains("one");
        service.restart();
        keyring.set("work", "ast: work", "two");
        assertThat(keyring.get("work")).contains("two");
        assertThat(service.connections).isEqualTo(3);
        service.failsOnce("SearchItems", BusException.of(Kind.CLOSED, "gone"));
        assertThat(keyring.get("work")).contains("two");
        service.fails("SearchItems", BusException.of(Kind.CLOSED, "gone"));
        assertThat(trouble(() -> keyring.get("work"))).isEqualTo(KeyringTrouble.FAILED);
    }

    @Test
    void anItemThatVanishesBetweenSearchAndReadIsNothingStored() throws Exception {
        service.put("x", OURS);
        service.failsOnce("GetSecret", BusException.error("org.freedesktop.Secret.Error.NoSuchObject"));
        assertThat(keyring.get("work")).contains("x");
    }

    @Test
    @Case("F07")
    void itemsOfOtherProgramsAreNotSeenChangedOrRemoved() throws Exception {
        service.put("a", "service", "ast", "account", "work");
        service.put("b", "service", "ast", "username", "work");
        service.put("c", "service", "other", "account", "work", "username", "work");
        service.put("d", "service", "ast", "account", "x", "username", "y");
        assertThat(keyring.get("work")).isEmpty();
        assertThat(keyring.accounts()).isEmpty();
        keyring.set("work", "ast: work", "mine");
        assertThat(keyring.accounts()).containsExactly("work");
        keyring.delete("work");
        assertThat(service.items).hasSize(4);
    }

    @Test
    void asecondItemUnderOurNameDoesNotOutliveAChange() throws Exception {
        service.put("old", "service", "ast", "account", "work", "username", "work", "xdg:schema", "s");
        service.put("older", OURS);
        keyring.set("work", "ast: work", "new");
        assertThat(service.items).hasSize(1);
        assertThat(keyring.get("work")).contains("new");
    }

    @Test
    void tooMuchTextIsRefusedBeforeAnythingIsSent() {
        assertThat(trouble(() -> keyring.set("work", "l", "ä".repeat(Keyring.LARGEST / 2 + 1))))
                .isEqualTo(KeyringTrouble.TOO_BIG);
        assertThat(service.connections).isZero();
    }
}
