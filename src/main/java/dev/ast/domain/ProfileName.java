package dev.ast.domain;

import java.util.regex.Pattern;

/**
 * The name of a profile: 1 to 64 letters, digits, dots, underscores or hyphens, starting with a letter or digit.
 * ASCII only, so that a name is safe in file names, keyring attributes and credential-helper protocols.
 */
public record ProfileName(String value) implements Comparable<ProfileName> {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** The profile that exists without being created. */
    public static final ProfileName DEFAULT = new ProfileName("default");

    /**
     * Accepts a valid name.
     *
     * @throws FailureException (usage) for any other text
     */
    public ProfileName {
        if (!VALID.matcher(value).matches()) {
            throw Failure.usage(
                    "not a profile name: '" + (value.length() > 80 ? value.substring(0, 80) + "…" : value) + "'",
                    "use 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit");
        }
    }

    /** The command that signs in to this profile. */
    public String loginCommand() {
        return equals(DEFAULT) ? "ast login" : "ast login --profile " + value;
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
