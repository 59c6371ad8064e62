package dev.ast.credential.keyring.dbus;

import dev.ast.support.Fuzzed;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Messages of the session bus, and the values in them; what can be written again reads the same. */
public final class BusMessageFuzz {
    private BusMessageFuzz() {}

    /** One input: a message; or a signature, its length in front, with values. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try {
            if (Fuzzed.choice(input, 0, 2) == 0) {
                message(Fuzzed.after(input, 1));
            } else {
                int length = Math.min(Fuzzed.choice(input, 1, 256), Math.max(0, input.length - 2));
                String signature = new String(
                        input, Math.min(2, input.length), length, java.nio.charset.StandardCharsets.US_ASCII);
                ByteBuffer values =
                        ByteBuffer.wrap(Fuzzed.after(input, 2 + length)).order(ByteOrder.LITTLE_ENDIAN);
                new WireReader(values.slice().order(ByteOrder.LITTLE_ENDIAN)).values(signature);
            }
        } catch (BusException e) {
            Fuzzed.checkLength(String.valueOf(e.getMessage()));
        } catch (java.io.EOFException e) {
            // The stream ended within a message.
        }
    }

    private static void message(byte[] bytes) throws IOException, BusException {
        BusMessage message = BusMessage.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
        byte[] written;
        try {
            written = message.bytes();
        } catch (IllegalArgumentException e) {
            return; // of a type that is read but never sent
        }
        Fuzzed.require(Arrays.equals(BusMessage.read(written).bytes(), written), "a message changes when written");
    }
}
