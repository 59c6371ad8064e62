package dev.ast.diagnosis;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.oauth.TokenRevocationClient;
import dev.ast.profile.Profiles;
import dev.ast.provider.PlatformClients;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The servers of the profiles: whether they can be reached through proxy and TLS, what their clocks say, and whether their
 * metadata has what signing in and out needs. No credential is sent.
 */
public final class ServerChecks {
    private static final Duration DEADLINE = Duration.ofSeconds(8);
    private static final Duration DRIFT = Duration.ofSeconds(60);
    /** What the verification of an id_token tolerates. */
    private static final Duration MOST_DRIFT = Duration.ofMinutes(5);

    private static final int MOST_SERVERS = 40;

    private final Profiles profiles;
    private final Providers providers;
    private final PlatformClients clients;
    private final OAuthTokens oauth;
    private final TokenRevocationClient revocation;
    private final Http http;
    private final InstantSource clock;

    /** Checks over the given client for HTTP. */
    public ServerChecks(
            Profiles profiles,
            Providers providers,
            PlatformClients clients,
            OAuthTokens oauth,
            TokenRevocationClient revocation,
            Http http,
            InstantSource clock) {
        this.profiles = profiles;
        this.providers = providers;
        this.clients = clients;
        this.oauth = oauth;
        this.revocation = revocation;
        this.http = http;
        this.clock = clock;
    }

    /** What can be found out about certificates without a server. */
    public List<Check> local() {
        return List.of(new Check("certificates", () -> {
            http.requireTrust();
            return List.of(Finding.ok("the certificate authorities can be read"));
        }));
    }

    /**
     * A check for each server; profiles with the same server, issuer and provider share one.
     *
     * @param only the profile whose server is checked; those of all if it is not given
     * @throws FailureException (storage) when the profiles cannot be read
     */
    public List<Check> of(Optional<ProfileName> only) {
        Map<String, List<Profile>> groups = new LinkedHashMap<>();
        for (Profile profile : profiles.list().all()) {
            if (only.filter(name -> !name.equals(profile.name())).isPresent()) {
                continue;
            }
            String key = profile.provider() + " " + profile.server() + " " + profile.issuer();
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(profile);
        }
        List<Check> checks = new ArrayList<>();
        for (List<Profile> group : groups.values()) {
            if (checks.size() < MOST_SERVERS) {
                Profile first = group.get(0);
                String who = group.size() == 1
                        ? "profile " + first.name()
                        : "profile " + first.name() + " and " + (group.size() - 1) + " more";
                checks.add(new Check("server", Optional.of(who), () -> server(first, who)));
            }
        }
        return checks;
    }

    private List<Finding> server(Profile profile, String who) {
        List<Finding> found = new ArrayList<>();
        try {
            Provider provider = providers.of(profile);
            ServerOrigin server = provider.serverOf(profile);
            found.addAll(reach(server));
            if (provider.options().signIn() != PlatformOptions.SignIn.PASSWORD
                    && found.stream().noneMatch(Finding::matters)) {
                found.addAll(metadata(clients.of(provider, profile), server));
            }
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            found.add(Finding.of(e.failure(), "the settings of a profile cannot be used"));
        }
        return found.stream()
                .map(one -> one.about().isPresent() ? one.about(one.about().get() + " (" + who + ")") : one.about(who))
                .toList();
    }

    /** Whether a server answers at all, whatever it says, and how late it is there. */
    private List<Finding> reach(ServerOrigin server) {
        Instant begin = clock.instant();
        HttpAnswer answer;
        try {
            answer = http.send(HttpCall.of("HEAD", server.resolve("/")).deadline(DEADLINE));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            Finding failed = Finding.of(e.failure(), "cannot be reached");
            return List.of((e.failure().hint().isPresent() ? failed : failed.next("check the network and the proxy"))
                    .about(server));
        }
        String way = http.proxyFor(server)
                .map(proxy -> ", through the proxy " + proxy)
                .orElse("");
        List<Finding> found = new ArrayList<>();
        found.add(Finding.ok("answers").about(server).detail("HTTP " + answer.status() + way));
        answer.date().flatMap(date -> drift(begin, clock.instant(), date)).ifPresent(found::add);
        return found;
    }

    // The header has whole seconds, and the answer was under way for a while.
    private static Optional<Finding> drift(Instant begin, Instant end, Instant server) {
        Duration late = server.isBefore(begin.minusSeconds(1))
                ? Duration.between(server, begin)
                : Duration.between(end, server);
        if (late.compareTo(DRIFT) < 0) {
            return Optional.empty();
        }
        String next = "set the clock of this machine";
        String what = "the clock of this machine and that of the server differ by more than a minute";
        Finding found = late.compareTo(MOST_DRIFT) < 0
                ? Finding.warning(what, next)
                : Finding.failed(
                        Exit.FAILURE,
                        "the clock of this machine and that of the server differ by more than five minutes",
                        next);
        return Optional.of(found.detail("the server says " + server));
    }

    private List<Finding> metadata(OAuthClient client, ServerOrigin server) {
        List<Finding> found = new ArrayList<>();
        Endpoints endpoints;
        try {
            endpoints = oauth.endpoints(client);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return List.of(Finding.of(e.failure(), "the metadata of the authorization server cannot be used"));
        }
        Optional<ServerOrigin> authority = endpoints.token().map(ServerOrigin::of);
        if (authority.isPresent() && !authority.get().equals(server)) {
            found.addAll(reach(authority.get()));
        }
        if (endpoints.deviceAuthorization().isEmpty()
                && endpoints.authorization().isEmpty()) {
            found.add(Finding.warning(
                    "the server offers neither a sign-in by code nor one by browser",
                    "sign in with a token: ast login --with-token"));
        }
        if (found.stream().noneMatch(one -> one.level() == Finding.Level.FAILED)) {
            found.add(
                    revocation.offered(client, endpoints)
                            ? Finding.ok("sign-in and sign-out are offered")
                            : Finding.warning(
                                    "the server has no revocation endpoint, so that a sign-out ends nothing there",
                                    "end sessions on the platform's own pages, or set revocation-uri in config.yml"));
        }
        return found;
    }
}
