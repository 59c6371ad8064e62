package dev.ast.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes words that look like tokens or keys, where a false positive costs little: a line that is not
 * remembered, a text that is not repeated in a message. It knows no short passwords.
 */
public final class SecretShape {
    /**
     * RFC 7519: the base64url text of a JSON object, a dot, and more of the same. Looked for once in each word, since a
     * long text would otherwise cost the square of its length.
     */
    private static final Pattern JWT =
            Pattern.compile("(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]*eyJ[A-Za-z0-9_-]{5})[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]");

    /** Hexadecimal and base62 keys: no separators, letters and digits mixed. */
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]{20,}");

    /** Base64 and base64url texts. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9_+-]{32,}");

    private SecretShape() {}

    /**
     * A text as a message may repeat it: in quotes and cut to a length, or not at all when it looks like a secret in
     * the wrong place.
     *
     * @param longest in characters
     */
    public static String quoted(String word, int longest) {
        if (matches(word)) {
            return "(a word that looks like a token)";
        }
        return "'" + cut(word, longest) + "'";
    }

    /** The text, ended by {@code …} where it is longer than that many characters. */
    public static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) + "…" : text;
    }

    /** Whether the word, or a part of it, looks like a secret. */
    public static boolean matches(String word) {
        return JWT.matcher(word).find() || holdsRun(word) || holdsBase64(word);
    }

    private static boolean holdsRun(String word) {
        Matcher run = RUN.matcher(word);
        while (run.find()) {
            String text = run.group();
            long digits = text.chars().filter(Character::isDigit).count();
            if (digits >= 2 && digits <= text.length() - 2) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsBase64(String word) {
        Matcher run = BASE64.matcher(word);
        while (run.find()) {
            String text = run.group();
            long upper = text.chars().filter(Character::isUpperCase).count();
            boolean mixed = upper > 0 && text.chars().anyMatch(Character::isLowerCase);
            // Random letters alone are rare, but then every third or so is a capital; in a long name few are.
            if (mixed && (upper >= 8 || text.chars().anyMatch(Character::isDigit))) {
                return true;
            }
        }
        return false;
    }
}
