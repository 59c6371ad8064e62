package dev.ast.credential.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.keyring.UserPrompt;
import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.host.ChildEnvironment;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.support.Case;
import dev.ast.support.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credential helpers as small shell programs; one of them keeps items in files. */
@Timeout(30)
class HelperTokenRepositoryTest {
    private static final ProfileName WORK = new ProfileName("work");
    private static final ProfileName PLAY = new ProfileName("play");
    private static final StorageKind TEST = StorageKind.of("helper:test").orElseThrow();

    private static final String KEEPS = """
        in=$(cat)
        case $1 in
            store) url=$(printf '%s' "$in" | sed 's/.*"ServerURL":"\\([^"]*\\)".*/\\1/') ;;
            *) url=$in ;;
        esac
        file=$items/$(printf '%s' "$url" | tr ':/' '__')
        case $1 in
            store) printf '%s' "$in" > "$file" ;;
            get) cat "$file" 2>/dev/null || { echo 'credentials not found in native keychain'; exit 1; } ;;
            erase) rm -f "$file" ;;
            list) echo '{}' ;;
        esac
        """;

    @TempDir
    Path folder;

    private HelperTokenRepository store(String script) throws IOException {
        return store(script, Duration.ofSeconds(20), new AstHome(folder.resolve("home"), true));
    }

    private HelperTokenRepository store(String script, Duration limit, AstHome home) throws IOException {
        Path items = Files.createDirectories(folder.resolve("items"));
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("docker-credential-test");
        Script.write(program, "#!/bin/sh\nitems='" + items + "'\n" + script);
        return of(home, limit);
    }

    private HelperTokenRepository of(AstHome home, Duration limit) {
        return new HelperStores(
                        () -> new Programs(new ChildEnvironment(Set.of("AST_TOKEN"))),
                        Environment.of(Map.of("PATH", "bin:" + folder.resolve("bin"))),
                        new Interrupts(),
                        UserPrompt.NOBODY,
                        home,
                        limit)
                .of(TEST);
    }

    private static TokenSet tokens(String access) {
        return TokenSet.given(
                ServerOrigin.parse("https://api.example.com"), Secret.of(access), Instant.EPOCH, Optional.empty());
    }

    private static String access(HelperTokenRepository store, ProfileName profile) {
        return store.load(profile).orElseThrow().access().reveal();
    }

    private static FailureException failure(ThrowingCallable call) {
        FailureException failure = catchThrowableOfType(FailureException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.failure().exit()).isEqualTo(Exit.STORAGE);
        assertThat(failure.failure().hint()).isPresent();
        return failure;
    }

    @Test
    void oneItemForEachProfileOfEachHome() throws IOException {
        HelperTokenRepository usual = store(KEEPS);
        HelperTokenRepository other = of(new AstHome(folder.resolve("b".repeat(200)), false), Duration.ofSeconds(20));
        usual.check();
        usual.save(WORK, tokens("a \"é\\☂"));
        usual.save(PLAY, tokens("b"));
        other.save(WORK, tokens("c"));
        assertThat(access(usual, WORK)).isEqualTo("a \"é\\☂");
        assertThat(access(usual, PLAY)).isEqualTo("b");
        assertThat(access(other, WORK)).isEqualTo("c");
        assertThat(folder.resolve("items"))
                .isDirectoryContaining(item -> item.endsWith("https___ast.invalid_work"))
                .isDirectoryContaining(item -> item.getFileName().toString().length() < 80);
        usual.delete(WORK);
        usual.delete(WORK);
        assertThat(usual.load(WORK)).isEmpty();
        assertThat(access(usual, PLAY)).isEqualTo("b");
        assertThat(usual.kind().label()).isEqualTo("docker-credential-test");
    }

    @Test
    void replacesOnlyWhatIsThereAndKeepsWhatNewerProgramsWrote() throws IOException {
        HelperTokenRepository store = store(KEEPS);
        assertThat(store.replace(WORK, tokens("a"))).isFalse();
        assertThat(store.load(WORK)).isEmpty();
        store.save(WORK, tokens("a"));
        Path item = folder.resolve("items/https___ast.invalid_work");
        Files.writeString(item, Files.readString(item).replace("{\\\"account", "{\\\"newer\\\":1,\\\"account"));
        assertThat(store.replace(WORK, tokens("b"))).isTrue();
        assertThat(access(store, WORK)).isEqualTo("b");
        assertThat(item).content().contains("newer");
    }

