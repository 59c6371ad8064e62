package dev.ast.shell.interactive;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.Secret;
import dev.ast.host.Interrupts;
import dev.ast.output.Conversation;
import dev.ast.output.KeyWatch;
import dev.ast.output.Redactor;
import dev.ast.output.Typing;
import dev.ast.output.Visible;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.UserInterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The conversation inside the shell: messages are printed as elsewhere, questions are asked with the line editor, which
 * reads the keyboard. Answers never enter history, and Ctrl-C at a question ends the command.
 */
public final class JLineConversation implements Conversation {
    private static final Character HIDDEN = '\0';

    private final ShellTerminal terminal;
    private final Interrupts interrupts;
    private final Redactor redactor;
    private final Conversation plain;
    private final ToDoubleFunction<String> rank;
    private @Nullable LineReader reader;
    private Waiting waiting = () -> {};

    /**
     * The conversation of one command.
     *
     * @param plain prints messages, and asks where the terminal is too simple for the line editor
     * @param rank how recently and often a name was used
     */
    public JLineConversation(
            ShellTerminal terminal,
            Interrupts interrupts,
            Redactor redactor,
            Conversation plain,
            ToDoubleFunction<String> rank) {
        this.terminal = terminal;
        this.interrupts = interrupts;
        this.redactor = redactor;
        this.plain = plain;
        this.rank = rank;
    }

    @Override
    public void say(String line) {
        plain.say(line);
    }

    @Override
    public void show(String line) {
        plain.show(line);
    }

    @Override
    public void showAddress(String before, String address) {
        plain.showAddress(before, address);
    }

    @Override
    public boolean copy(String text) {
        return plain.copy(text);
    }

    @Override
    public void warn(String line) {
        plain.warn(line);
    }

    @Override
    public int columns() {
        return plain.columns();
    }

    @Override
    public boolean canAsk() {
        return plain.canAsk();
    }

    @Override
    public boolean attended() {
        return plain.attended();
    }

    @Override
    public Typing typing(String question) {
        if (simple()) {
            return plain.typing(question);
        }
        String prompt = Prompt.escape(shown(question + " (not shown): "));
        return new Typing(() -> {
            try {
                return Optional.of(
                        PatientReader.read(questions(), prompt, HIDDEN).toCharArray());
            } catch (EndOfFileException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public boolean confirm(String question, String instead) {
        if (simple()) {
            return plain.confirm(question, instead);
        }
        String answer = read(question + " [y/N] ", null, instead).orElse("").strip();
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    @Override
    public String ask(String question, String instead) {
        if (simple()) {
            return plain.ask(question, instead);
        }
        return read(question + ": ", null, instead)
                .map(String::strip)
                .filter(answer -> !answer.isEmpty())
                .orElseThrow(() -> noAnswer(instead));
    }

    @Override
    public Secret askSecret(String question, String instead) {
        if (simple()) {
            return plain.askSecret(question, instead);
        }
        Secret secret = read(question + " (not shown): ", HIDDEN, instead)
                .map(String::strip)
                .filter(answer -> !answer.isEmpty())
                .map(Secret::of)
                .orElseThrow(() -> noAnswer(instead));
        redactor.register(secret);
        return secret;
    }

    @Override
    public int choose(String question, List<Choice> choices, String instead) {
        if (simple() || choices.isEmpty()) {
            return plain.choose(question, choices, instead);
        }
        interrupts.check();
        waiting.close();
        List<Choice> shown = choices.stream()
                .map(one -> new Choice(shown(one.name()), shown(one.detail()), one.active()))
                .toList();
        try {
            return new Selector(terminal, shown(question), shown, rank)
                    .choose()
                    .orElseThrow(() -> new Failure.Left(Exit.FAILURE).asException());
        } catch (UserInterruptException e) {
            interrupts.check();
            throw new Failure.Left(Exit.INTERRUPTED).asException();
        }
    }

    @Override
    public Waiting waiting(String what) {
        waiting = plain.waiting(what);
        return waiting;
    }

    @Override
    public Waiting progress(Supplier<String> line) {
        waiting = plain.progress(line);
        return waiting;
    }

    @Override
    public <T> T during(Supplier<String> line, Supplier<T> work) {
        return plain.during(line, work);
    }

    @Override
    public boolean readsKeys() {
        return !simple() && plain.readsKeys();
    }

    @Override
    public <T> T during(Supplier<String> line, Key key, Supplier<T> work) {
        if (!readsKeys()) {
            return plain.during(line, work);
        }
        try (KeyWatch watch = KeyWatch.on(terminal.jline(), key)) {
            assert watch != null;
            return plain.during(line, work);
        }
    }

    /** Whether the plain conversation asks: on a terminal without a cursor, and where asking is an error. */
    private boolean simple() {
        return terminal.dumb() || !canAsk();
    }

    private Optional<String> read(String question, @Nullable Character mask, String instead) {
        interrupts.check();
        waiting.close();
        try {
            return Optional.of(PatientReader.read(questions(), Prompt.escape(shown(question)), mask));
        } catch (UserInterruptException e) {
            throw interrupted();
        } catch (EndOfFileException e) {
            throw noAnswer(instead);
        }
    }

    private LineReader questions() {
        LineReader known = reader;
        if (known == null) {
            TypedLineReader made = new TypedLineReader(terminal.jline(), Looks.PLAIN);
            made.setVariable(LineReader.DISABLE_HISTORY, true);
            made.setVariable(LineReader.DISABLE_COMPLETION, true);
            made.setVariable(LineReader.BELL_STYLE, "none");
            made.option(Option.DISABLE_EVENT_EXPANSION, true);
            made.setParser((line, cursor, context) ->
                    new WordParser().parse(line, cursor, org.jline.reader.Parser.ParseContext.UNSPECIFIED));
            known = made;
            reader = known;
        }
        return known;
    }

    private RuntimeException interrupted() {
        interrupts.check();
        return new Failure.Interrupted(Exit.INTERRUPTED).asException();
    }

    private static RuntimeException noAnswer(String instead) {
        return Failure.failed("no answer was given", "use " + instead);
    }

    private String shown(String text) {
        return Visible.field(redactor.redact(text));
    }
}
