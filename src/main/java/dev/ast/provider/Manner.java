package dev.ast.provider;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a platform does in a way of its own.
 *
 * @param api how its API tells who is signed in: {@code accounts}; empty for OpenID Connect
 * @param prefersBrowser whether its own way of signing in is the browser on this machine; else it is a code
 * @param redirectPort the port that the browser comes back to; 0, as it should be, for a free one
 * @param assumedLife how long an access token lives where the server does not say; empty for unknown
 * @param claimsName whether a person without an account chooses its name at the first sign-in
 * @param serverVariables environment variables that name the server
 */
public record Manner(
        Optional<String> api,
        boolean prefersBrowser,
        int redirectPort,
        Optional<Duration> assumedLife,
        boolean claimsName,
        List<String> serverVariables) {
    /** Nothing out of the ordinary. */
    public static final Manner PLAIN = new Manner(Optional.empty(), false, 0, Optional.empty(), false, List.of());

    /** Copies the list. */
    public Manner {
        serverVariables = List.copyOf(serverVariables);
    }
}
