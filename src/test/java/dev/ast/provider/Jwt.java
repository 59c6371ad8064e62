package dev.ast.provider;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens of the form of a JWT that nobody has signed. */
final class Jwt {
    private Jwt() {}

    static String of(String claims) {
        return part("{\"alg\":\"none\"}") + "." + part(claims) + "." + part("signature");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
