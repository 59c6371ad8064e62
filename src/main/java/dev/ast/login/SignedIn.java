package dev.ast.login;

import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import java.util.Optional;

/**
 * A sign-in that succeeded.
 *
 * @param storage where its tokens are; empty where none are stored
 * @param already whether the session was good before and nothing was done
 * @param activated whether the profile became the active one on the way
 */
public record SignedIn(
        Profile profile, ServerOrigin server, Optional<StorageKind> storage, boolean already, boolean activated) {}
