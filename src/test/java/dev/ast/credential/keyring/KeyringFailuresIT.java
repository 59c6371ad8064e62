package dev.ast.credential.keyring;

import static dev.ast.credential.keyring.KeyringSession.HOME;
import static dev.ast.credential.keyring.KeyringSession.repository;
import static dev.ast.credential.keyring.KeyringSession.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.KeyringTrouble;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import dev.ast.host.Interrupts;
import dev.ast.support.Case;
import dev.ast.support.Packages;
import dev.ast.support.PrivateSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every way in which a real keyring fails: its own message, the storage exit code, within five seconds, nothing lost.
 */
@Timeout(120)
class KeyringFailuresIT {
    private static final ProfileName WORK = new ProfileName("work");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static void failsEverywhere(PrivateSession session, KeyringTrouble trouble, String message) {
        List<Consumer<KeyringTokenRepository>> calls = List.of(
                repository -> repository.load(WORK),
                repository -> repository.save(WORK, tokens("access-new", "r")),
                repository -> repository.delete(WORK),
                KeyringTokenRepository::profiles);
        for (var call : calls) {
            try (KeyringTokenRepository repository = repository(session)) {
                fails(() -> call.accept(repository), message);
            }
        }
        Instant before = Instant.now();
        try (KeyringTokenRepository repository = repository(session)) {
            assertThat(repository.probe().trouble()).contains(trouble);
            assertThat(repository.prepare().trouble()).contains(trouble);
        }
        assertThat(Duration.between(before, Instant.now())).isLessThan(LIMIT.multipliedBy(2));
    }

    private static void fails(Runnable call, String message) {
        Instant before = Instant.now();
        Failure failure =
                catchThrowableOfType(FailureException.class, call::run).failure();
        assertThat(Duration.between(before, Instant.now())).isLessThan(LIMIT);
        assertThat(failure).isInstanceOf(Failure.Storage.class);
        assertThat(failure.exit()).isEqualTo(Exit.STORAGE);
        assertThat(failure.message()).contains(message).doesNotContain("access-new");
        assertThat(failure.hint()).isPresent();
    }

    @ParameterizedTest
    @Case("F01")
    @CsvSource(
            delimiter = '|',
            value = {
                "nobus | UNAVAILABLE | no system keyring is available: there is no session bus",
                "deadbus | UNAVAILABLE | no system keyring is available: the session bus cannot be reached at",
                "none | UNAVAILABLE | no keyring service (org.freedesktop.secrets) runs on the session bus",
                "bare | UNAVAILABLE | the keyring service has no default collection",
                "locked | LOCKED | the system keyring is locked"
            })
    void fromTheStart(String mode, KeyringTrouble trouble, String message) throws Exception {
        try (PrivateSession session = PrivateSession.gnomeKeyring("--mode", mode)) {
            failsEverywhere(session, trouble, message);
        }
    }

    @ParameterizedTest
    @Case("F01")
    @CsvSource(
            delimiter = '|',
            value = {
                "lock | unlock | LOCKED | the system keyring is locked",
                "hang | resume | TIMED_OUT | the system keyring does not answer: no answer within 3 seconds",
                "kill | restart | UNAVAILABLE | no keyring service (org.freedesktop.secrets) runs on the session bus"
            })
    void inTheMiddleAndNothingIsLost(String breaks, String heals, KeyringTrouble trouble, String message)
            throws Exception {
        try (PrivateSession session = PrivateSession.gnomeKeyring();
                KeyringTokenRepository open = repository(session)) {
            open.save(WORK, tokens("access-old", "r"));
            session.control(breaks);
            fails(() -> open.load(WORK), message);
            fails(() -> open.save(WORK, tokens("access-new", "r")), message);
            failsEverywhere(session, trouble, message);
            session.control(heals);
            try (KeyringTokenRepository repository = repository(session)) {
                assertThat(repository.load(WORK)).isPresent();
                assertThat(repository.load(WORK).orElseThrow().refresh()).isPresent();
            }
        }
    }

