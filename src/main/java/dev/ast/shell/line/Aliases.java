package dev.ast.shell.line;

import java.util.Map;

/** Words of the user's own for the beginning of a line. */
public interface Aliases {
    /** The words that each stands for, as they are written in a line. */
    Map<String, String> all();

    /**
     * Adds or replaces one.
     *
     * @throws dev.ast.domain.FailureException (usage) when the settings cannot be changed; (storage)
     */
    void set(String name, String words);

    /** Removes one. Throws as {@link #set}. @return whether there was one */
    boolean remove(String name);
}
