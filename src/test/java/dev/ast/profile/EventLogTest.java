package dev.ast.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.credential.file.EventFile;
import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.output.Redactor;
import dev.ast.support.MovableTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    private static final ServerOrigin SERVER = ServerOrigin.parse("https://api.example.com");
    private static final Profile WORK = Profile.fresh(new ProfileName("work"), "oidc")
            .at(SERVER)
            .identifiedAs(new Identity(
                    Optional.of("1"), Optional.empty(), Optional.of("ada@example.com"), Optional.empty(), List.of()));

    @TempDir
    Path folder;

    private final MovableTime time = new MovableTime();
    private boolean enabled = true;

    private EventLog log(String program) {
        return new EventLog(
                new EventFile(folder.resolve("log")), () -> enabled, time, new Redactor()::redact, () -> program);
    }

    @Test
    void aprogramThatAskedStandsWithTheHost() {
        EventLog log = log("git");
        log.add(SessionEvent.Kind.SIGN_IN, WORK);
        time.pause(Duration.ofMinutes(1));
        log.answered(WORK, ServerOrigin.parse("https://git.example.com"), "git");
        assertThat(log.newest(10, Optional.empty(), Optional.empty()))
                .extracting(SessionEvent::kind)
                .containsExactly(SessionEvent.Kind.SIGN_IN, SessionEvent.Kind.HELPER_ANSWER);
        SessionEvent answer = log.newest(1, Optional.empty(), Optional.empty()).get(0);
        assertThat(answer.program()).contains("git");
        assertThat(answer.protocol()).contains("git");
        assertThat(answer.server()).contains("https://git.example.com");
        assertThat(answer.identity()).contains("ada@example.com");
    }

    @Test
    void selectsByProfileAndTime() {
        EventLog log = log("x");
        log.add(SessionEvent.Kind.SIGN_IN, WORK);
        time.pause(Duration.ofHours(1));
        log.add(SessionEvent.Kind.SIGN_IN, Profile.fresh(new ProfileName("play"), "oidc"));
        assertThat(log.newest(10, Optional.of(WORK.name()), Optional.empty())).hasSize(1);
        assertThat(log.newest(10, Optional.empty(), Optional.of(time.instant().minusSeconds(1))))
                .extracting(event -> event.profile().value())
                .containsExactly("play");
        assertThat(log.newest(10, Optional.of(WORK.name()), Optional.of(time.instant())))
                .isEmpty();
    }

    @Test
    void noSecretIsWritten() throws IOException {
        Secret secret = Secret.of("a-very-secret-token-of-a-server-");
        log(secret.reveal()).answered(WORK, SERVER, "git");
        log("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmVkLWJ5LW5vYm9keQ")
                .answered(WORK, SERVER, "git");
        log("x".repeat(3000)).answered(WORK, SERVER, "git");
        assertThat(folder.resolve("log"))
                .content()
                .contains("[secret]")
                .doesNotContain(secret.reveal(), "eyJ")
                .hasLineCount(3);
        assertThat(Files.size(folder.resolve("log"))).isLessThan(1500);
    }

    @Test
    void whatIsOffWritesNothing() {
        enabled = false;
        log("x").add(SessionEvent.Kind.SIGN_IN, WORK);
        log("x").answered(WORK, SERVER, "git");
        assertThat(folder.resolve("log")).doesNotExist();
    }

    @Test
    void noCommandFailsForTheLog() throws IOException {
        Files.createDirectory(folder.resolve("log"));
        log("x").add(SessionEvent.Kind.SIGN_IN, WORK);
        log("x").answered(WORK, SERVER, "git");
        assertThat(log("x").isWritable()).isFalse();
        assertThatThrownBy(() -> log("x").newest(1, Optional.empty(), Optional.empty()))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.STORAGE));
    }

    @Test
    void linesThatAreNoneArePassedOver() throws IOException {
        log("x").add(SessionEvent.Kind.SIGN_IN, WORK);
        Path file = folder.resolve("log");
        Files.writeString(file, Files.readString(file) + "{\"time\":\"20\n\n[]\n{\"event\":\"other\"}\n");
        log("x").add(SessionEvent.Kind.SIGN_OUT, WORK);
        assertThat(log("x").newest(10, Optional.empty(), Optional.empty())).hasSize(2);
    }
}