    /** A hung keyring must not cost its deadline once for every profile. */
    @Test
    @Case("F01")
    void ahungServiceIsNotAskedAgainForEachProfile() throws Exception {
        try (PrivateSession session = PrivateSession.gnomeKeyring();
                KeyringTokenRepository repository = repository(session)) {
            session.control("hang");
            Instant before = Instant.now();
            for (int i = 0; i < 1000; i++) {
                ProfileName name = new ProfileName("p" + i);
                assertThat(catchThrowableOfType(FailureException.class, () -> repository.load(name)))
                        .hasMessageContaining("does not answer");
            }
            assertThat(Duration.between(before, Instant.now())).isLessThan(LIMIT);
        }
    }

    /** The user is there, but no dialog can be shown: dismissed at once, not waited for. */
    @Test
    void withoutAScreenAPromptIsARefusal() throws Exception {
        try (PrivateSession session = PrivateSession.gnomeKeyring("--mode", "locked");
                KeyringTokenRepository repository =
                        repository(session, HOME, new UserPrompt(() -> true, line -> {}), new Interrupts())) {
            fails(() -> repository.load(WORK), "the system keyring refused access");
            assertThat(session.run("secret-tool", "search", "a", "b").exit()).isZero();
        }
    }

    /** A dialog is open and nobody answers: one line is printed, Ctrl-C ends the wait, and the daemon outlives it. */
    @Test
    void ctrlCEndsTheWaitForTheUserAndTheServiceLives() throws Exception {
        Interrupts interrupts = new Interrupts();
        CompletableFuture<String> printed = new CompletableFuture<>();
        try (Screen screen = Screen.start();
                PrivateSession session =
                        PrivateSession.gnomeKeyring("--mode", "locked", "--display", screen.display());
                KeyringTokenRepository repository =
                        repository(session, HOME, new UserPrompt(() -> true, printed::complete), interrupts)) {
            CompletableFuture<Void> pressed = printed.thenAcceptAsync(line -> interrupts.interrupt(Exit.INTERRUPTED));
            Instant before = Instant.now();
            FailureException failure = catchThrowableOfType(FailureException.class, () -> repository.load(WORK));
            assertThat(failure.failure()).isEqualTo(new Failure.Interrupted(Exit.INTERRUPTED));
            assertThat(Duration.between(before, Instant.now())).isLessThan(LIMIT);
            pressed.get(5, TimeUnit.SECONDS);
            assertThat(printed.get()).isEqualTo("waiting for the keyring to be unlocked, Ctrl-C cancels");
            session.control("state");
        }
    }

    /** A dialog is open and the user types the password: the tokens come. */
    @Test
    void theUserUnlocksTheKeyring() throws Exception {
        Packages.require("xdotool");
        CompletableFuture<String> printed = new CompletableFuture<>();
        try (Screen screen = Screen.start();
                PrivateSession session = PrivateSession.gnomeKeyring("--display", screen.display());
                KeyringTokenRepository repository =
                        repository(session, HOME, new UserPrompt(() -> true, printed::complete), new Interrupts())) {
            repository.save(WORK, tokens("access-old", "r"));
            session.control("lock");
            CompletableFuture<Optional<TokenSet>> loading = CompletableFuture.supplyAsync(() -> repository.load(WORK));
            printed.get(10, TimeUnit.SECONDS);
            Instant end = Instant.now().plusSeconds(50);
            while (!loading.isDone() && Instant.now().isBefore(end)) {
                // The dialog may not have the keyboard yet; what is typed too early goes nowhere.
                session.run("xdotool", "key", "--clearmodifiers", "ctrl+a");
                session.run(
                        "xdotool",
                        "type",
                        "--delay",
                        "30",
                        session.environment().get("SS_PASSWORD"));
                session.run("xdotool", "key", "Return", "sleep", "0.5");
            }
            assertThat(loading.get(5, TimeUnit.SECONDS).orElseThrow().access().reveal())
                    .isEqualTo("access-old");
        }
    }

    /** A screen that nobody sees. */
    private record Screen(Process process, Path log, String display) implements AutoCloseable {
        static Screen start() throws Exception {
            Packages.require("Xvfb");
            Path log = Files.createTempFile("xvfb", "");
            Process process = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(log.toFile())
                    .start();
            while (Files.readString(log).isBlank()) {
                assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                        .as("Xvfb ended")
                        .isFalse();
            }
            return new Screen(process, log, ":" + Files.readString(log).strip());
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
            Files.delete(log);
        }
    }
}
