package dev.ast.protocol;

import dev.ast.credential.file.TokenFiles;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.TokenSet;
import dev.ast.session.Credentials;
import dev.ast.session.SessionKeeper;
import dev.ast.session.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the token in a file fresh, as {@link SessionKeeper} does for a shell: renewed before it is stale, under the same
 * lock as every renewal. A failure leaves the token that is there, and is tried again.
 */
public final class TokenKeeper {
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Credentials credentials;
    private final InstantSource clock;
    private final Consumer<Runnable> quietly;

    /**
     * A keeper of the session's token.
     *
     * @param quietly runs work without questions and messages
     */
    public TokenKeeper(Credentials credentials, InstantSource clock, Consumer<Runnable> quietly) {
        this.credentials = credentials;
        this.clock = clock;
        this.quietly = quietly;
    }

    /** Keeps a file fresh until it is closed. */
    public interface Keeping extends AutoCloseable {
        @Override
        void close();
    }

    /** Keeps a file, which has the token of the access already, in a thread of its own. */
    public Keeping begin(TokenFiles.Kept file, ProgramAccess access) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = new Thread(() -> quietly.accept(() -> keep(file, access, ended)), "token file");
        thread.setDaemon(true);
        thread.start();
        return ended::countDown;
    }

    /** Keeps a file until the latch is down. */
    public void keep(TokenFiles.Kept file, ProgramAccess access, CountDownLatch ended) {
        if (!access.renewable()) {
            return;
        }
        Secret written = access.credential().tokens().access();
        Duration pause = Duration.ZERO;
        try {
            while (!ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                Once once = once(file, access.target(), written, access.ahead());
                written = once.token();
                pause = once.pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What one look at the token has come to.
     *
     * @param token what is in the file now
     * @param pause how long nothing needs to be done
     */
    record Once(Secret token, Duration pause) {}

    /** Renews the token if it is time, and writes it if it is another one. */
    Once once(TokenFiles.Kept file, Target target, Secret written, Duration minimum) {
        Duration ahead = minimum.compareTo(SessionKeeper.AHEAD) > 0 ? minimum : SessionKeeper.AHEAD;
        try {
            TokenSet tokens = credentials.fresh(target, Optional.empty(), ahead).tokens();
            if (!tokens.access().same(written)) {
                file.write(tokens.access());
            }
            return new Once(tokens.access(), SessionKeeper.pause(tokens, ahead, clock.instant()));
        } catch (FailureException e) {
            return new Once(written, AGAIN);
        }
    }
}
