package dev.ast.session;

import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import java.util.Optional;

/**
 * What one command line says about who and where.
 *
 * @param profile {@code --profile}
 * @param context {@code --context}
 * @param server {@code --server}
 * @param token {@code --token}
 */
public record Selection(
        Optional<ProfileName> profile,
        Optional<String> context,
        Optional<ServerOrigin> server,
        Optional<Secret> token) {

    /** Nothing is said. */
    public static final Selection NONE =
            new Selection(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
