package dev.ast.credential.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.ProfileName;
import dev.ast.json.Json;
import dev.ast.json.LocalJson;
import dev.ast.support.Case;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    private static final String AS_WRITTEN = """
            {
            "version": 1,
            "profiles": {
              "default": {"provider":"astropods","note":"\\n  \\"other\\": {}"},
              "other": {"provider":"oidc"},
              "last": {"provider":"seqera"}
            }
            }
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void profilesAreFoundBeforeAndAfterTheirNamesAreKnown(boolean named) {
        Snapshot snapshot = snapshot(AS_WRITTEN);
        if (named) {
            assertThat(snapshot.names()).containsExactly("default", "other", "last");
        }
        assertThat(provider(snapshot, "default")).isEqualTo("astropods");
        assertThat(provider(snapshot, "other")).isEqualTo("oidc");
        assertThat(provider(snapshot, "last")).isEqualTo("seqera");
        assertThat(snapshot.profile(new ProfileName("absent"))).isEmpty();
    }

    @Test
    void namesAreThoseOfTheWholeInAnyLayout() {
        Snapshot snapshot = snapshot("{\"version\":1,\"profiles\":{\"b\":{\"provider\":\"x\"},\"a\":{}}}");
        assertThat(snapshot.names()).containsExactlyInAnyOrder("a", "b");
        assertThat(provider(snapshot, "b")).isEqualTo("x");
    }

    @Test
    void aFileWithoutProfilesHasNoNames() {
        assertThat(snapshot("{\n\"version\": 1\n}\n").names()).isEmpty();
        assertThat(snapshot("{\n\"version\": 1,\n\"profiles\": {\n}\n}\n").names())
                .isEmpty();
    }

    @Test
    void aLineThatIsNoProfileLeavesItToTheParser() {
        Snapshot snapshot = snapshot(AS_WRITTEN.replace("  \"other\"", "\n  \"other\""));
        assertThat(snapshot.names()).containsExactlyInAnyOrder("default", "other", "last");
        assertThat(provider(snapshot, "other")).isEqualTo("oidc");
    }

    @Test
    @Case("E14")
    void aProfileWhoseLineBeginsOtherwiseIsFound() {
        String indented = AS_WRITTEN.replace("  \"last\"", "    \"last\"");
        assertThat(provider(snapshot(indented), "last")).isEqualTo("seqera");
        assertThat(provider(snapshot(AS_WRITTEN.replace("\"last\":", "\"last\" :")), "last"))
                .isEqualTo("seqera");
        assertThat(snapshot(indented).profile(new ProfileName("absent"))).isEmpty();
    }

    @Test
    void aFileThatIsCutOffIsWrong() {
        for (int end = AS_WRITTEN.indexOf("\"profiles\": {\n") + 14; end < AS_WRITTEN.lastIndexOf("}\n}"); end++) {
            Snapshot snapshot = snapshot(AS_WRITTEN.substring(0, end));
            assertThatThrownBy(snapshot::names).isInstanceOf(Json.NotJson.class);
        }
    }

    private static String provider(Snapshot snapshot, String name) {
        return snapshot.profile(new ProfileName(name))
                .orElseThrow()
                .text("provider")
                .orElseThrow();
    }

    private static Snapshot snapshot(String text) {
        return new Snapshot(text.getBytes(StandardCharsets.UTF_8), LocalJson::readObject);
    }
}
