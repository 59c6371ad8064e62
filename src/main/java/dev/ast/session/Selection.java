package dev.ast.session;

import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import java.util.Optional;

/**
 * The profile, server and credential that one command line names.
 *
 * @param profile {@code --profile}
 * @param context {@code --context}
 * @param server {@code --server}
 * @param token {@code --token}
 * @param platform the platform that the command itself belongs to; it counts where no profile was chosen or made
 */
public record Selection(
        Optional<ProfileName> profile,
        Optional<String> context,
        Optional<ServerOrigin> server,
        Optional<Secret> token,
        Optional<String> platform) {

    /** The selection for a command of every platform. */
    public Selection(
            Optional<ProfileName> profile,
            Optional<String> context,
            Optional<ServerOrigin> server,
            Optional<Secret> token) {
        this(profile, context, server, token, Optional.empty());
    }

    /** Only a profile is named. */
    public static Selection of(ProfileName profile) {
        return new Selection(Optional.of(profile), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same for a command of one platform. */
    public Selection on(String id) {
        return new Selection(profile, context, server, token, Optional.of(id));
    }

    /** The same with the token of another. */
    Selection withTokenOf(Selection other) {
        return new Selection(profile, context, server, other.token(), platform);
    }

    /** Nothing is given. */
    public static final Selection NONE =
            new Selection(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
