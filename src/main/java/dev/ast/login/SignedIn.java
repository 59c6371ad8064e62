package dev.ast.login;

import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;

/**
 * A sign-in that succeeded.
 *
 * @param already whether the session was good before and nothing was done
 * @param activated whether the profile became the active one on the way
 */
public record SignedIn(Profile profile, ServerOrigin server, StorageKind storage, boolean already, boolean activated) {}
