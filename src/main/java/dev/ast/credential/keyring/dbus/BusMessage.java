package dev.ast.credential.keyring.dbus;

import dev.ast.credential.keyring.dbus.BusException.Kind;
import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * One D-Bus message (D-Bus specification, section Message Protocol). Header fields that a message does not have are
 * empty texts and zero.
 *
 * @param type one of the four constants
 * @param serial the sender's number of the message
 * @param replySerial which message this one answers
 * @param body as {@link WireReader} makes them
 */
public record BusMessage(
        int type,
        int serial,
        int replySerial,
        String path,
        String interfaceName,
        String member,
        String errorName,
        String destination,
        String sender,
        String signature,
        List<Object> body) {

    /** Larger messages are neither sent nor read, in bytes. */
    public static final int LARGEST = 1024 * 1024;

    /** Asks for something. */
    public static final int CALL = 1;
    /** Answers a call. */
    public static final int RETURN = 2;
    /** Answers a call that failed. */
    public static final int ERROR = 3;
    /** A signal. */
    public static final int SIGNAL = 4;

    /** The part of a message that holds its length. */
    static final int START = 16;

    private static final byte LITTLE = 'l';
    private static final byte BIG = 'B';

    /** A call. */
    static BusMessage call(
            int serial,
            String destination,
            String path,
            String interfaceName,
            String member,
            String signature,
            List<Object> body) {
        return new BusMessage(
                CALL, serial, 0, path, interfaceName, member, "", destination, "", signature, List.copyOf(body));
    }

    /** The good answer to a call. */
    public static BusMessage answer(BusMessage call, String sender, String signature, List<Object> body) {
        return new BusMessage(
                RETURN, call.serial(), call.serial(), "", "", "", "", "", sender, signature, List.copyOf(body));
    }

    /** The bytes of this message. @throws BusException (too big) */
    public byte[] bytes() throws BusException {
        WireWriter content = new WireWriter();
        content.values(signature, body);
        List<List<Object>> fields = new ArrayList<>();
        field(fields, 1, "o", path);
        field(fields, 2, "s", interfaceName);
        field(fields, 3, "s", member);
        field(fields, 4, "s", errorName);
        if (replySerial != 0) {
            fields.add(List.of((byte) 5, new Variant("u", replySerial)));
        }
        field(fields, 6, "s", destination);
        field(fields, 7, "s", sender);
        field(fields, 8, "g", signature);
        WireWriter message = new WireWriter();
        message.octet(LITTLE);
        message.octet(type);
        message.octet(0);
        message.octet(1);
        message.number(content.size());
        message.number(serial);
        message.values("a(yv)", List.of(fields));
        message.align(8);
        message.raw(content.bytes());
        return message.bytes();
    }

    private static void field(List<List<Object>> fields, int code, String type, String value) {
        if (!value.isEmpty()) {
            fields.add(List.of((byte) code, new Variant(type, value)));
        }
    }

    /**
     * How many bytes the message at the buffer's position has.
     *
     * @return empty while fewer than the first 16 bytes are there
     */
    static OptionalInt length(ByteBuffer received) throws BusException {
        if (received.remaining() < START) {
            return OptionalInt.empty();
        }
        ByteBuffer start = received.slice().order(order(received.get(received.position())));
        long body = Integer.toUnsignedLong(start.getInt(4));
        long fields = Integer.toUnsignedLong(start.getInt(12));
        long length = (START + fields + 7) / 8 * 8 + body;
        if (length > LARGEST) {
            throw BusException.of(Kind.TOO_BIG, "a message of " + length + " bytes came");
        }
        return OptionalInt.of((int) length);
    }

    /** Waits for one whole message. @throws IOException when the stream ends before it does */
    public static BusMessage readFrom(DataInput in) throws IOException, BusException {
        byte[] start = new byte[START];
        in.readFully(start);
        byte[] message = Arrays.copyOf(start, length(ByteBuffer.wrap(start)).orElseThrow());
        in.readFully(message, START, message.length - START);
        return read(message);
    }

    /** Reads one whole message. */
    static BusMessage read(byte[] bytes) throws BusException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order(bytes[0]));
        int type = bytes[1];
        if (bytes[3] != 1) {
            throw BusException.of(Kind.MALFORMED, "an unknown protocol version came");
        }
        int serial = buffer.getInt(8);
        buffer.position(12);
        WireReader reader = new WireReader(buffer);
        String[] texts = new String[9];
        Arrays.fill(texts, "");
        int replySerial = 0;
        for (Object each : (List<?>) reader.values("a(yv)").get(0)) {
            List<?> field = (List<?>) each;
            int code = (Byte) field.get(0);
            Object value = ((Variant) field.get(1)).value();
            if (code == 5 && value instanceof Integer number) {
                replySerial = number;
            } else if (code > 0 && code < texts.length && value instanceof String text) {
                texts[code] = text;
            }
        }
        reader.align(8);
        return new BusMessage(
                type,
                serial,
                replySerial,
                texts[1],
                texts[2],
                texts[3],
                texts[4],
                texts[6],
                texts[7],
                texts[8],
                reader.values(texts[8]));
    }

    private static ByteOrder order(byte mark) throws BusException {
        return switch (mark) {
            case LITTLE -> ByteOrder.LITTLE_ENDIAN;
            case BIG -> ByteOrder.BIG_ENDIAN;
            default -> throw BusException.of(Kind.MALFORMED, "the received data is not a D-Bus message");
        };
    }
}
