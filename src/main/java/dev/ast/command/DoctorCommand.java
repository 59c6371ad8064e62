package dev.ast.command;

import dev.ast.diagnosis.Diagnosis;
import dev.ast.diagnosis.Examination;
import dev.ast.output.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** {@code doctor}: what is wrong here, and what to do about it. */
public final class DoctorCommand {
    private static final OptionSpec FIX = OptionSpec.flag("fix", "Repair what is safe to repair, and say what");
    private static final OptionSpec OFFLINE = OptionSpec.flag("offline", "Leave out the servers");
    private static final OptionSpec WRITE_TEST =
            OptionSpec.flag("write-test", "Write an item to each store, and remove it again");
    private static final OptionSpec BUNDLE = OptionSpec.value(
                    "bundle", "FILE", "Write a report for others, without names, addresses and tokens")
            .from(Values.FILE);

    private final Supplier<Examination> examination;

    /** A command over the given use case. */
    public DoctorCommand(Supplier<Examination> examination) {
        this.examination = examination;
    }

    /** Its description. */
    public CommandSpec spec() {
        return CommandSpec.named("doctor", "Settings", "Check files, stores, servers and helpers, and say what to do")
                .describe(
                        "Reads only, unless --fix or --write-test is given; no token is sent anywhere. Each line is ok,"
                                + " warning or failed. With --profile, only the server of that profile is asked. The exit"
                                + " code is 0, or that of the worst failure.")
                .option(FIX, OFFLINE, WRITE_TEST, BUNDLE)
                .does(this::run);
    }

    private Object run(Call call) {
        Examination.Request request = new Examination.Request(
                call.has(OFFLINE.name()),
                call.has(FIX.name()),
                call.has(WRITE_TEST.name()),
                bundle(call),
                call.global().profile());
        AtomicReference<String> now = new AtomicReference<>("the home");
        Supplier<Diagnosis> work = () -> examination.get().run(request, now::set);
        Diagnosis found = call.conversation().attended()
                ? call.conversation().during(() -> "checking: " + now.get(), work)
                : work.get();
        return new Outcome(found, found.exit().code(), Optional.empty());
    }

    private static Optional<String> bundle(Call call) {
        return call.option(BUNDLE.name());
    }
}
