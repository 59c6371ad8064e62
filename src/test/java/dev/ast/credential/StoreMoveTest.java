package dev.ast.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.support.Case;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two stores and a record in memory; a countdown fails before any of their steps. */
class StoreMoveTest {
    private static final ProfileName WORK = new ProfileName("work");

    private final Map<StorageKind, TokenSet> stored = new HashMap<>();
    private StorageKind recorded = StorageKind.FILE;
    private int stepsLeft = Integer.MAX_VALUE;
    private boolean mangles;

    private void step() {
        if (stepsLeft-- == 0) {
            throw Failure.storage("stopped here", "retry");
        }
    }

    private TokenRepository store(StorageKind kind) {
        return new TokenRepository() {
            @Override
            public StorageKind kind() {
                return kind;
            }

            @Override
            public Optional<TokenSet> load(ProfileName profile) {
                step();
                return Optional.ofNullable(stored.get(kind));
            }

            @Override
            public void save(ProfileName profile, TokenSet tokens) {
                step();
                stored.put(kind, mangles ? tokens("mangled") : tokens);
            }

            @Override
            public void delete(ProfileName profile) {
                step();
                stored.remove(kind);
            }
        };
    }

    private static TokenSet tokens(String access) {
        return TokenSet.given(
                ServerOrigin.parse("https://api.example.com"), Secret.of(access), Instant.EPOCH, Optional.empty());
    }

    private StoreMove.Result move(StorageKind from, StorageKind to) {
        return StoreMove.move(WORK, store(from), store(to), kind -> {
            step();
            recorded = kind;
        });
    }

    private static StorageKind other(StorageKind kind) {
        return kind.equals(StorageKind.FILE) ? StorageKind.KEYRING : StorageKind.FILE;
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "keyring", "helper:pass"})
    void movesBothWays(String word) {
        StorageKind from = StorageKind.of(word).orElseThrow();
        recorded = from;
        stored.put(from, tokens("a"));
        assertThat(move(from, other(from))).isEqualTo(StoreMove.Result.MOVED);
        assertThat(stored).containsOnlyKeys(other(from));
        assertThat(recorded).isEqualTo(other(from));
    }

    /** Steps: read, write, read back, record, remove. */
    @ParameterizedTest
    @Case("E12")
    @CsvSource({"0, file", "1, file", "2, file", "3, file", "4, keyring"})
    void astopBeforeAnyStepLeavesTheTokensWhereTheRecordSays(int steps, String word) {
        StorageKind where = StorageKind.of(word).orElseThrow();
        stored.put(StorageKind.FILE, tokens("a"));
        stepsLeft = steps;
        assertThatThrownBy(() -> move(StorageKind.FILE, StorageKind.KEYRING))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("stopped here");
        assertThat(recorded).isEqualTo(where);
        assertThat(stored).containsKey(where);
        // After the failure a second call ends with one copy.
        stepsLeft = Integer.MAX_VALUE;
        if (recorded.equals(StorageKind.FILE)) {
            assertThat(move(StorageKind.FILE, StorageKind.KEYRING)).isEqualTo(StoreMove.Result.MOVED);
        } else {
            assertThat(StoreMove.removeLeftover(WORK, store(StorageKind.KEYRING), store(StorageKind.FILE)))
                    .isTrue();
        }
        assertThat(stored).containsOnlyKeys(StorageKind.KEYRING);
        assertThat(recorded).isEqualTo(StorageKind.KEYRING);
    }

    @Test
    void theMessageOfAnOldCopyThatStaysSaysWhereTheTokensAre() {
        stored.put(StorageKind.FILE, tokens("a"));
        stepsLeft = 4;
        assertThatThrownBy(() -> move(StorageKind.FILE, StorageKind.KEYRING))
                .hasMessage("the tokens of work are in the system keyring now, but the old copy in the credentials file"
                        + " could not be removed: stopped here");
    }

    @Test
    void acopyThatReadsBackOtherwiseIsNotTrusted() {
        stored.put(StorageKind.FILE, tokens("a"));
        mangles = true;
        assertThatThrownBy(() -> move(StorageKind.FILE, StorageKind.KEYRING))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("differs from the original");
        assertThat(recorded).isEqualTo(StorageKind.FILE);
        assertThat(stored.get(StorageKind.FILE).access().reveal()).isEqualTo("a");
    }

    @Test
    void withoutTokensNothingIsRecorded() {
        assertThat(move(StorageKind.FILE, StorageKind.KEYRING)).isEqualTo(StoreMove.Result.NOTHING_STORED);
        assertThat(recorded).isEqualTo(StorageKind.FILE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOnlyCopyIsNeverALeftover(boolean inOther) {
        stored.put(inOther ? StorageKind.FILE : StorageKind.KEYRING, tokens("a"));
        assertThat(StoreMove.removeLeftover(WORK, store(StorageKind.KEYRING), store(StorageKind.FILE)))
                .isFalse();
        assertThat(stored).hasSize(1);
    }
}
