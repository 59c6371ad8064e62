package dev.ast.shell.line;

import dev.ast.command.CommandSpec;
import dev.ast.credential.file.OutputFile;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.ProgramPipe;
import dev.ast.host.Programs;
import dev.ast.output.Elapsed;
import dev.ast.output.Redirection;
import dev.ast.output.Screen;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.ErrorOptions;
import dev.ast.shell.ShellCommands;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Pipeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * Runs the lines of a shell or script: replaces variables and aliases, lets the command run, and gives its result to
 * programs or a file.
 */
public final class LineExecution implements CommandRunner.Lines {
    /** The word before an exit code and the command that is to end with it. */
    public static final String EXPECT = "expect";

    /** What stands before a program that is run in place of a command. */
    private static final String PROGRAM = "!";

    /** Commands beside those with lists whose results can be long. */
    private static final Set<String> LONG = Set.of("doctor", "help", "api", "completion");
    /** Commands in which the user takes part, so that their time says nothing. */
    private static final Set<String> TALKATIVE =
            Set.of("login", "sandbox", "auth import", "exec", "profile use", "context use");

    private final CommandRunner commands;
    private final Parts parts;
    private final Options options;

    /**
     * What lines are run with.
     *
     * @param state what is known from line to line
     * @param programs starts other programs
     * @param allowed where {@code !PROGRAM} may do so
     */
    public record Parts(
            Catalog catalog,
            LineState state,
            Screen screen,
            Supplier<Programs> programs,
            Supplier<ProgramsAllowed> allowed,
            Environment environment,
            Interrupts interrupts) {}

    /**
     * How lines are run.
     *
     * @param defaults completes the words of a command
     * @param trace receives each line that is about to run
     * @param dryRun whether lines are only checked; variables are set
     * @param watched where a user sees what happens, as in the shell
     */
    public record Options(
            UnaryOperator<List<String>> defaults,
            Optional<Consumer<String>> trace,
            boolean dryRun,
            Optional<Watched> watched) {}

    /**
     * A user who waits for results.
     *
     * @param pager shows what is longer than the screen
     * @param clock tells how long a command takes
     */
    public record Watched(Pager pager, InstantSource clock) {}

    /** Runs lines whose commands are run by the given runner, which reports their failures. */
    public LineExecution(CommandRunner commands, Parts parts, Options options) {
        this.commands = commands;
        this.parts = parts;
        this.options = options;
    }

    @Override
    public List<String> options(String line) {
        return options.defaults().apply(ErrorOptions.words(line));
    }

    @Override
    public int run(String line, String place) {
        Pipeline typed = Pipeline.of(line, parts.state().variables()::value);
        if (typed.isNothing()) {
            return Exit.OK.code();
        }
        options.trace().ifPresent(trace -> trace.accept(line));
        boolean named = typed.words().size() > 1 && typed.words().get(0).equals("ast");
        List<String> written = named ? typed.words().subList(1, typed.words().size()) : typed.words();
        List<String> words = parts.state().expand(AliasCommand.quoted(written), parts.catalog());
        if (!words.get(0).equals(EXPECT)) {
            return command(words, typed, place);
        }
        if (words.size() < 3) {
            throw Failure.usage("expect needs an exit code and a command", "expect CODE COMMAND");
        }
        int expected = ShellCommands.code(words.get(1));
        List<String> inner = parts.state().expand(words.subList(2, words.size()), parts.catalog());
        int code = command(inner, typed, options.dryRun() ? place : "");
        boolean ended = code == Exit.INTERRUPTED.code() || code == Exit.TERMINATED.code();
        if (options.dryRun() || (ended && parts.interrupts().pending())) {
            return code;
        }
        if (code != expected) {
            throw new Failure.Failed(
                            "expected exit code " + expected + ", but the command ended with " + code, Optional.empty())
                    .asException();
        }
        return Exit.OK.code();
    }

    private int command(List<String> words, Pipeline typed, String place) {
        if (words.get(0).startsWith(PROGRAM)) {
            return program(words, typed);
        }
        List<String> whole = options.defaults().apply(words);
        CommandLine read = CommandLine.of(parts.catalog(), whole);
        boolean wrong = read.failure().isPresent();
        if (options.dryRun()) {
            boolean sets = !wrong && read.command().name().equals(LineCommands.SET);
            return wrong || sets ? commands.run(read, place) : Exit.OK.code();
        }
        if (wrong || typed.isPlain()) {
            return wrong || options.watched().isEmpty()
                    ? commands.run(read, place)
                    : watched(read, options.watched().get());
        }
        boolean secret = read.command().result() == CommandSpec.Result.SECRET;
        Optional<String> file = file(typed);
        boolean append = typed.file().isPresent() && typed.file().get().append();
        return typed.programs().isEmpty()
                ? toFile(read, file.orElseThrow(), append, secret, place)
                : toPrograms(read, typed.programs(), file, append, secret, place);
    }

