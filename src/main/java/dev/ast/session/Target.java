package dev.ast.session;

import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.provider.Provider;

/**
 * The profile, provider and server of one command.
 *
 * @param profile the profile; one that nobody has set up yet is possible
 * @param provider its platform
 * @param server the server that the command talks to
 * @param home the server that credentials of this profile belong to: the same, unless {@code --server} names another
 * @param rule why this profile, for the user: {@code option --profile}, {@code environment AST_PROFILE}, …
 */
public record Target(Profile profile, Provider provider, ServerOrigin server, ServerOrigin home, String rule) {
    /** The profile with the server that its credentials belong to, which the environment may have named. */
    public Profile profileAtHome() {
        return profile.at(home);
    }
}
