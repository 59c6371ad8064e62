package dev.ast.app;

import dev.ast.domain.FailureException;
import dev.ast.host.Sleeper;
import dev.ast.session.OAuthRenewal;
import dev.ast.session.RenewalTask;

/**
 * The process that renews a session for another command, see {@link dev.ast.session.RenewalProcess}. It uses the parts of
 * the program without Spring's beans: the command waits for it, and starting them would take a sixth of that time (the row
 * of {@code token} with a refresh in {@code docs/performance.md}).
 */
public final class Renewal {
    private Renewal() {}

    /**
     * Renews what standard input asks for, and answers on standard output.
     *
     * @return the exit code
     * @throws FailureException (usage) when {@code config.yml} cannot be used
     */
    public static int run(Foundation base) {
        PlainParts parts = PlainParts.over(base);
        return new RenewalTask(
                        new OAuthRenewal(parts.online()::oauth), parts.store().sessions(), Sleeper.plain())
                .run(base.input().standard(), base.screen().bytes())
                .code();
    }
}
