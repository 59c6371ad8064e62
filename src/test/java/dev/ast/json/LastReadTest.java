package dev.ast.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LastReadTest {
    private final LastRead<String> last = new LastRead<>();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void theSameObjectIsReadOnce() {
        JsonObject object = new JsonObject().put("name", "ada");
        assertThat(last.of(object, this::name)).isEqualTo("ada");
        assertThat(last.of(object, this::name)).isEqualTo("ada");
        assertThat(reads).hasValue(1);
    }

    @Test
    void anotherObjectIsReadAnewEvenIfItIsEqual() {
        assertThat(last.of(new JsonObject().put("name", "ada"), this::name)).isEqualTo("ada");
        assertThat(last.of(new JsonObject().put("name", "ada"), this::name)).isEqualTo("ada");
        assertThat(last.of(new JsonObject().put("name", "grace"), this::name)).isEqualTo("grace");
        assertThat(reads).hasValue(3);
    }

    @Test
    void aFailureIsNotKept() {
        JsonObject object = new JsonObject();
        assertThatThrownBy(() -> last.of(object, from -> {
                    throw new IllegalStateException("corrupt");
                }))
                .hasMessage("corrupt");
        object.put("name", "ada");
        assertThat(last.of(object, this::name)).isEqualTo("ada");
    }

    private String name(JsonObject from) {
        reads.incrementAndGet();
        return from.text("name").orElseThrow();
    }
}
