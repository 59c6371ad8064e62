package dev.ast.shell.interactive;

import dev.ast.output.Columns;
import dev.ast.output.Visible;
import java.util.Locale;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * The prompt: a mark for a protected profile, profile and context, what is wrong with the session, the code of the last
 * failure, then {@code ast> }. Names in it are text and never read as a pattern.
 */
final class Prompt {
    private static final String NAME = "ast> ";
    private static final String DEFAULT = "default";
    private static final int LEAST = 8;

    private Prompt() {}

    /**
     * The prompt as JLine takes it.
     *
     * @param failed the exit code of the command before, 0 for none
     * @param template the user's own prompt; what marks a protected profile stands before it
     * @param columns the width of the screen; names take at most a half of it
     * @param unicode whether signs beyond ASCII can be shown
     */
    static String of(Standing standing, int failed, Optional<PromptTemplate> template, int columns, boolean unicode) {
        AttributedStringBuilder prompt = new AttributedStringBuilder();
        if (standing.guarded()) {
            prompt.styled(AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW), unicode ? "▲ " : "! ");
        }
        if (template.isPresent()) {
            prompt.append(template.get().fill(standing, failed, Math.max(LEAST, columns - LEAST)));
            return escape(prompt.toAnsi());
        }
        String place = place(standing, Math.max(LEAST, columns / 2 - NAME.length() - 1));
        if (!place.isEmpty()) {
            prompt.append(place).append(' ');
        }
        if (standing.state() == Standing.State.ENDED || standing.state() == Standing.State.MISSING) {
            prompt.styled(
                    AttributedStyle.DEFAULT.foreground(AttributedStyle.RED),
                    "(" + last(standing.state().words()) + ") ");
        }
        if (failed != 0) {
            prompt.styled(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED), "[" + failed + "] ");
        }
        return escape(prompt.append(NAME).toAnsi());
    }

    private static String last(String words) {
        return words.substring(words.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
    }

    private static String place(Standing standing, int columns) {
        String profile = Visible.field(standing.profile());
        if (standing.context().isEmpty()) {
            return profile.equals(DEFAULT) ? "" : Columns.middle(profile, columns);
        }
        String context = Visible.field(standing.context().get());
        int both = Columns.of(profile) + 1 + Columns.of(context);
        if (both > columns) {
            context = Columns.middle(
                    context, Math.max(LEAST / 2, Math.max(columns / 2, columns - 1 - Columns.of(profile))));
            profile = Columns.middle(profile, Math.max(LEAST / 2, columns - 1 - Columns.of(context)));
        }
        return profile + "/" + context;
    }

    /** A text in which JLine finds no pattern. */
    static String escape(String text) {
        return text.replace("%", "%%");
    }

    /** How the prompt looks without colours. */
    static String plain(String prompt) {
        return AttributedString.fromAnsi(prompt).toString().replace("%%", "%");
    }
}
