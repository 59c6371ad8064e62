package dev.ast.credential.keyring;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** The encoding of {@code zalando/go-keyring} for texts in the keychain of macOS. */
final class GoKeyring {
    private static final String BASE64 = "go-keyring-base64:";
    private static final String HEX = "go-keyring-encoded:";

    private GoKeyring() {}

    /** The text itself; what cannot be decoded stays as it is. */
    static String decoded(String stored) {
        try {
            if (stored.startsWith(BASE64)) {
                return new String(
                        Base64.getDecoder().decode(stored.substring(BASE64.length())), StandardCharsets.UTF_8);
            }
            if (stored.startsWith(HEX)) {
                return new String(HexFormat.of().parseHex(stored.substring(HEX.length())), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            return stored;
        }
        return stored;
    }
}
