package dev.ast.reliability;

import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.Sessions;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A shell that stays open while its tokens end every few seconds: a working day in fast motion. Commands find a token
 * that is good, so that none waits for the server; memory and open files stay as they are.
 */
final class OpenShell {
    /** As short as the program renews ahead of time: a fifth of it, at least. */
    private static final Duration LIFE = Duration.ofSeconds(20);
    /** How long the server takes for a renewal; a command that waited for one would take longer. */
    private static final Duration SLOW = Duration.ofSeconds(3);

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int KIB = 1024;

    private OpenShell() {}

    /**
     * What was seen.
     *
     * @param commands how many were run
     * @param renewals how often the server gave new tokens
     * @param slowest the longest that a command took
     * @param before memory in MiB and open files after the first tenth
     * @param after the same at the end
     * @param wrong what must not happen
     */
    record Result(int commands, int renewals, Duration slowest, Use before, Use after, List<String> wrong) {}

    /** Memory in MiB and open files of a process. */
    record Use(long memory, long files) {}

    private static Duration round(Tmux tmux, int number) throws IOException {
        long begin = System.nanoTime();
        tmux.type("clear").keys("Enter");
        tmux.type("token | wc -c").keys("Enter");
        tmux.type("set n " + number).keys("Enter");
        tmux.waitFor("set n " + number + "\n", LONG);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    static Result run(Duration time) throws IOException {
        List<String> wrong = new ArrayList<>();
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create().env("AST_STORAGE", "file")) {
            server.life(LIFE).delay(request -> request.path().equals("/token") ? SLOW : Duration.ZERO);
            Sessions.signIn(world, server, "default", LIFE);
            try (Tmux tmux = Tmux.start(world)) {
                tmux.waitFor("ast>", LONG);
                long process = tmux.program();
                // The stored session is from yesterday: the first command is the one that may wait.
                round(tmux, 0);
                long end = System.nanoTime() + time.toNanos();
                long early = System.nanoTime() + time.toNanos() / 10;
                Use before = use(process);
                Duration slowest = Duration.ZERO;
                int commands = 0;
                while (System.nanoTime() < end) {
                    commands++;
                    Duration took = round(tmux, commands);
                    slowest = took.compareTo(slowest) > 0 ? took : slowest;
                    if (tmux.screen().contains("ast:")) {
                        wrong.add("command " + commands + " failed:\n" + tmux.screen());
                    }
                    if (System.nanoTime() < early) {
                        before = use(process);
                    }
                }
                Use after = use(process);
                if (slowest.compareTo(SLOW) >= 0) {
                    wrong.add("a command took " + slowest.toMillis() + " ms: it waited for a renewal");
                }
                if (after.files() > before.files() + 2) {
                    wrong.add(before.files() + " open files became " + after.files());
                }
                if (after.memory() > before.memory() + 32) {
                    wrong.add(before.memory() + " MiB became " + after.memory());
                }
                int renewals = server.tokenRequests("refresh_token").size();
                if (renewals < time.dividedBy(LIFE) / 2) {
                    wrong.add("only " + renewals + " renewals");
                }
                return new Result(commands, renewals, slowest, before, after, wrong);
            }
        }
    }

    private static Use use(long process) throws IOException {
        Path folder = Path.of("/proc", Long.toString(process));
        long pages = 0;
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                pages = Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB;
            }
        }
        try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
            return new Use(pages, files.count());
        }
    }

    static String table(Result result) {
        return "| commands | renewals | slowest command | MiB early, late | open files early, late | wrong |\n"
                + "| ---: | ---: | ---: | ---: | ---: | ---: |\n| " + result.commands() + " | " + result.renewals()
                + " | " + result.slowest().toMillis() + " ms | "
                + result.before().memory() + ", "
                + result.after().memory() + " | " + result.before().files() + ", "
                + result.after().files() + " | " + result.wrong().size() + " |\n";
    }
}
