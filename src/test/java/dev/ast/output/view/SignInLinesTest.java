package dev.ast.output.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.output.Conversation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The key that draws the address while a sign-in by code waits. */
class SignInLinesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> shown = new ArrayList<>();
    private final List<Character> keys = new ArrayList<>();
    private boolean readsKeys = true;
    private int columns = 80;

    /** A user who presses every key that does something. */
    private final Conversation conversation = (Conversation) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Conversation.class},
            (self, method, arguments) -> switch (method.getName()) {
                case "show" -> shown.add((String) arguments[0]);
                case "showAddress" -> shown.add(arguments[0] + (String) arguments[1]);
                case "readsKeys" -> readsKeys;
                case "canAsk", "attended" -> true;
                case "columns" -> columns;
                case "during" -> during(arguments);
                default -> method.getReturnType() == boolean.class ? false : null;
            });

    private Object during(Object[] arguments) {
        Supplier<?> line = (Supplier<?>) arguments[0];
        shown.add(line.get().toString());
        if (arguments.length == 3) {
            Conversation.Key key = (Conversation.Key) arguments[1];
            keys.add(key.typed());
            key.pressed().run();
            shown.add(line.get().toString());
        }
        return ((Supplier<?>) arguments[arguments.length - 1]).get();
    }

    private void signIn(boolean drawn) {
        SignInLines lines = new SignInLines(
                conversation, () -> NOW, new SignInLines.Options(address -> "[" + address + "]\n", () -> false, false));
        lines.code("ABCD", "https://example.com/device", drawn);
        assertThat(lines.waiting(NOW.plus(Duration.ofMinutes(10)), () -> "approved"))
                .isEqualTo("approved");
    }

    @Test
    void theKeyDrawsTheAddressOnce() {
        signIn(false);
        assertThat(keys).containsExactly('q');
        assertThat(shown)
                .containsSubsequence(
                        "  Open: https://example.com/device",
                        "waiting for approval, code valid for 10:00, Ctrl-C cancels, q shows a QR code",
                        "[https://example.com/device]",
                        "waiting for approval, code valid for 10:00, Ctrl-C cancels");
        assertThat(shown).filteredOn(line -> line.length() > 77).isEmpty();
    }

    @Test
    void anAddressThatIsDrawnAlreadyNeedsNoKey() {
        signIn(true);
        assertThat(keys).isEmpty();
        assertThat(shown).filteredOn(line -> line.contains("QR code")).isEmpty();
    }

    @Test
    void whereNoKeyCanBeReadNoneIsNamed() {
        readsKeys = false;
        signIn(false);
        assertThat(keys).isEmpty();
        assertThat(shown).filteredOn(line -> line.contains("QR code")).isEmpty();
    }

    @Test
    void aNarrowTerminalHasTheKeyWithoutItsName() {
        columns = 60;
        signIn(false);
        assertThat(keys).containsExactly('q');
        assertThat(shown).filteredOn(line -> line.contains("QR code")).isEmpty();
    }
}
