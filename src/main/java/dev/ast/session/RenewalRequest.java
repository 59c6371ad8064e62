package dev.ast.session;

import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a command asks of a renewal process, one JSON object on its standard input.
 *
 * @param profile whose session is to be renewed
 * @param organization the authorization server's id of the organization whose access token is wanted, if one is
 * @param stale the access token that is to be replaced; without one the organization has none yet
 */
record RenewalRequest(ProfileName profile, Optional<String> organization, Optional<Secret> stale) {

    /** Asks to replace what the command has found stale. */
    static RenewalRequest of(ProfileName profile, Optional<String> organization, TokenSet stored) {
        return new RenewalRequest(profile, organization, access(stored, organization));
    }

    /** Whether what is stored now is still what the command found stale. */
    boolean concerns(TokenSet stored) {
        Optional<Secret> now = access(stored, organization);
        return (now.isPresent() && stale.isPresent()) ? now.get().same(stale.get()) : now.equals(stale);
    }

    private static Optional<Secret> access(TokenSet stored, Optional<String> organization) {
        return organization.isEmpty()
                ? Optional.of(stored.access())
                : stored.inOrganization(organization.get()).map(TokenSet::access);
    }

    byte[] written() {
        JsonObject request = new JsonObject()
                .put("profile", profile)
                .put("organization", organization)
                .put("stale", stale.map(Secret::reveal));
        return LocalJson.write(request.members()).getBytes(StandardCharsets.UTF_8);
    }

    /** The request in these bytes; empty when they are something else, as when the command ended before it had written one. */
    static Optional<RenewalRequest> read(byte[] bytes) {
        return LocalJson.tryObject(bytes)
                .flatMap(request -> request.parsed("profile", ProfileName::new)
                        .map(profile -> new RenewalRequest(
                                profile, request.text("organization"), request.parsed("stale", Secret::of))));
    }
}
