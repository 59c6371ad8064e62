package dev.ast.shell.completion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How well a name matches what was typed: the one rule of completion, of the list to choose from and of the search in
 * history. Capital and small letters are the same, and {@code prd} finds {@code production-eu}.
 */
public final class Match {

    /** How a name matches, the best last. */
    public enum Kind {
        /** Not at all. */
        NONE,
        /** All letters are in it, in this order, and the first begins a word. */
        LETTERS,
        /** The text is in it. */
        INSIDE,
        /** A word of it begins with the text. */
        WORD,
        /** It begins with the text. */
        START,
        /** It is the text. */
        WHOLE
    }

    private static final String SEPARATORS = "-_./:@ ";

    private Match() {}

    /** How a name matches. */
    public static Kind kind(String typed, String name) {
        if (startsAt(name, 0, typed)) {
            return name.length() == typed.length() ? Kind.WHOLE : Kind.START;
        }
        Kind inside = inside(typed, name);
        return inside != Kind.NONE || !hasLetters(typed, name) ? inside : Kind.LETTERS;
    }

    private static Kind inside(String typed, String name) {
        Kind found = Kind.NONE;
        for (int at = 1; at <= name.length() - typed.length(); at++) {
            if (same(typed.charAt(0), name.charAt(at)) && startsAt(name, at, typed)) {
                if (isWordStart(name, at)) {
                    return Kind.WORD;
                }
                found = Kind.INSIDE;
            }
        }
        return found;
    }

    /**
     * Where the typed letters are in a name that matches.
     *
     * @return indexes into the name; empty when it does not match
     */
    public static List<Integer> positions(String typed, String name) {
        int found = -1;
        for (int at = 0; at <= name.length() - typed.length(); at++) {
            if (startsAt(name, at, typed) && (found < 0 || isWordStart(name, at))) {
                found = at;
                if (isWordStart(name, at)) {
                    break;
                }
            }
        }
        if (found < 0) {
            return letters(typed, name);
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < typed.length(); i++) {
            all.add(found + i);
        }
        return all;
    }

    /**
     * The items that match, the best first; among equal ones those that rank higher, and then as they were given.
     *
     * @param rank how recently and often a name was used
     */
    public static <T> List<T> ranked(String typed, List<T> items, Function<T, String> name, ToDoubleFunction<T> rank) {
        List<Found<T>> found = new ArrayList<>();
        for (T item : items) {
            String text = name.apply(item);
            Kind kind = kind(typed, text);
            if (kind != Kind.NONE) {
                found.add(new Found<>(item, kind, rank.applyAsDouble(item), gaps(kind, typed, text)));
            }
        }
        found.sort(Comparator.<Found<T>, Kind>comparing(Found::kind)
                .reversed()
                .thenComparingDouble(one -> -one.rank())
                .thenComparingInt(Found::gaps));
        List<T> ranked = new ArrayList<>(found.size());
        found.forEach(one -> ranked.add(one.item()));
        return ranked;
    }

    /**
     * The items that match in the best way that any of them does: where one begins with the text, only those that
     * begin with it. So Tab completes what is unambiguous, and guesses only where nothing else fits.
     */
    public static <T> List<T> best(String typed, Collection<T> items, Function<T, String> name) {
        // In this order, so that the usual case is the quick one: a key press waits for it.
        List<Predicate<String>> ways = List.of(
                text -> startsAt(text, 0, typed),
                text -> inside(typed, text) != Kind.NONE,
                text -> hasLetters(typed, text));
        for (Predicate<String> way : ways) {
            List<T> found = new ArrayList<>();
            for (T item : items) {
                if (way.test(name.apply(item))) {
                    found.add(item);
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private record Found<T>(T item, Kind kind, double rank, int gaps) {}

    /** How far apart the letters are, less for those that begin a word. */
    private static int gaps(Kind kind, String typed, String name) {
        if (kind != Kind.LETTERS) {
            return 0;
        }
        List<Integer> at = letters(typed, name);
        int starts = (int) at.stream().filter(i -> isWordStart(name, i)).count();
        return at.get(at.size() - 1) - at.get(0) - 3 * starts;
    }

    /** Each letter after the one before; the first begins a word, or nearly any name would match. */
    private static List<Integer> letters(String typed, String name) {
        for (int start = 0; start < name.length(); start++) {
            if (isWordStart(name, start) && same(typed.charAt(0), name.charAt(start))) {
                List<Integer> at = letters(typed, name, start);
                if (!at.isEmpty()) {
                    return at;
                }
            }
        }
        return List.of();
    }

    /** The same without saying where, which is quicker. */
    private static boolean hasLetters(String typed, String name) {
        for (int start = 0; start < name.length(); start++) {
            if (same(typed.charAt(0), name.charAt(start)) && isWordStart(name, start)) {
                int found = 0;
                for (int at = start; at < name.length() && found < typed.length(); at++) {
                    found += same(typed.charAt(found), name.charAt(at)) ? 1 : 0;
                }
                // A later start has fewer letters after it.
                return found == typed.length();
            }
        }
        return false;
    }

    private static List<Integer> letters(String typed, String name, int start) {
        List<Integer> at = new ArrayList<>(typed.length());
        int next = start;
        for (int i = 0; i < typed.length(); i++) {
            while (next < name.length() && !same(typed.charAt(i), name.charAt(next))) {
                next++;
            }
            if (next == name.length()) {
                return List.of();
            }
            at.add(next++);
        }
        return at;
    }

    private static boolean startsAt(String name, int at, String typed) {
        return name.regionMatches(true, at, typed, 0, typed.length());
    }

    private static boolean same(char a, char b) {
        return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
    }

    private static boolean isWordStart(String name, int at) {
        return at == 0 || SEPARATORS.indexOf(name.charAt(at - 1)) >= 0;
    }
}
