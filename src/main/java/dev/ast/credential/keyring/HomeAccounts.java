package dev.ast.credential.keyring;

import dev.ast.domain.ProfileName;
import dev.ast.host.AstHome;
import java.util.Optional;

/**
 * The account names of one home. The usual home has the bare names of the profiles; any other one adds {@code @} and its
 * path, so that two homes never share an item. Names of profiles hold no {@code @}, so the two forms never meet.
 */
public final class HomeAccounts {
    private final String suffix;

    /** The accounts of this home. */
    public HomeAccounts(AstHome home) {
        this.suffix = home.standard() ? "" : "@" + home.directory();
    }

    /** The account of a profile, for example {@code work} or {@code work@/srv/build/ast}. */
    public String account(ProfileName profile) {
        return profile.value() + suffix;
    }

    /** The profile of an account; empty when the account belongs to another home or is none of ours. */
    public Optional<ProfileName> profile(String account) {
        int at = account.indexOf('@');
        String name = at < 0 ? account : account.substring(0, at);
        return account.equals(name + suffix) ? ProfileName.of(name) : Optional.empty();
    }
}
