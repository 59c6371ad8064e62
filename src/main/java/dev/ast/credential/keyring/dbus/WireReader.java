package dev.ast.credential.keyring.dbus;

import dev.ast.credential.keyring.dbus.BusException.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads values in D-Bus marshalling format; the counterpart of {@link WireWriter}, for every basic type but file
 * handles. Every length is checked against the bytes that are there before anything is allocated.
 */
final class WireReader {
    private static final int DEEPEST = 32;

    private final ByteBuffer buffer;

    /** @param buffer in the byte order of the message; index 0 is where alignment counts from */
    WireReader(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** One value for each complete type of the signature. */
    List<Object> values(String signature) throws BusException {
        try {
            return values(signature, 0);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw malformed("a message is cut off");
        }
    }

    void align(int multiple) throws BusException {
        int padding = (multiple - buffer.position() % multiple) % multiple;
        if (padding > buffer.remaining()) {
            throw malformed("a message is cut off");
        }
        buffer.position(buffer.position() + padding);
    }

    private List<Object> values(String signature, int depth) throws BusException {
        List<Object> values = new ArrayList<>();
        int at = 0;
        while (at < signature.length()) {
            int end = Signatures.end(signature, at);
            values.add(value(signature.substring(at, end), depth));
            at = end;
        }
        return values;
    }

    private Object value(String type, int depth) throws BusException {
        if (depth > DEEPEST) {
            throw malformed("a message is nested too deep");
        }
        char first = type.charAt(0);
        if (first != 'v') {
            align(Signatures.alignment(first));
        }
        return switch (first) {
            case 'y' -> buffer.get();
            case 'b' -> buffer.getInt() != 0;
            case 'n', 'q' -> (int) buffer.getShort();
            case 'i', 'u' -> buffer.getInt();
            case 'x', 't' -> buffer.getLong();
            case 'd' -> buffer.getDouble();
            case 's', 'o' -> text(buffer.getInt());
            case 'g' -> text(Byte.toUnsignedInt(buffer.get()));
            case 'v' -> variant(depth);
            case '(' -> values(type.substring(1, type.length() - 1), depth + 1);
            default -> array(type.substring(1), depth);
        };
    }

    private Variant variant(int depth) throws BusException {
        String signature = text(Byte.toUnsignedInt(buffer.get()));
        if (Signatures.end(signature, 0) != signature.length()) {
            throw malformed("a variant holds more than one value");
        }
        return new Variant(signature, value(signature, depth + 1));
    }

    private Object array(String element, int depth) throws BusException {
        int length = length(buffer.getInt());
        align(Signatures.alignment(element.charAt(0)));
        int end = buffer.position() + length(length);
        if (element.equals("y")) {
            byte[] bytes = new byte[length];
            buffer.get(bytes);
            return bytes;
        }
        if (element.charAt(0) == '{') {
            return dictionary(element.substring(1, element.length() - 1), end, depth);
        }
        List<Object> elements = new ArrayList<>();
        while (buffer.position() < end) {
            elements.add(value(element, depth + 1));
        }
        return ended(elements, end);
    }

    private Map<Object, Object> dictionary(String entry, int end, int depth) throws BusException {
        Map<Object, Object> members = new LinkedHashMap<>();
        while (buffer.position() < end) {
            align(8);
            List<Object> pair = values(entry, depth + 1);
            if (pair.size() != 2) {
                throw malformed("a dictionary entry is not a pair");
            }
            members.put(pair.get(0), pair.get(1));
        }
        return ended(members, end);
    }

    private <T> T ended(T read, int end) throws BusException {
        if (buffer.position() != end) {
            throw malformed("an array is longer than its length field");
        }
        return read;
    }

    private String text(int length) throws BusException {
        ByteBuffer utf8 = buffer.slice(buffer.position(), length(length));
        buffer.position(buffer.position() + length);
        if (buffer.get() != 0) {
            throw malformed("a text is not ended");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw malformed("a text is not UTF-8");
        }
    }

    private int length(int length) throws BusException {
        if (length < 0 || length > buffer.remaining()) {
            throw malformed("a length exceeds the message");
        }
        return length;
    }

    private static BusException malformed(String why) {
        return BusException.of(Kind.MALFORMED, why);
    }
}
