package dev.ast.command;

import dev.ast.output.Conversation;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The user's settings, as the commands read and change them. A key may be given without its first word, {@code ast}. */
public interface UserSettings {

    /**
     * A setting.
     *
     * @param key its full name
     * @param value a text, a truth value, a number or a list of texts; null where there is none
     * @param source where the value comes from
     */
    record Setting(String key, @Nullable Object value, Source source) {}

    /** Where a value comes from. */
    enum Source {
        DEFAULT("default"),
        FILE("config.yml"),
        ENVIRONMENT("environment");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** As it is shown. */
        public String label() {
            return label;
        }
    }

    /**
     * The general settings and what {@code config.yml} sets; secrets are replaced.
     *
     * @param all whether the packaged settings of the platforms are among them
     */
    List<Setting> list(boolean all);

    /**
     * One setting.
     *
     * @throws dev.ast.domain.FailureException (usage) when there is no such key, with the nearest one
     */
    Setting get(String key);

    /**
     * Sets a value in {@code config.yml}, comments and order of which stay.
     *
     * @return what was set
     * @throws dev.ast.domain.FailureException (usage) when key or value cannot be used; nothing is written then
     */
    Setting set(String key, List<String> values);

    /**
     * Removes a setting, or all of a provider, from {@code config.yml}. Throws as {@link #set}.
     *
     * @return whether it was there
     */
    boolean unset(String key);

    /**
     * Opens {@code config.yml} in the user's editor.
     *
     * @return whether it has changed
     * @throws dev.ast.domain.FailureException when there is no editor, or what was written cannot be read; the file is as
     *     it was then
     */
    boolean edit(Conversation conversation);

    /** Where {@code config.yml} lies; it need not exist. */
    Path path();
}
