package dev.ast.login;

import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.oauth.TokenRevocationClient;
import dev.ast.oauth.TokenRevocationClient.Outcome;
import dev.ast.provider.PlatformClients;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Revokes the tokens of several profiles at their servers, side by side and in ten seconds in all. */
public final class Revocations {
    /** How long all revocations may take together. */
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final int AT_ONCE = 16;

    private final Providers providers;
    private final PlatformClients clients;
    private final OAuthTokens tokens;
    private final TokenRevocationClient client;

    /** Revokes over the given parts. */
    public Revocations(Providers providers, PlatformClients clients, OAuthTokens tokens, TokenRevocationClient client) {
        this.providers = providers;
        this.clients = clients;
        this.tokens = tokens;
        this.client = client;
    }

    /**
     * Tokens to be revoked.
     *
     * @param profile as it was before its sign-out
     */
    public record Wanted(Profile profile, TokenSet tokens) {}

    /** Revokes everything; an interrupt ends what is under way, which then counts as not revoked. */
    public Map<ProfileName, Outcome> revoke(Map<ProfileName, Wanted> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(wanted.size(), AT_ONCE), work -> {
            Thread thread = new Thread(work, "revocation");
            thread.setDaemon(true);
            return thread;
        });
        Map<ProfileName, Future<Outcome>> asked = new LinkedHashMap<>();
        wanted.forEach((name, one) -> asked.put(name, threads.submit(() -> revoke(one))));
        long end = System.nanoTime() + DEADLINE.toNanos();
        Map<ProfileName, Outcome> outcomes = new LinkedHashMap<>();
        asked.forEach((name, future) -> outcomes.put(name, outcome(future, end - System.nanoTime())));
        threads.shutdownNow();
        return outcomes;
    }

    private static Outcome outcome(Future<Outcome> future, long nanos) {
        try {
            return future.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Outcome.NotRevoked("it did not answer within " + DEADLINE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.NotRevoked("it was not waited for");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FailureException failure) {
                return new Outcome.NotRevoked(failure.failure().message());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Outcome revoke(Wanted wanted) {
        Provider provider = providers.of(wanted.profile());
        if (provider.options().signIn() == PlatformOptions.SignIn.PASSWORD) {
            // There is no authorization server that could be asked.
            return new Outcome.NotOffered();
        }
        OAuthClient of = clients.of(provider, wanted.profile());
        return client.revoke(of, tokens.endpoints(of), wanted.tokens());
    }
}
