package dev.ast.domain;

import java.util.Optional;

/**
 * An account, organization or workspace inside a profile.
 *
 * @param kind {@code account}, {@code organization} or {@code workspace}
 * @param id the server's id
 * @param name what people call it
 * @param authorityId the authorization server's id of it, where it has its own access token
 */
public record SelectedContext(String kind, String id, String name, Optional<String> authorityId) {
    /** The kind of an account. */
    public static final String ACCOUNT = "account";

    /** The kind of an organization. */
    public static final String ORGANIZATION = "organization";

    /** The kind of a workspace. */
    public static final String WORKSPACE = "workspace";

    /** A context that needs no access token of its own. */
    public SelectedContext(String kind, String id, String name) {
        this(kind, id, name, Optional.empty());
    }

    /** Whether both are the same thing on the server, whatever it is called now. */
    public boolean same(SelectedContext other) {
        return kind.equals(other.kind) && id.equals(other.id);
    }
}