    /** docker-credential-pass 0.6.4 answers so where nothing is stored, and ends erase with an error. */
    @Test
    void anEmptySecretIsNothing() throws IOException {
        HelperTokenRepository store = store("""
            [ "$1" = get ] && { echo '{"ServerURL":"x","Username":"","Secret":""}'; exit 0; }
            echo 'exit status 1: Error: it is not in the password store.'; exit 1
            """);
        assertThat(store.load(WORK)).isEmpty();
        store.delete(WORK);
    }

    @Case("F06")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        echo '{"Username":"ast"'                                                    | gave no answer of a credential helper
        head -c 3000000 /dev/zero                                                    | answered more than 1048576 bytes
        echo '{"ServerURL":"https://b.example","Username":"ast","Secret":"{}"}'      | answered with another item
        echo '{"ServerURL":"https://ast.invalid/work","Username":"x","Secret":"{}"}' | answered with another item
        echo '{"ServerURL":"https://ast.invalid/work","Username":"ast","Secret":"s"}' | cannot be understood
        echo "the store is locked"; exit 1                                           | get ended with code 1: 'the store is locked'
        echo "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmVk"; exit 3                  | code 3: (a word that looks like a token)
        kill -9 $$                                                                   | get ended with code 137
        exit 5                                                                       | get ended with code 5
        """)
    void whateverElseItAnswersIsAFailureAndNeverNothing(String script, String message) throws IOException {
        HelperTokenRepository store = store(script);
        assertThat(failure(() -> store.load(WORK)))
                .hasMessageContaining(message)
                .hasMessageContaining("docker-cred");
        failure(() -> store.save(WORK, tokens("a")));
        failure(() -> store.delete(WORK));
    }

    @Test
    void tokensOfAnotherProfileAreNotTaken() throws IOException {
        HelperTokenRepository store = store(KEEPS);
        store.save(PLAY, tokens("a"));
        Path items = folder.resolve("items");
        Files.writeString(
                items.resolve("https___ast.invalid_work"),
                Files.readString(items.resolve("https___ast.invalid_play")).replace("invalid/play", "invalid/work"));
        assertThat(failure(() -> store.load(WORK))).hasMessageContaining("cannot be understood");
    }

    @Test
    void whatIsNotReturnedIsNotStored() throws IOException {
        HelperTokenRepository store =
                store("[ $1 = get ] && { echo credentials not found in native keychain; exit 1; };:");
        assertThat(failure(() -> store.save(WORK, tokens("a"))))
                .hasMessageContaining("does not return what it was given to store");
    }

    @Test
    void whatIsNotErasedIsReported() throws IOException {
        store(KEEPS).save(WORK, tokens("a"));
        HelperTokenRepository deaf = store("[ $1 = erase ] && exit 0\n" + KEEPS);
        assertThat(failure(() -> deaf.delete(WORK))).hasMessageContaining("still has the tokens of work");
        HelperTokenRepository refusing = store("[ $1 = erase ] && { echo locked; exit 1; }\n" + KEEPS);
        assertThat(failure(() -> refusing.delete(WORK))).hasMessageContaining("erase ended with code 1: 'locked'");
    }

    @Case("F01")
    @Test
    void ahungHelperIsEndedWithWhatItStartedAndNotAskedAgainForEachProfile() throws Exception {
        HelperTokenRepository store = store(
                "sleep 60 & echo $! >> \"$items/started\"; wait",
                Duration.ofMillis(400),
                new AstHome(folder.resolve("home"), true));
        assertThat(failure(() -> store.load(WORK))).hasMessageContaining("does not answer within");
        failure(() -> store.load(PLAY));
        failure(store::check);
        assertThat(folder.resolve("items/started")).content().hasLineCount(1);
        long pid =
                Long.parseLong(Files.readString(folder.resolve("items/started")).strip());
        ProcessHandle.of(pid).ifPresent(left -> left.onExit().join());
    }

    @Case("A11")
    @Test
    void aprogramThatIsMissingIsAFailureAndNoneIsTakenFromTheCurrentDirectory() {
        HelperTokenRepository store = of(new AstHome(folder.resolve("home"), true), Duration.ofSeconds(20));
        assertThatThrownBy(store::check).hasMessage("there is no program docker-credential-test in PATH");
        assertThat(failure(() -> store.load(WORK)).failure().hint().orElseThrow())
                .contains("install it");
    }

    @Test
    void noSecretIsAWordOfTheProgram() throws IOException {
        HelperTokenRepository store = store("echo \"$#:$*\" >> \"$items/words\"\n" + KEEPS);
        store.save(WORK, tokens("very-secret-text"));
        assertThat(folder.resolve("items/words")).content().isEqualTo("1:get\n1:store\n1:get\n");
    }
}
