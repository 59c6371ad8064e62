package dev.ast.credential.keyring;

import static dev.ast.credential.keyring.KeyringSession.members;
import static dev.ast.credential.keyring.KeyringSession.repository;
import static dev.ast.credential.keyring.KeyringSession.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.credential.KeyringState;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.host.Interrupts;
import dev.ast.support.Case;
import dev.ast.support.PrivateSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens in real keyrings, each on a private bus. */
@Timeout(300)
class KeyringIT {
    private static final ProfileName WORK = new ProfileName("work");

    enum Service {
        GNOME_KEYRING,
        KEEPASSXC;

        PrivateSession start() throws Exception {
            return this == GNOME_KEYRING ? PrivateSession.gnomeKeyring() : PrivateSession.keePassXc();
        }
    }

    private static PrivateSession.Result lookup(PrivateSession session, String account) throws Exception {
        return session.run("secret-tool", "lookup", "service", "ast", "account", account);
    }

    @ParameterizedTest
    @EnumSource
    void storesReadsRotatesAndDeletes(Service service) throws Exception {
        try (PrivateSession session = service.start();
                KeyringTokenRepository repository = repository(session)) {
            assertThat(repository.probe()).isEqualTo(KeyringState.READY);
            assertThat(repository.load(WORK)).isEmpty();

            TokenSet first = tokens("access-1", "refresh-1");
            repository.save(WORK, first);
            assertThat(members(repository.load(WORK).orElseThrow())).isEqualTo(members(first));
            assertThat(lookup(session, "work").output()).contains("\"access_token\":\"access-1\"");
            assertThat(session.run("secret-tool", "lookup", "service", "ast", "username", "work")
                            .output())
                    .contains("access-1");
            assertThat(session.run("secret-tool", "search", "service", "ast").output())
                    .contains("label = ast: work");

            TokenSet rotated = tokens("access-2", "refresh-2");
            repository.save(WORK, rotated);
            assertThat(members(repository.load(WORK).orElseThrow())).isEqualTo(members(rotated));
            assertThat(session.run("secret-tool", "search", "--all", "service", "ast")
                            .output())
                    .contains("access-2")
                    .doesNotContain("access-1");

            repository.save(ProfileName.DEFAULT, first);
            assertThat(repository.profiles()).containsExactly(ProfileName.DEFAULT, WORK);
            repository.delete(WORK);
            repository.delete(WORK);
            assertThat(repository.load(WORK)).isEmpty();
            assertThat(lookup(session, "work")).isEqualTo(new PrivateSession.Result(1, ""));
            assertThat(members(repository.load(ProfileName.DEFAULT).orElseThrow()))
                    .isEqualTo(members(first));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoListensOnTheBusSeesNoToken(Service service) throws Exception {
        try (PrivateSession session = service.start();
                KeyringTokenRepository repository = repository(session)) {
            Path heard = session.directory().resolve("heard");
            Process monitor = session.start(heard, "dbus-monitor", "--session");
            try {
                PrivateSession.awaitText(heard, "NameAcquired");
                repository.save(WORK, tokens("access-heard", "refresh-heard"));
                repository.save(WORK, tokens("access-again", "refresh-again"));
                assertThat(repository.load(WORK)).isPresent();
                PrivateSession.awaitText(heard, "member=GetSecret");
                assertThat(session.run(
                                        "gdbus",
                                        "call",
                                        "--session",
                                        "-d",
                                        "org.freedesktop.DBus",
                                        "-o",
                                        "/org/freedesktop/DBus",
                                        "-m",
                                        "org.freedesktop.DBus.NameHasOwner",
                                        "a.b.the.end")
                                .exit())
                        .isZero();
                PrivateSession.awaitText(heard, "a.b.the.end");
            } finally {
                monitor.destroy();
                monitor.waitFor(10, TimeUnit.SECONDS);
            }
            String text = Files.readString(heard, StandardCharsets.ISO_8859_1);
            String packed = text.replaceAll("\\s", "");
            assertThat(text).contains("member=CreateItem", "member=SetSecret", "ast: work");
            for (String word :
                    List.of("access-heard", "refresh-heard", "access-again", "refresh-again", "access_token")) {
                assertThat(text).doesNotContain(word);
                assertThat(packed).doesNotContain(HexFormat.of().formatHex(word.getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    @ParameterizedTest
    @Case("F05")
    @EnumSource
    void longTokensAndEveryLetterComeBackAsTheyWere(Service service) throws Exception {
        try (PrivateSession session = service.start();
                KeyringTokenRepository repository = repository(session)) {
            for (String access :
                    List.of("x".repeat(6 * 1024), "grüße-令牌-\uD83D\uDD11", "\"\\/'$(x)`", "y".repeat(64 * 1024))) {
                TokenSet tokens = tokens(access, "r".repeat(6 * 1024));
                repository.save(WORK, tokens);
                assertThat(members(repository.load(WORK).orElseThrow())).isEqualTo(members(tokens));
            }
        }
    }

    @Test
    void homesWithSpacesAndOtherLettersNeverShareAnItem() throws Exception {
        AstHome odd = new AstHome(Path.of("/srv/hö me/ast ☂#1"), false);
        AstHome other = new AstHome(Path.of("/srv/other"), false);
        try (PrivateSession session = PrivateSession.gnomeKeyring();
                KeyringTokenRepository usual = repository(session);
                KeyringTokenRepository first = repository(session, odd, UserPrompt.NOBODY, new Interrupts());
                KeyringTokenRepository second = repository(session, other, UserPrompt.NOBODY, new Interrupts())) {
            usual.save(WORK, tokens("of-usual", "r"));
            first.save(WORK, tokens("of-first", "r"));
            assertThat(second.load(WORK)).isEmpty();
            second.save(WORK, tokens("of-second", "r"));
            assertThat(lookup(session, "work@/srv/hö me/ast ☂#1").output()).contains("of-first");
            assertThat(lookup(session, "work").output()).contains("of-usual");
            assertThat(List.of(usual.profiles(), first.profiles(), second.profiles()))
                    .containsOnly(List.of(WORK));
            second.delete(WORK);
            assertThat(second.profiles()).isEmpty();
            assertThat(first.load(WORK).orElseThrow().access().reveal()).isEqualTo("of-first");
            assertThat(usual.load(WORK).orElseThrow().access().reveal()).isEqualTo("of-usual");
        }
    }

    @Test
    @Case("F07")
    void itemsOfOtherProgramsStay() throws Exception {
        try (PrivateSession session = PrivateSession.gnomeKeyring();
                KeyringTokenRepository repository = repository(session)) {
            String[] foreign = {"secret-tool", "store", "--label=x", "service", "ast", "account", "work"};
            assertThat(session.run("foreign", foreign).exit()).isZero();
            assertThat(repository.load(WORK)).isEmpty();
            assertThat(repository.profiles()).isEmpty();
            repository.save(WORK, tokens("mine", "r"));
            repository.delete(WORK);
            assertThat(lookup(session, "work").output()).isEqualTo("foreign");
        }
    }

    @Test
    void aserviceRestartedInTheMiddleIsFoundAgainAndNothingIsLost() throws Exception {
        try (PrivateSession session = PrivateSession.gnomeKeyring();
                KeyringTokenRepository repository = repository(session)) {
            repository.save(WORK, tokens("one", "r"));
            repository.save(WORK, tokens("two", "r"));
            session.control("restart");
            assertThat(repository.load(WORK).orElseThrow().access().reveal()).isEqualTo("two");
            session.control("restart");
            repository.save(WORK, tokens("three", "r"));
            session.control("restart");
            assertThat(repository.profiles()).containsExactly(WORK);
            assertThat(repository.load(WORK).orElseThrow().access().reveal()).isEqualTo("three");
        }
    }

    @Test
    void hundredsOfProfilesAreListedAndReadInBoundedTime() throws Exception {
        List<ProfileName> names = IntStream.range(0, 200)
                .mapToObj(i -> new ProfileName("p" + (1000 + i)))
                .toList();
        try (PrivateSession session = PrivateSession.gnomeKeyring();
                KeyringTokenRepository repository = repository(session)) {
            names.forEach(name -> repository.save(name, tokens("a-" + name, "r")));
            Instant before = Instant.now();
            assertThat(repository.profiles()).isEqualTo(names);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
            before = Instant.now();
            for (ProfileName name : names) {
                assertThat(repository.load(name).orElseThrow().access().reveal())
                        .isEqualTo("a-" + name);
            }
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }
}
