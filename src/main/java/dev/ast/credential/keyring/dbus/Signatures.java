package dev.ast.credential.keyring.dbus;

import dev.ast.credential.keyring.dbus.BusException.Kind;

/** Walks through type signatures (D-Bus specification, section Type System). */
final class Signatures {
    private static final int DEEPEST = 16;

    private Signatures() {}

    /** Where the complete type that begins at {@code at} ends. */
    static int end(String signature, int at) throws BusException {
        return end(signature, at, 0);
    }

    private static int end(String signature, int at, int depth) throws BusException {
        if (at >= signature.length() || depth > DEEPEST) {
            throw BusException.of(Kind.MALFORMED, "a type signature is cut off or too deep");
        }
        return switch (signature.charAt(at)) {
            case 'a' -> end(signature, at + 1, depth + 1);
            case '(' -> closing(signature, at + 1, ')', depth);
            case '{' -> closing(signature, at + 1, '}', depth);
            case 'y', 'b', 'n', 'q', 'i', 'u', 'x', 't', 'd', 's', 'o', 'g', 'v' -> at + 1;
            default -> throw BusException.of(Kind.MALFORMED, "a type signature holds an unknown type");
        };
    }

    private static int closing(String signature, int first, char close, int depth) throws BusException {
        int at = end(signature, first, depth + 1);
        while (at < signature.length() && signature.charAt(at) != close) {
            at = end(signature, at, depth + 1);
        }
        if (at >= signature.length()) {
            throw BusException.of(Kind.MALFORMED, "a type signature is not closed");
        }
        return at + 1;
    }

    /** At which multiple of bytes a type begins. */
    static int alignment(char type) {
        return switch (type) {
            case 'n', 'q' -> 2;
            case 'b', 'i', 'u', 's', 'o', 'a' -> 4;
            case 'x', 't', 'd', '(', '{' -> 8;
            default -> 1;
        };
    }
}
