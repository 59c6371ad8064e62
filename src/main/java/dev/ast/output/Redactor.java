package dev.ast.output;

import dev.ast.domain.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of what is printed: those that are known, in the forms in which they travel, and whatever has the
 * shape of one. The last line of defence behind {@link Secret}; messages are not supposed to hold any.
 */
public final class Redactor {
    /** What stands in place of a secret. */
    public static final String MASK = "[secret]";

    /** Shorter values are not looked for: they would mask parts of ordinary words. In characters. */
    static final int SHORTEST = 6;

    private static final int REMEMBERED = 1000;

    private final List<String> known = new CopyOnWriteArrayList<>();

    /** A secret that must not appear. The latest thousand are kept. */
    public void register(Secret secret) {
        String value = secret.reveal();
        if (value.length() < SHORTEST || known.contains(value)) {
            return;
        }
        known.add(value);
        while (known.size() > REMEMBERED) {
            known.remove(0);
        }
    }

    /** The text with every secret masked. */
    public String redact(String text) {
        String result = text;
        // The longest first, so that no end of a secret is left when another one is its beginning.
        for (String value : Stream.concat(known.stream(), Secret.known().stream())
                .flatMap(Redactor::forms)
                .distinct()
                .sorted((one, other) -> other.length() - one.length())
                .toList()) {
            result = result.replace(value, MASK);
        }
        for (Shape shape : Shape.values()) {
            result = shape.pattern.matcher(result).replaceAll(shape.replacement);
        }
        return result;
    }

    /** The forms in which a secret travels. */
    private static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The names of members with secrets. */
    private static final class Names {
        private static final String SECRET = "(?:access_?token|refresh_?token|id_?token|client_?secret|device_?code"
                + "|code_?verifier|assertion|password|passwd|api_?key)";
    }

    /** The patterns of secrets. */
    private enum Shape {
        PRIVATE_KEY("-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,30}-----)?", MASK),
        // RFC 7515 section 3.1: a JSON object in base64url begins with eyJ. Looked for once in each word, since a long
        // text would otherwise cost the square of its length.
        JWT("(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]*eyJ[A-Za-z0-9_-]{6})[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]*+){1,4}", MASK),
        // As in LABEL an ordinary sentence may follow, unless its first word is a scheme (RFC 9110 section 11.6.2).
        HEADER(
                "(?i)(\\b(?:proxy-)?authorization[\"']?\\s{0,3}+[:=]\\s{0,3}+[\"']?+)"
                        + "(?:(?=(?:bearer|basic|digest|dpop|token|negotiate|ntlm)\\s)|(?![A-Za-z]{1,20}(?:[\\s.,;]|$)))"
                        + "[^\\r\\n\"']+",
                "$1" + MASK),
        // A scheme with a word that is not an English one: it holds a digit or sign, or is very long.
        SCHEME(
                "(?i)(\\b(?:bearer|basic|dpop)\\s{1,3})(?=[A-Za-z]{0,40}[0-9._~+/=-]|[A-Za-z]{24})[A-Za-z0-9._~+/=-]{8,}",
                "$1" + MASK),
        // In data: behind an equals sign, or behind a quoted name.
        MEMBER(
                "(?i)(" + Names.SECRET + "(?:[\"']?\\s{0,3}=|[\"']\\s{0,3}:)\\s{0,3}[\"']?)[^\\s\"'&,;)}\\]]+",
                "$1" + MASK),
        // In a sentence an ordinary word may follow: "bad_refresh_token: The refresh token was revoked".
        LABEL(
                "(?i)(" + Names.SECRET + "\\s{0,3}:\\s{0,3})(?![A-Za-z]{1,20}(?:[\\s.,;]|$))[^\\s\"'&,;)}\\]]+",
                "$1" + MASK),
        PARAMETER("(?i)([?&](?:token|key)=)[^\\s\"'&]+", "$1" + MASK),
        // An authorization code, but not the few capitals and digits that a user types (RFC 8628 section 6.1):
        // Authentik's
        // address for them is /device?code=, and has to be shown.
        CODE("(?i)([?&]code=)(?!(?-i:[A-Z0-9]{2,9}(?:-[A-Z0-9]{2,6}){0,2})(?:[\\s\"'&]|$))[^\\s\"'&]+", "$1" + MASK),
        // RFC 3986 section 3.2.1: user information of an address.
        USER_INFO("(?i)(\\bhttps?://)[^\\s/@\"'\\[\\]]+@", "$1" + MASK + "@");

        private final Pattern pattern;
        private final String replacement;

        Shape(String pattern, String replacement) {
            this.pattern = Pattern.compile(pattern);
            this.replacement = replacement;
        }
    }
}
