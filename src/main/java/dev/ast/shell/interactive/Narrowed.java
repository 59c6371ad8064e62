package dev.ast.shell.interactive;

import dev.ast.output.Conversation.Choice;
import dev.ast.shell.completion.Match;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The choices that match what was typed, and the one that Enter takes. */
final class Narrowed {
    private final List<Choice> all;
    private final ToDoubleFunction<String> rank;
    private List<Integer> shown;
    private String typed = "";
    private int at;

    Narrowed(List<Choice> all, ToDoubleFunction<String> rank) {
        this.all = all;
        this.rank = rank;
        this.shown = IntStream.range(0, all.size()).boxed().toList();
        this.at = active();
    }

    private int active() {
        for (int i = 0; i < shown.size(); i++) {
            if (all.get(shown.get(i)).active()) {
                return i;
            }
        }
        return 0;
    }

    /** Shows only what matches: the best first, and with nothing typed all in their own order. */
    void narrow(String text) {
        typed = text;
        List<Integer> indexes = IntStream.range(0, all.size()).boxed().toList();
        shown = text.isEmpty()
                ? indexes
                : Match.ranked(
                        text.strip(),
                        indexes,
                        i -> all.get(i).name(),
                        i -> rank.applyAsDouble(all.get(i).name()));
        at = text.isEmpty() ? active() : 0;
    }

    /** Moves, at the end of the list to its other end or no further. */
    void move(int steps, boolean around) {
        int last = Math.max(shown.size() - 1, 0);
        int to = at + steps;
        at = around && to < 0 ? last : around && to > last ? 0 : Math.max(0, Math.min(to, last));
    }

    String typed() {
        return typed;
    }

    int size() {
        return shown.size();
    }

    int total() {
        return all.size();
    }

    int at() {
        return at;
    }

    /** The choice in a row. */
    Choice choice(int row) {
        return all.get(shown.get(row));
    }

    /** What Enter takes: its index among all; nothing where nothing matches. */
    Optional<Integer> chosen() {
        return shown.isEmpty() ? Optional.empty() : Optional.of(shown.get(at));
    }
}
