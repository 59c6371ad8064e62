package dev.ast.login;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a sign-in waits for the user.
 *
 * @param paste {@code --paste}: whether the final address is asked for in any case
 * @param listen {@code --listen}: where the browser is waited for; port 0 stands for a free one
 * @param timeout {@code --timeout}: the longest time
 */
public record LoginWait(boolean paste, Optional<InetSocketAddress> listen, Optional<Duration> timeout) {
    private static final Duration UNATTENDED = Duration.ofMinutes(2);

    /**
     * When the wait ends: after the time that was asked for; without a terminal, where nobody may ever answer, after two
     * minutes; in no case later than at the last moment.
     */
    Instant until(Instant now, Instant last, SignInScreen screen) {
        Optional<Duration> longest = timeout.or(() -> screen.attended() ? Optional.empty() : Optional.of(UNATTENDED));
        return longest.map(now::plus).filter(last::isAfter).orElse(last);
    }
}
