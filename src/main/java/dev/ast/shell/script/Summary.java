package dev.ast.shell.script;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Counts what a script has run: {@code 12 commands, 1 failed, 1.2 s}. */
public final class Summary implements Script.Target {
    private final Script.Target target;
    private final InstantSource clock;
    private final Instant begin;
    private int commands;
    private int failed;

    /** Counts what goes to a target, from now on. */
    public Summary(Script.Target target, InstantSource clock) {
        this.target = target;
        this.clock = clock;
        this.begin = clock.instant();
    }

    @Override
    public int run(String line, String place) {
        return counted(target.run(line, place));
    }

    @Override
    public int fail(Failure failure, String place) {
        return counted(target.fail(failure, place));
    }

    private int counted(int code) {
        commands++;
        failed += code == Exit.OK.code() ? 0 : 1;
        return code;
    }

    @Override
    public boolean ended() {
        return target.ended();
    }

    @Override
    public OptionalInt left() {
        return target.left();
    }

    @Override
    public Optional<Failure> interrupted() {
        return target.interrupted();
    }

    /** The line for people. */
    public String text() {
        double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
        return String.format(
                Locale.ROOT,
                "%d %s, %d failed, %.1f s",
                commands,
                commands == 1 ? "command" : "commands",
                failed,
                seconds);
    }
}
