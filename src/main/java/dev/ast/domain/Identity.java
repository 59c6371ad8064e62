package dev.ast.domain;

import java.util.List;
import java.util.Optional;

/**
 * Who is signed in, as far as the server reported it.
 *
 * @param subject the server's id of the user (OpenID Connect {@code sub})
 * @param name the name for people
 * @param email the e-mail address
 * @param account the account on the platform, where it has such
 * @param organizations names of the organizations that the user belongs to
 */
public record Identity(
        Optional<String> subject,
        Optional<String> name,
        Optional<String> email,
        Optional<String> account,
        List<String> organizations) {

    /** Nothing is known. */
    public static final Identity UNKNOWN =
            new Identity(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** Copies the organizations. */
    public Identity {
        organizations = List.copyOf(organizations);
    }

    /** Whether nothing is known. */
    public boolean isUnknown() {
        return subject.isEmpty() && label().isEmpty();
    }

    /** The shortest text that identifies the user: e-mail, name, account or id. */
    public Optional<String> label() {
        return email.or(() -> name).or(() -> account).or(() -> subject);
    }
}
