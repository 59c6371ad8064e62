package dev.ast.protocol;

import dev.ast.host.Environment;
import dev.ast.host.Programs;
import dev.ast.host.ShellText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Has the launcher become the program, so that signals, job control and exit code are the program's own. What the launcher
 * is to do is printed for it as lines of its shell, through a pipe that nobody else reads.
 */
public final class LauncherPlan implements ProgramRunner {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Environment environment;
    private final Set<String> secrets;
    private final BiFunction<ProgramAccess, Long, Path> keeper;
    private final long launcher;
    private final Consumer<String> printer;

    /**
     * Prints plans.
     *
     * @param secrets the variables that the program does not get
     * @param keeper starts a process that keeps a token file as long as another process lives; gives the file
     * @param launcher the process of the launcher, which becomes the program
     */
    public LauncherPlan(
            Environment environment,
            Set<String> secrets,
            BiFunction<ProgramAccess, Long, Path> keeper,
            long launcher,
            Consumer<String> printer) {
        this.environment = environment;
        this.secrets = secrets;
        this.keeper = keeper;
        this.launcher = launcher;
        this.printer = printer;
    }

    /** The launcher that waits for a plan; empty when it waits for the end of this process. */
    public static Optional<Long> launcher() {
        String process = System.getProperty("ast.plan", "");
        return process.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(process)) : Optional.empty();
    }

    @Override
    public int run(List<String> program, ProgramAccess access) {
        StringBuilder plan = new StringBuilder();
        Path file = Programs.require(program.get(0), environment);
        plan.append("ast_program=").append(ShellText.quoted(file.toString())).append('\n');
        for (String secret : new TreeSet<>(secrets)) {
            if (NAME.matcher(secret).matches()) {
                plan.append("unset ").append(secret).append('\n');
            }
        }
        access.variable()
                .ifPresent(name ->
                        export(plan, name, access.credential().tokens().access().reveal()));
        access.fileVariable()
                .ifPresent(name ->
                        export(plan, name, keeper.apply(access, launcher).toString()));
        printer.accept(plan.toString());
        return 0;
    }

    private static void export(StringBuilder plan, String name, String value) {
        plan.append("export ")
                .append(name)
                .append('=')
                .append(ShellText.quoted(value))
                .append('\n');
    }
}
