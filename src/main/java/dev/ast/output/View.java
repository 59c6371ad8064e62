package dev.ast.output;

import org.jspecify.annotations.Nullable;

/** How one type of result looks. */
public interface View<T> {
    /**
     * The result for programs: maps with {@code snake_case} names, lists, texts, numbers and booleans; absent values are
     * {@code null} or an empty {@code Optional}, times are {@code Instant}s. The contract names the members.
     */
    @Nullable
    Object document(T result);

    /** The list in the document that is the table of the result; by default the document itself. */
    @Nullable
    default Object rows(T result) {
        return document(result);
    }

    /** The result for people. */
    void text(T result, Page page);
}
