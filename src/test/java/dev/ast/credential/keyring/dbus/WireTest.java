package dev.ast.credential.keyring.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.keyring.dbus.BusException.Kind;
import dev.ast.support.Case;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

    /** The bytes that python3-jeepney makes of the same call. */
    @Test
    void aCallHasTheBytesOfTheSpecification() throws Exception {
        byte[] hello = BusMessage.call(
                        1,
                        "org.freedesktop.DBus",
                        "/org/freedesktop/DBus",
                        "org.freedesktop.DBus",
                        "Hello",
                        "",
                        List.of())
                .bytes();
        assertThat(HexFormat.of().formatHex(hello))
                .isEqualTo("6c01000100000000010000006d000000"
                        + "01016f00150000002f6f72672f667265656465736b746f702f44427573000000"
                        + "02017300140000006f72672e667265656465736b746f702e4442757300000000"
                        + "030173000500000048656c6c6f000000"
                        + "06017300140000006f72672e667265656465736b746f702e4442757300000000");
    }

    @Test
    void everyTypeThatIsSentReadsBackEqual() throws Exception {
        String signature = "ybuisogvasa{ss}a{sv}(oayays)aoay";
        List<Object> values = List.of(
                (byte) 200,
                true,
                -1,
                7,
                "grüße 令牌 \t\n",
                "/a/b",
                "a{sv}",
                new Variant("ay", new byte[] {1, 2, 3}),
                List.of("", "x"),
                Map.of("k", "v"),
                Map.of("n", new Variant("s", "t")),
                List.of("/s", new byte[16], new byte[0], "text/plain"),
                List.of("/x", "/y"),
                new byte[] {0, 9});
        BusMessage sent = BusMessage.call(9, "a.b", "/p", "i.f", "M", signature, values);
        BusMessage got = BusMessage.read(sent.bytes());
        assertThat(got).usingRecursiveComparison().isEqualTo(sent);
    }

    @Test
    void readsBigEndianToo() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(12).order(ByteOrder.BIG_ENDIAN);
        buffer.putInt(3)
                .put("abc\0".getBytes(StandardCharsets.UTF_8))
                .putInt(77)
                .flip();
        assertThat(new WireReader(buffer).values("su")).containsExactly("abc", 77);
    }

    @ParameterizedTest
    @Case("F06")
    @CsvSource({
        "s, ffffff7f",
        "s, 04000000616263",
        "s, 030000006162637a",
        "s, 01000000ff00",
        "ay, 0500000001",
        "as, 0300000001000000",
        "a{ss}, ffffffff",
        "v, 0275750000000000",
        "v, 0128000000",
        "u, 0100",
        "(u, 01000000",
        "z, 01000000",
        "h, 01000000"
    })
    void malformedBytesAreRefused(String signature, String hex) {
        WireReader reader =
                new WireReader(ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN));
        assertThat(catchThrowableOfType(BusException.class, () -> reader.values(signature))
                        .kind())
                .isEqualTo(Kind.MALFORMED);
    }

    @Test
    void deepNestingIsRefused() {
        String signature = "a".repeat(100) + "y";
        assertThatThrownBy(() -> new WireReader(ByteBuffer.allocate(8)).values(signature))
                .isInstanceOf(BusException.class);
        byte[] variants = new byte[300];
        for (int i = 0; i + 2 < variants.length; i += 3) {
            variants[i] = 1;
            variants[i + 1] = 'v';
        }
        assertThatThrownBy(() -> new WireReader(ByteBuffer.wrap(variants)).values("v"))
                .isInstanceOf(BusException.class);
    }

    @Test
    @Case("F06")
    void noBytesWhateverLeadToAnythingButARefusal() throws Exception {
        byte[] good = BusMessage.call(9, "a.b", "/p", "i.f", "M", "a{sv}", List.of(Map.of("n", new Variant("s", "t"))))
                .bytes();
        Random random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            bytes = Arrays.copyOf(bytes, 16 + random.nextInt(bytes.length - 15));
            try {
                BusMessage.length(ByteBuffer.wrap(bytes));
                BusMessage.read(bytes);
            } catch (BusException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(10_000, 20_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {BusMessage.LARGEST, Integer.MAX_VALUE, -1})
    void alengthAboveTheLimitIsRefusedBeforeAnythingIsAllocated(int body) {
        ByteBuffer start = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        start.put((byte) 'l')
                .put((byte) 2)
                .put((byte) 0)
                .put((byte) 1)
                .putInt(body)
                .putInt(1)
                .putInt(0)
                .flip();
        assertThat(catchThrowableOfType(BusException.class, () -> BusMessage.length(start))
                        .kind())
                .isEqualTo(Kind.TOO_BIG);
    }

    @Test
    void amessageAboveTheLimitIsNotSent() {
        BusMessage huge = BusMessage.call(1, "a.b", "/p", "i.f", "M", "ay", List.of(new byte[BusMessage.LARGEST]));
        assertThat(catchThrowableOfType(BusException.class, huge::bytes).kind()).isEqualTo(Kind.TOO_BIG);
    }
}
