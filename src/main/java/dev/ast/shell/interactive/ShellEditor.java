package dev.ast.shell.interactive;

import dev.ast.credential.file.HistoryFile;
import dev.ast.shell.HelpView;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;

/** Sets up the line editor of the shell: what it completes, and what it shows in and below the line. */
final class ShellEditor {
    private final ShellTerminal terminal;
    private final ShellLoop.Parts parts;
    private final SecretFreeHistory history;

    ShellEditor(ShellTerminal terminal, ShellLoop.Parts parts, SecretFreeHistory history) {
        this.terminal = terminal;
        this.parts = parts;
        this.history = history;
    }

    private Optional<Catalog> known() {
        return parts.ready().get() ? Optional.of(parts.catalog().get()) : Optional.empty();
    }

    /** How the command of the line is used. */
    private Optional<String> usage(LineReader reader) {
        List<String> words = Tokenizer.parse(
                        reader.getBuffer().toString(), reader.getBuffer().cursor())
                .words();
        return known().flatMap(catalog -> CommandLine.of(catalog, words).named())
                .map(command -> HelpView.usage(command).replaceFirst("^ast ", ""));
    }

    /**
     * The line editor.
     *
     * @param shown what the bar shows
     * @param suggests whether the user wants a list while a word is typed
     * @param editOutside edits the line in the user's own editor
     */
    TypedLineReader reader(Supplier<Standing> shown, BooleanSupplier suggests, Predicate<TypedLineReader> editOutside) {
        Looks looks = Looks.of(terminal);
        TypedLineReader reader = new TypedLineReader(terminal.jline(), looks);
        reader.setParser(new WordParser());
        reader.setHistory(history);
        reader.setCompleter(new OperatorCompleter(new TabCompleter(parts.completer()), parts.completer()));
        reader.getWidgets().put(LineReader.EDIT_AND_EXECUTE_COMMAND, () -> editOutside.test(reader));
        reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "%P  > ");
        reader.setVariable(LineReader.HISTORY_SIZE, HistoryFile.MOST);
        reader.setVariable(LineReader.BELL_STYLE, "none");
        reader.option(Option.DISABLE_EVENT_EXPANSION, true); // `!` is an ordinary character
        reader.option(Option.AUTO_LIST, true);
        reader.option(Option.AUTO_MENU, true);
        reader.option(Option.INSERT_TAB, false);
        reader.option(Option.HISTORY_TIMESTAMPED, false);
        if (terminal.colors()) {
            reader.setHighlighter(new CommandHighlighter(
                    this::known, words -> parts.completer().get().expand(words)));
        } else {
            reader.setHighlighter(new CommandHighlighter(Optional::empty, words -> words));
        }
        if (!terminal.dumb()) {
            reader.setOpt(Option.AUTO_FRESH_LINE);
            reader.showBelow(screen -> Bar.on(screen, shown.get(), parts.unicode()));
            reader.suggestBelow(new Suggestions(
                    () -> suggests.getAsBoolean() && parts.ready().get(), parts.completer(), looks));
            reader.suggest(line -> Ghost.after(line, history, this::known));
            reader.explain(() -> usage(reader));
            reader.getWidgets()
                    .put(
                            LineReader.HISTORY_INCREMENTAL_SEARCH_BACKWARD,
                            () -> HistorySearch.run(reader, terminal, history));
        }
        return reader;
    }
}
