package dev.ast.shell.interactive;

import dev.ast.output.Visible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jline.keymap.KeyMap;
import org.jline.reader.Candidate;
import org.jline.reader.MaskingCallback;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;
import org.jline.widget.AutosuggestionWidgets;
import org.jspecify.annotations.Nullable;

/**
 * JLine's line editor, which writes the characters of the line to the terminal unchanged: pasted, recalled or suggested text
 * could set the title or clear the screen. Here control characters are shown by their names, also when the cursor's column
 * is calculated; the line itself keeps them. Keys are those of {@link LineKeys}.
 */
final class TypedLineReader extends LineReaderImpl {
    /** Shows the line. JLine asks it for what is displayed, and for the text before the cursor. */
    static final MaskingCallback VISIBLE = new MaskingCallback() {
        @Override
        public String display(String line) {
            return Visible.typed(line);
        }

        @Override
        public String history(String line) {
            return line;
        }
    };

    private static final long SETTLED_MILLIS = 150;
    private static final String TAB = "\t";
    private static final Widget NOTHING = () -> true;

    private final UnknownKeys unknown;
    private final CandidateList list;
    private final Looks looks;
    private Function<String, Ghost> ghosts = line -> Ghost.NONE;
    private Supplier<Optional<String>> usage = Optional::empty;
    private Function<Size, Optional<AttributedString>> below = screen -> Optional.empty();
    private @Nullable Suggestions suggestions;
    private int tabsInVain;
    private boolean noted;

    TypedLineReader(Terminal terminal, Looks looks) {
        super(terminal, "ast", new HashMap<>());
        this.looks = looks;
        list = new CandidateList(looks);
        setCompletionMatcher(new RankedMatcher());
        setVariable(LIST_MAX, 0); // it scrolls, so there is nothing to ask
        unknown = new UnknownKeys(bindingReader);
        LineKeys.bind(this, terminal, NOTHING);
        // Not at Escape, which begins every key that is no character.
        setVariable(SEARCH_TERMINATORS, "\n");
    }

    /** Reads the next key that means something; what is unknown neither inserts text nor ends a search or a list. */
    @Override
    protected <T> T doReadBinding(KeyMap<T> keys, KeyMap<T> local) {
        T bound = super.doReadBinding(keys, local);
        tabsInVain = TAB.equals(getLastBinding()) ? tabsInVain : 0;
        if (noted) {
            noted = false;
            post = null;
        }
        while (bound == NOTHING) {
            String key = getLastBinding();
            if (key.startsWith(KeySequences.ESCAPE) && !unknown.skip()) {
                return bound; // the Escape key itself
            }
            bound = super.doReadBinding(keys, local);
        }
        return bound;
    }

    /** In the order of the completer. */
    @Override
    protected Comparator<Candidate> getCandidateComparator(boolean caseInsensitive, String word) {
        return Comparator.naturalOrder();
    }

    /** The list of completions, in the rows that are left below the line. */
    @Override
    protected PostResult computePost(
            List<Candidate> possible,
            @Nullable Candidate selection,
            @Nullable List<Candidate> ordered,
            String completed) {
        List<Candidate> sorted = possible.stream().sorted().toList();
        if (ordered != null) {
            ordered.addAll(sorted);
        }
        int width = Math.max(size.getColumns(), 2);
        int line = AttributedStringBuilder.append(prompt, buf.toString())
                .columnSplitLength(width)
                .size();
        int rows = size.getRows() - line - 1;
        if (sorted.isEmpty() || rows < 1) {
            return new PostResult(AttributedString.EMPTY, 0, 0, 1);
        }
        AttributedString shown = list.show(sorted, selection, completed, width, rows);
        return new PostResult(shown, Math.min(rows, sorted.size()), 0, 1);
    }

    /**
     * Shows text after the cursor, where the terminal can set it apart from what is typed.
     *
     * @param suggested what follows a line; called at each key press
     */
    void suggest(Function<String, Ghost> suggested) {
        new AutosuggestionWidgets(this).enable();
        setAutosuggestion(SuggestionType.NONE); // JLine's own, which also takes lines that failed
        if (looks.faint()) {
            ghosts = suggested;
        }
    }

    /** Sets what a second Tab shows where there is nothing to complete. */
    void explain(Supplier<Optional<String>> usageOfCommand) {
        usage = usageOfCommand;
    }

    @Override
    protected boolean doComplete(CompletionType type, boolean useMenu, boolean prefix, boolean forSuggestion) {
        boolean completed = super.doComplete(type, useMenu, prefix, forSuggestion);
        if (!completed && ++tabsInVain > 1) {
            usage.get().ifPresent(this::note);
        }
        return completed;
    }

    /** Sets what stands below the line while it is typed and nothing else is there; called at each key press. */
    void showBelow(Function<Size, Optional<AttributedString>> line) {
        below = line;
    }

