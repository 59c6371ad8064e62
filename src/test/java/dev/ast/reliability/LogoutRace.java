package dev.ast.reliability;

import com.nimbusds.jose.jwk.RSAKey;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.ManyRuns;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A sign-out against a renewal, begun within a second of each other: nothing may be stored or alive at the end. */
final class LogoutRace {
    private static final Duration END = Duration.ofMinutes(1);
    private static final RSAKey KEY = AuthorizationServer.newKey();

    private final Map<String, String> environment;

    LogoutRace(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What is wrong after so many rounds; empty where all ended well. */
    List<String> run(int rounds, int atOnce, long seed) {
        Random random = new Random(seed);
        List<Callable<List<String>>> works = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Random own = new Random(random.nextLong());
            works.add(() -> round(own));
        }
        return ManyRuns.all(works, atOnce).stream().flatMap(List::stream).toList();
    }

    private List<String> round(Random random) {
        Duration delay = Duration.ofMillis(random.nextInt(1000));
        long apart = TimeUnit.MILLISECONDS.toNanos(random.nextInt(1000));
        try (AuthorizationServer server = new AuthorizationServer(KEY);
                AstWorld world = KillRound.world(environment)) {
            Tokens old = Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
            server.delay(request -> request.path().equals("/token") ? delay : Duration.ZERO);
            boolean renewalFirst = random.nextInt(4) > 0;
            RunningAst first = start(world, renewalFirst ? "token" : "logout");
            LockSupport.parkNanos(apart);
            RunningAst second = start(world, renewalFirst ? "logout" : "token");
            AstResult renewal = (renewalFirst ? first : second).await(END);
            AstResult logout = (renewalFirst ? second : first).await(END);
            List<String> wrong = new ArrayList<>(HomeCheck.processesLeft(world));
            if (HomeCheck.hasSecret(world)) {
                wrong.add("something is stored");
            }
            if (server.lives(old.refresh())) {
                wrong.add("the session lives at the server");
            }
            if (logout.exit() != 0 || (renewal.exit() != 0 && renewal.exit() != 4)) {
                wrong.add("the commands end otherwise than they may");
            }
            wrong.replaceAll(what -> what + ": token " + renewal + ", logout " + logout);
            wrong.forEach(System.out::println);
            return wrong;
        }
    }

    private static RunningAst start(AstWorld world, String word) {
        RunningAst ast = world.start(word);
        ast.endInput();
        return ast;
    }
}
