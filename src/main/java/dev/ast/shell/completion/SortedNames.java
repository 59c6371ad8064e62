package dev.ast.shell.completion;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names in order, of which those with a common beginning are found by halving: thousands cost no more than a few. */
public final class SortedNames {
    private final Proposal[] names;

    /** Sorts the names once. */
    public SortedNames(Collection<Proposal> names) {
        this.names = names.toArray(Proposal[]::new);
        Arrays.sort(this.names, Comparator.comparing(Proposal::value));
    }

    /** The names that begin with the prefix, in order; a view that copies nothing. */
    public List<Proposal> startingWith(String prefix) {
        int from = firstNotBefore(prefix);
        int to = prefix.isEmpty() ? names.length : firstNotBefore(prefix + Character.MAX_VALUE);
        return Arrays.asList(names).subList(from, to);
    }

    private int firstNotBefore(String text) {
        int low = 0;
        int high = names.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (names[middle].value().compareTo(text) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