    private int watched(CommandLine line, Watched user) {
        CommandSpec command = line.command();
        boolean pages = command.result() == CommandSpec.Result.LIST || LONG.contains(command.name());
        Instant begin = user.clock().instant();
        Optional<Redirection> held = pages ? Optional.of(parts.screen().collect()) : Optional.empty();
        int code;
        try {
            code = commands.run(line, "");
        } finally {
            held.ifPresent(Redirection::close);
        }
        Duration time = Duration.between(begin, user.clock().instant());
        held.flatMap(Redirection::collected)
                .filter(text -> text.length > 0 && !user.pager().show(text))
                .ifPresent(text -> parts.screen().out(new String(text, StandardCharsets.UTF_8)));
        parts.screen().flush();
        if (!line.global().quiet() && !TALKATIVE.contains(command.name())) {
            // An answer on its way to a file or a program is not what this user looks at.
            boolean answered = code == Exit.OK.code()
                    && command.result() == CommandSpec.Result.ANSWER
                    && parts.screen().isTerminal(Screen.Stream.OUT);
            Optional<String> answer =
                    answered ? parts.state().last().summary(Elapsed.separator(parts.screen())) : Optional.empty();
            Elapsed.print(parts.screen(), answer, time);
        }
        return code;
    }

    private int toFile(CommandLine line, String file, boolean append, boolean secret, String place) {
        try (OutputStream target = OutputFile.open(file, append, secret);
                Redirection elsewhere = parts.screen().redirect(target, file, false)) {
            assert elsewhere != null;
            return commands.run(line, place);
        } catch (IOException e) {
            throw new Failure.Failed("cannot write to " + file + ": " + e.getMessage(), Optional.empty()).asException();
        }
    }

    private int toPrograms(
            CommandLine line,
            List<List<String>> programs,
            Optional<String> file,
            boolean append,
            boolean secret,
            String place) {
        return run(programs, Programs.Stream.PIPE, file, append, secret, pipe -> feed(line, pipe, place));
    }

    /** {@code !PROGRAM ARGS}, perhaps with further programs and a file. */
    private int program(List<String> words, Pipeline typed) {
        boolean shell = options.watched().isPresent();
        parts.allowed().get().require(shell);
        List<String> first = new ArrayList<>(words);
        String name = first.remove(0).substring(PROGRAM.length());
        if (!name.isEmpty()) {
            first.add(0, name);
        }
        if (first.isEmpty()) {
            throw Failure.usage("a program is missing after !", "!PROGRAM");
        }
        if (options.dryRun()) {
            return Exit.OK.code();
        }
        List<List<String>> programs = new ArrayList<>(List.of(first));
        programs.addAll(typed.programs());
        // The input of a script may be the script.
        Programs.Stream in = shell ? Programs.Stream.INHERIT : Programs.Stream.NOWHERE;
        boolean append = typed.file().isPresent() && typed.file().get().append();
        return run(programs, in, file(typed), append, false, pipe -> Exit.OK.code());
    }

    private int run(
            List<List<String>> programs,
            Programs.Stream in,
            Optional<String> file,
            boolean append,
            boolean secret,
            ToIntFunction<ProgramPipe> meanwhile) {
        parts.screen().flush();
        file.ifPresent(name -> create(name, append, secret));
        ProgramPipe pipe = parts.programs().get().pipe(programs, in, file, parts.environment(), parts.interrupts());
        try (Interrupts.Registration ending = pipe.endAtInterrupt()) {
            assert ending != null;
            int code = meanwhile.applyAsInt(pipe);
            Optional<String> failed = pipe.await();
            if (code != Exit.OK.code()) {
                return code;
            }
            parts.interrupts().check();
            failed.ifPresent(what -> {
                throw new Failure.Failed(what, Optional.empty()).asException();
            });
            return code;
        }
    }

    private Optional<String> file(Pipeline typed) {
        return typed.file().map(target -> target.home() ? parts.environment().expand(target.name()) : target.name());
    }

    private int feed(CommandLine line, ProgramPipe pipe, String place) {
        Redirection elsewhere = parts.screen().redirect(pipe.input(), "the program", true);
        int code;
        try (elsewhere) {
            code = commands.run(line, place);
        } finally {
            pipe.endInput();
        }
        // A program that has stopped reading has all that it wanted.
        return code == Exit.FAILURE.code() && elsewhere.readerLeft() ? Exit.OK.code() : code;
    }

    // The last program appends to it.
    private static void create(String file, boolean append, boolean secret) {
        try {
            OutputFile.open(file, append, secret).close();
        } catch (IOException e) {
            throw new Failure.Failed("cannot write to " + file + ": " + e.getMessage(), Optional.empty()).asException();
        }
    }
}