    /** Sets what is suggested below the line while a word is typed. */
    void suggestBelow(Suggestions list) {
        suggestions = list;
    }

    private AttributedString withRowsBelow(AttributedString typed) {
        if (state != State.NORMAL || post != null) {
            return typed;
        }
        List<AttributedString> rows = new ArrayList<>(List.of(typed));
        Suggestions suggested = suggestions;
        if (suggested != null) {
            int line = typed.columnSplitLength(Math.max(size.getColumns(), 2)).size();
            suggested
                    .under(buf.toString(), buf.cursor(), size, line + 2) // the bar, and one that stays free
                    .ifPresent(rows::add);
        }
        below.apply(size).ifPresent(rows::add);
        return AttributedString.join(new AttributedString("\n"), rows);
    }

    /** Draws the line anew for the screen's size of now, which another part has changed or used. */
    void refresh() {
        super.handleSignal(Signal.WINCH);
    }

    @Override
    protected void handleSignal(Signal signal) {
        // No key may be shown between the two, nor may anything be erased that is not drawn again.
        lock.lock();
        try {
            if (signal == Signal.WINCH) {
                fit(terminal.getSize());
            }
            super.handleSignal(signal);
        } finally {
            lock.unlock();
        }
    }

    /** JLine also takes a new size when it completes a word, without a signal and without a word to its display. */
    @Override
    protected void redisplay(boolean flush) {
        lock.lock();
        try {
            if (display instanceof SteadyDisplay) {
                fit(size);
            } else { // JLine's own, at the beginning of a line
                display = new SteadyDisplay(terminal, size);
            }
            super.redisplay(flush);
        } finally {
            lock.unlock();
        }
    }

    /**
     * At another size of the window the terminal has broken the bar into two lines, or joined them, which JLine does not
     * know: what stands from the line on is erased and drawn anew. A line of several rows is left to JLine.
     */
    private void fit(Size now) {
        int columns = display.getColumns();
        boolean fits = now.getColumns() == columns && now.getRows() == display.getRows();
        if (!reading || fits || now.getColumns() < 1 || now.getRows() < 1) {
            return;
        }
        int line = prompt.columnLength() + new AttributedString(buf.toString()).columnLength();
        if (line < Math.min(columns, now.getColumns())) {
            erase(now);
            CompletableFuture.delayedExecutor(SETTLED_MILLIS, TimeUnit.MILLISECONDS, TypedLineReader::inThread)
                    .execute(() -> settle(now));
        } else {
            display.resize(now);
        }
    }

    private void erase(Size now) {
        terminal.puts(Capability.carriage_return);
        terminal.puts(Capability.clr_eos);
        display = new SteadyDisplay(terminal, now);
    }

    // The common pool has one thread on a small machine, which something else may keep waiting.
    private static void inThread(Runnable work) {
        Thread thread = new Thread(work, "resize");
        thread.setDaemon(true);
        thread.start();
    }

    /** Once more, for what was written for the former size while the terminal had the new one already. */
    private void settle(Size then) {
        lock.lock();
        try {
            if (!reading) {
                return; // the terminal may be closed
            }
            Size now = terminal.getSize();
            boolean still = now.getColumns() == then.getColumns() && now.getRows() == then.getRows();
            boolean other = now.getColumns() != display.getColumns() || now.getRows() != display.getRows();
            // JLine may have noted a size for a completion that was not that of the window any more.
            if (still || other) {
                size = now;
                erase(now);
                redisplay();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Shows a message below the line until the next key. */
    void note(String message) {
        noted = true;
        post = () -> new AttributedString(Visible.field(message));
    }

    /** The line with prompts, the suggestion from history and the list of completions, which no callback sees. */
    @Override
    public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
        boolean suggesting = doAutosuggestion && post == null && buf.cursor() == buf.length();
        Ghost ghost = suggesting ? ghosts.apply(buf.toString()) : Ghost.NONE;
        tailTip = ghost.typable() ? ghost.text() : "";
        AttributedString line = super.getDisplayedBufferWithPrompts(secondaryPrompts);
        AttributedString all = ghost.text().isEmpty()
                ? line
                : new AttributedStringBuilder()
                        .append(line)
                        .styled(AttributedStyle::faint, ghost.text())
                        .toAttributedString();
        String text = all.toString();
        if (Visible.typed(text).equals(text)) {
            return withRowsBelow(all);
        }
        AttributedStringBuilder shown = new AttributedStringBuilder();
        for (int i = 0; i < text.length(); ) {
            int end = i + Character.charCount(text.codePointAt(i));
            shown.style(all.styleAt(i));
            shown.append(Visible.typed(text.substring(i, end)));
            i = end;
        }
        return withRowsBelow(shown.toAttributedString());
    }
}
