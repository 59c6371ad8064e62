package dev.ast.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that the user most likely meant. */
public final class Nearest {
    private static final int LONGEST = 40;

    private Nearest() {}

    /** The nearest known word, if one is near: one slip in three letters, or a beginning that only one word has. */
    public static Optional<String> to(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > LONGEST) {
            return Optional.empty();
        }
        int allowed = Math.max(1, word.length() / 3);
        Optional<String> near = known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.min(allowed, candidate.length() - 1))
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        // A letter is left out more often than typed in addition.
                        .thenComparing(Comparator.comparingInt(String::length).reversed())
                        .thenComparing(Comparator.naturalOrder()));
        if (near.isPresent() || word.length() < 2) {
            return near;
        }
        var begun =
                known.stream().filter(candidate -> candidate.startsWith(word)).toList();
        return begun.size() == 1 ? Optional.of(begun.get(0)) : Optional.empty();
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (Damerau-Levenshtein, optimal alignment). */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        char last = a.charAt(i - 1);
        int best = cost[i - 1][j - 1] + (last == b.charAt(j - 1) ? 0 : 1);
        best = Math.min(best, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1 && j > 1 && last == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
            best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        return best;
    }
}
