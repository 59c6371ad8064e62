package dev.ast.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a profile: 1 to 64 letters, digits, dots, underscores or hyphens, starting with a letter or digit.
 * ASCII only, so that a name is safe in file names, keyring attributes and credential-helper protocols.
 */
public record ProfileName(String value) implements Comparable<ProfileName> {
    private static final int LONGEST = 64;

    /** The profile that exists without being created. */
    public static final ProfileName DEFAULT = new ProfileName("default");

    /**
     * Accepts a valid name.
     *
     * @throws FailureException (usage) for any other text
     */
    public ProfileName {
        if (!valid(value)) {
            throw Failure.usage(
                    "not a profile name: " + SecretShape.quoted(value, 80),
                    "use 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit");
        }
    }

    /** The name that a text is; empty when it is none. */
    public static Optional<ProfileName> of(String text) {
        return valid(text) ? Optional.of(new ProfileName(text)) : Optional.empty();
    }

    private static boolean valid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && (i == 0 || "._-".indexOf(c) < 0)) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST;
    }

    /** The command that signs in to this profile. */
    public String loginCommand() {
        return equals(DEFAULT) ? "ast login" : "ast login --profile " + value;
    }

    // By hand: what the compiler makes for a record is linked at run time, which costs a short command 40 ms.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProfileName name && value.equals(name.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(ProfileName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
