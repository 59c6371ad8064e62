package dev.ast.credential.keyring.dbus;

import dev.ast.credential.keyring.dbus.BusException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes values in D-Bus marshalling format, little endian. Java types: {@code byte[]} for {@code ay}, {@code String}
 * for {@code s o g}, {@code Integer} for {@code u i}, {@code Boolean}, {@link Variant}, {@code List} for arrays and
 * structs, {@code Map} for dictionaries: the types that a client of the Secret Service sends.
 */
final class WireWriter {
    private ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

    /** The bytes so far. */
    byte[] bytes() {
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    int size() {
        return buffer.position();
    }

    /** Fills with zeros up to a multiple. */
    void align(int multiple) throws BusException {
        while (buffer.position() % multiple != 0) {
            withSpaceFor(1).put((byte) 0);
        }
    }

    void octet(int value) throws BusException {
        withSpaceFor(1).put((byte) value);
    }

    void number(int value) throws BusException {
        align(4);
        withSpaceFor(4).putInt(value);
    }

    void raw(byte[] bytes) throws BusException {
        withSpaceFor(bytes.length).put(bytes);
    }

    /** Writes one value after the other, each of the next complete type of the signature. */
    void values(String signature, List<?> values) throws BusException {
        int at = 0;
        for (Object value : values) {
            int end = Signatures.end(signature, at);
            value(signature.substring(at, end), value);
            at = end;
        }
        if (at != signature.length()) {
            throw new IllegalArgumentException("fewer values than types");
        }
    }

    private void value(String type, Object value) throws BusException {
        switch (type.charAt(0)) {
            case 'y' -> octet((Byte) value);
            case 'b' -> number((Boolean) value ? 1 : 0);
            case 'i', 'u' -> number((Integer) value);
            case 's', 'o' -> text((String) value);
            case 'g' -> signature((String) value);
            case 'v' -> {
                Variant variant = (Variant) value;
                signature(variant.signature());
                value(variant.signature(), variant.value());
            }
            case '(' -> {
                align(8);
                values(type.substring(1, type.length() - 1), (List<?>) value);
            }
            case 'a' -> array(type.substring(1), value);
            default -> throw new IllegalArgumentException("type " + type + " is never sent");
        }
    }

    private void text(String value) throws BusException {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        raw(utf8);
        octet(0);
    }

    private void signature(String value) throws BusException {
        octet(value.length());
        raw(value.getBytes(StandardCharsets.US_ASCII));
        octet(0);
    }

    private void array(String element, Object value) throws BusException {
        number(0);
        int lengthAt = buffer.position() - 4;
        align(Signatures.alignment(element.charAt(0)));
        int start = buffer.position();
        if (value instanceof byte[] bytes) {
            raw(bytes);
        } else if (value instanceof Map<?, ?> map) {
            String entry = element.substring(1, element.length() - 1);
            for (Map.Entry<?, ?> member : map.entrySet()) {
                align(8);
                values(entry, List.of(member.getKey(), member.getValue()));
            }
        } else {
            for (Object each : (List<?>) value) {
                value(element, each);
            }
        }
        buffer.putInt(lengthAt, buffer.position() - start);
    }

    private ByteBuffer withSpaceFor(int bytes) throws BusException {
        if (buffer.remaining() < bytes) {
            int needed = buffer.position() + bytes;
            if (needed > BusMessage.LARGEST) {
                throw BusException.of(Kind.TOO_BIG, "the message is larger than " + BusMessage.LARGEST + " bytes");
            }
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.max(needed, buffer.capacity() * 2)).order(ByteOrder.LITTLE_ENDIAN);
            larger.put(buffer.flip());
            buffer = larger;
        }
        return buffer;
    }
}
