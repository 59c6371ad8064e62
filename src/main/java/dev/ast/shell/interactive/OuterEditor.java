package dev.ast.shell.interactive;

import dev.ast.credential.file.TemporaryFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Programs;
import dev.ast.host.Programs.Stream;
import dev.ast.shell.grammar.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Edits a text in the user's own editor, {@code VISUAL} or else {@code EDITOR}. It lies in a file of the home meanwhile,
 * closed to others; nothing is run.
 */
public final class OuterEditor {
    private static final String DIRECTORY = "edit-";

    private final Environment environment;
    private final Supplier<Programs> programs;
    private final Path home;
    private final BooleanSupplier ending;

    /**
     * What is edited.
     *
     * @param file the name of the file, whose end tells the editor what it is
     * @param unchanged what the user is told where nothing comes of it
     * @param longest the most bytes
     */
    public record Subject(String file, String unchanged, int longest) {
        /** A line of the shell. */
        static final Subject LINE = new Subject("line.txt", "the line is unchanged", 64 * 1024);
    }

    /**
     * An editor as set in the environment.
     *
     * @param programs starts it; may wait
     * @param home where the file lies
     * @param ending whether the shell has been asked to end, which ends the editor, too
     */
    public OuterEditor(Environment environment, Supplier<Programs> programs, Path home, BooleanSupplier ending) {
        this.environment = environment;
        this.programs = programs;
        this.home = home;
        this.ending = ending;
    }

    /** Edits a line of the shell. Throws as {@link #edit(String, Subject)}. */
    String edit(String line, ShellTerminal terminal) {
        return edit(line + "\n", Subject.LINE, terminal::lend).stripTrailing();
    }

    /**
     * Edits a text.
     *
     * @throws FailureException when no editor is set or found, or when it fails: the text is what it was
     */
    public String edit(String text, Subject subject) {
        return edit(text, subject, Supplier::get);
    }

    private String edit(String text, Subject subject, Function<Supplier<Integer>, Integer> around) {
        List<String> command = new ArrayList<>(command());
        Programs starting = programs.get();
        Path file = TemporaryFiles.privateFile(home, DIRECTORY, subject.file(), text);
        try {
            command.add(file.toString());
            int code = around.apply(
                    () -> end(starting.start(command, Map.of(), Stream.INHERIT, Stream.INHERIT, Stream.INHERIT)));
            if (code != 0) {
                throw Failure.failed(command.get(0) + " ended with code " + code, subject.unchanged());
            }
            byte[] edited = Files.readAllBytes(file);
            if (edited.length > subject.longest()) {
                throw Failure.failed("the text is too long", subject.unchanged());
            }
            return new String(edited, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Failure.failed("the edited text cannot be read", subject.unchanged());
        } finally {
            TemporaryFiles.deleteTree(Objects.requireNonNull(file.getParent()));
        }
    }

    private List<String> command() {
        String set = environment
                .get("VISUAL")
                .or(() -> environment.get("EDITOR"))
                .orElseThrow(() -> Failure.usage("no editor is set", "set VISUAL or EDITOR before starting ast"));
        List<String> words = new ArrayList<>(Tokenizer.words(set));
        if (words.isEmpty()) {
            words.add("");
        }
        Path program = Programs.find(words.get(0), environment)
                .orElseThrow(() -> Failure.failed("there is no program " + words.get(0), "set VISUAL or EDITOR"));
        words.set(0, program.toString());
        return words;
    }

    /** Waits for the editor. Ctrl-C is the editor's own affair, and the end of the shell ends it. */
    private int end(Process editor) {
        boolean interrupted = false;
        while (true) {
            try {
                int code = editor.waitFor();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return code;
            } catch (InterruptedException e) {
                if (ending.getAsBoolean()) {
                    interrupted = true;
                    editor.destroy();
                }
            }
        }
    }
}
