package dev.ast.session;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the session of an interactive shell alive: renews it before a command would have to wait for that, under the
 * same lock as every renewal, and knows how long it lasts. Works in a thread of its own, which asks and prints nothing;
 * what the user should know is kept for the next prompt.
 */
public final class SessionKeeper {
    /** A token that lasts no longer than this is renewed: longer than the time in which a command would renew it. */
    public static final Duration AHEAD = Duration.ofMinutes(6);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

    private final Targets targets;
    private final Credentials credentials;
    private final InstantSource clock;
    private final Consumer<Runnable> quietly;
    private final ConcurrentLinkedQueue<String> news = new ConcurrentLinkedQueue<>();
    private final Semaphore looks = new Semaphore(0);
    private boolean begun;
    private volatile @Nullable Life life;
    private @Nullable String trouble;

    /**
     * How long the session of a profile lasts.
     *
     * @param accessEnd when the access token ends; empty for unknown
     * @param sessionEnd when the session itself ends: at the end of what renews it; empty for unknown
     * @param renewable whether it is renewed
     */
    public record Life(
            ProfileName profile, Optional<Instant> accessEnd, Optional<Instant> sessionEnd, boolean renewable) {
        /** The life of a session with these tokens. */
        public static Life of(ProfileName profile, TokenSet tokens) {
            boolean renewable = tokens.renewable();
            return new Life(
                    profile, tokens.expiresAt(), renewable ? tokens.refreshExpiresAt() : tokens.expiresAt(), renewable);
        }
    }

    /**
     * A keeper that does nothing until {@link #begin}.
     *
     * @param quietly runs work without questions and messages
     */
    public SessionKeeper(Targets targets, Credentials credentials, InstantSource clock, Consumer<Runnable> quietly) {
        this.targets = targets;
        this.credentials = credentials;
        this.clock = clock;
        this.quietly = quietly;
    }

    /** From now on there is a shell. */
    public synchronized void begin() {
        if (!begun) {
            begun = true;
            Thread thread = new Thread(() -> quietly.accept(this::keep), "session");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The user has run a command, which may have changed everything: looks again at once. */
    public void look() {
        looks.release();
    }

    /** How long the session lasts, as last seen; empty while nothing is known, or nobody is signed in. */
    public Optional<Life> life() {
        return Optional.ofNullable(life);
    }

    /** The next thing that the user should know; each is told once. */
    public Optional<String> news() {
        return Optional.ofNullable(news.poll());
    }

    private void keep() {
        try {
            while (true) {
                Duration pause = LONGEST_PAUSE;
                try {
                    pause = once();
                } catch (RuntimeException e) {
                    // A failure of the program itself: the command that meets it reports it.
                    life = null;
                }
                rest(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        if (looks.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            looks.drainPermits();
        }
    }

    /** Renews if it is time. @return how long nothing needs to be done */
    Duration once() {
        try {
            Target target = targets.resolve(Selection.NONE);
            if (credentials
                    .source(target, Optional.empty())
                    .filter(CredentialSource.StoredLogin.class::isInstance)
                    .isEmpty()) {
                life = null;
                return LONGEST_PAUSE;
            }
            ProfileName name = target.profile().name();
            credentials.current(target, Optional.empty()).ifPresent(known -> life = Life.of(name, known.tokens()));
            Optional<TokenSet> tokens = credentials.renewAhead(target, AHEAD);
            tokens.ifPresent(renewed -> life = Life.of(name, renewed));
            good();
            return tokens.map(known -> pause(known, AHEAD, clock.instant())).orElse(LONGEST_PAUSE);
        } catch (FailureException e) {
            bad(e.failure());
            return LONGEST_PAUSE;
        }
    }

    /**
     * How long a token that is renewed when it lasts no longer than a given time can be left alone. A tenth of its life is
     * short enough to meet the moment from which it is renewed.
     */
    public static Duration pause(TokenSet tokens, Duration ahead, Instant now) {
        if (tokens.expiresAt().isEmpty()) {
            return LONGEST_PAUSE;
        }
        Instant end = tokens.expiresAt().get();
        Duration tenth = Duration.between(tokens.issuedAt(), end).dividedBy(10);
        Duration left = Duration.between(now, end).minus(ahead);
        Duration wanted = left.compareTo(tenth) > 0 ? left : tenth;
        Duration bounded = wanted.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wanted;
        return bounded.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : bounded;
    }

    private void good() {
        if (trouble != null) {
            trouble = null;
            news.add("the server answers again");
        }
    }

    private void bad(Failure failure) {
        if (failure instanceof Failure.Unreachable && !failure.message().equals(trouble)) {
            if (trouble == null) {
                news.add("the session could not be renewed: " + failure.message());
            }
            trouble = failure.message();
        } else if (failure instanceof Failure.SessionEnded || failure instanceof Failure.NotSignedIn) {
            life = null;
        }
    }
}
