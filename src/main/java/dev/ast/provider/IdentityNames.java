package dev.ast.provider;

import static dev.ast.provider.PlatformClient.joined;
import static dev.ast.provider.PlatformClient.text;

import dev.ast.domain.Identity;
import dev.ast.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Under which names a server's id_token and userinfo say who somebody is; the first member of a list that is there
 * counts. A name with dots that is no member itself leads into objects.
 *
 * @param subject the server's id of the user
 * @param name the name for people
 * @param email the e-mail address
 * @param account the account or user name
 */
public record IdentityNames(List<String> subject, List<String> name, List<String> email, List<String> account) {
    private static final Set<String> PARTS = Set.of("subject", "name", "email", "account");

    /**
     * OpenID Connect Core section 5.1; for servers without OpenID the names of GitHub, GitLab and others: {@code id},
     * {@code login}, {@code username}.
     */
    public static final IdentityNames STANDARD = new IdentityNames(
            List.of("sub", "id"),
            List.of("name"),
            List.of("email"),
            List.of("preferred_username", "login", "username"));

    /** Entra's tokens have the address under one of these, and no e-mail claim unless it was configured. */
    private static final List<String> ADDRESSES = List.of("preferred_username", "upn", "unique_name");

    /** Copies the lists. */
    public IdentityNames {
        subject = List.copyOf(subject);
        name = List.copyOf(name);
        email = List.copyOf(email);
        account = List.copyOf(account);
    }

    /**
     * The standard names, after those of a platform's own.
     *
     * @param user the member with the user's name, as Spring Boot's {@code user-name-attribute}: it is the account, and
     *     the subject where that has no name of its own
     * @param own the names by part: {@code subject}, {@code name}, {@code email}, {@code account}
     * @throws IllegalArgumentException for another part, or one without a name
     */
    public static IdentityNames of(Optional<String> user, Map<String, String> own) {
        if (user.isEmpty() && own.isEmpty()) {
            return STANDARD;
        }
        for (Map.Entry<String, String> one : own.entrySet()) {
            if (!PARTS.contains(one.getKey())) {
                throw new IllegalArgumentException("one of " + String.join(", ", new TreeSet<>(PARTS)));
            }
            if (one.getValue().isBlank()) {
                throw new IllegalArgumentException(one.getKey() + " names no member");
            }
        }
        return new IdentityNames(
                before(Optional.ofNullable(own.get("subject")).or(() -> user), STANDARD.subject),
                before(Optional.ofNullable(own.get("name")), STANDARD.name),
                before(Optional.ofNullable(own.get("email")), STANDARD.email),
                before(Optional.ofNullable(own.get("account")).or(() -> user), STANDARD.account));
    }

    private static List<String> before(Optional<String> first, List<String> others) {
        List<String> names = new ArrayList<>();
        first.ifPresent(names::add);
        names.addAll(others);
        return names;
    }

    /** Who the members are about. */
    public Identity identity(JsonObject members) {
        return new Identity(
                first(subject, one -> at(members, one, PlatformClient::id)),
                first(name, one -> at(members, one, PlatformClient::text))
                        .or(() -> joined(members, "given_name", "family_name")),
                first(email, one -> at(members, one, PlatformClient::text)),
                first(account, one -> at(members, one, PlatformClient::text)),
                List.of());
    }

    /** The same with a user name for the e-mail address, if nothing else has one and it has the form of one. */
    static Identity addressed(Identity known, Optional<JsonObject> members) {
        Optional<String> email = known.email()
                .or(() -> members.flatMap(
                        object -> first(ADDRESSES, one -> text(object, one).filter(IdentityNames::isAddress))));
        return new Identity(known.subject(), known.name(), email, known.account(), known.organizations());
    }

    private static Optional<String> first(List<String> names, Function<String, Optional<String>> reader) {
        return names.stream().map(reader).flatMap(Optional::stream).findFirst();
    }

    private interface Reader {
        Optional<String> read(JsonObject members, String name);
    }

    private static Optional<String> at(JsonObject members, String name, Reader reader) {
        int dot = members.has(name) ? -1 : name.indexOf('.');
        return dot < 0
                ? reader.read(members, name)
                : members.object(name.substring(0, dot)).flatMap(inner -> at(inner, name.substring(dot + 1), reader));
    }

    private static boolean isAddress(String text) {
        int at = text.indexOf('@');
        return at > 0
                && at == text.lastIndexOf('@')
                && at < text.length() - 1
                && text.chars().noneMatch(Character::isWhitespace);
    }
}
