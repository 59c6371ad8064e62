package dev.ast.credential.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.ProfileName;
import dev.ast.json.Json;
import dev.ast.json.LocalJson;
import dev.ast.support.Case;
import java.nio.charset.StandardCharsets;
import java.util.Set;
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
    void profilesAreFoundBeforeAndAfterTheWholeIsRead(boolean whole) {
        Snapshot snapshot = snapshot(AS_WRITTEN);
        if (whole) {
            assertThat(names(snapshot)).containsExactly("default", "other", "last");
        }
        assertThat(provider(snapshot, "default")).isEqualTo("astropods");
        assertThat(provider(snapshot, "other")).isEqualTo("oidc");
        assertThat(provider(snapshot, "last")).isEqualTo("seqera");
        assertThat(snapshot.profile(new ProfileName("absent"))).isEmpty();
    }

    @Test
    void aProfileIsFoundInAnyLayout() {
        Snapshot snapshot = snapshot("{\"version\":1,\"profiles\":{\"b\":{\"provider\":\"x\"},\"a\":{}}}");
        assertThat(names(snapshot)).containsExactly("b", "a");
        assertThat(provider(snapshot, "b")).isEqualTo("x");
    }

    @Test
    void theHeadOfAFileAsWrittenLeavesTheProfilesOut() {
        assertThat(snapshot(AS_WRITTEN).head().members()).containsOnlyKeys("version");
        assertThat(snapshot("{\n\"version\": 1\n}\n").head().members()).containsOnlyKeys("version");
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
            assertThatThrownBy(snapshot::whole).isInstanceOf(Json.NotJson.class);
        }
    }

    private static Set<String> names(Snapshot snapshot) {
        return snapshot.whole().object("profiles").orElseThrow().members().keySet();
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
