package dev.ast.login.importing;

import dev.ast.domain.Identity;
import dev.ast.domain.Secret;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session as another program keeps it.
 *
 * @param source where it was found, for people
 * @param name what the profile is to be called, as far as it may
 * @param provider the platform
 * @param server where the file names one
 * @param issuer where the file names an address below a path
 * @param refresh the refresh token; empty where the program keeps none
 * @param expiresAt when the access token ends, according to the file
 * @param contexts what can be selected
 * @param context what is selected
 */
record Found(
        String source,
        String name,
        String provider,
        Optional<ServerOrigin> server,
        Optional<URI> issuer,
        Secret access,
        Optional<Secret> refresh,
        Optional<Instant> expiresAt,
        Identity identity,
        List<SelectedContext> contexts,
        Optional<SelectedContext> context) {}
