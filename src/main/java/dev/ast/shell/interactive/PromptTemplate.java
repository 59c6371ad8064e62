package dev.ast.shell.interactive;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.output.Columns;
import dev.ast.output.Visible;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt of the user's own: text with the names of values in braces. A value that there is not leaves nothing behind,
 * also not a second space.
 */
public final class PromptTemplate {
    private static final int LONGEST = 200;
    private static final Pattern NAME = Pattern.compile("\\{([^{}]*)}");

    private final String text;

    private PromptTemplate(String text) {
        this.text = text;
    }

    /**
     * Reads a template.
     *
     * @param text with the names {@code profile}, {@code context}, {@code identity}, {@code left}, {@code storage},
     *     {@code state} and {@code code} in braces
     * @throws dev.ast.domain.FailureException (usage) for an unknown name, a control character, or more than 200 characters
     */
    public static PromptTemplate of(String text) {
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw Failure.usage("ast.shell.prompt is one line of at most " + LONGEST + " characters");
        }
        Map<String, String> known = values(Standing.UNKNOWN, 0);
        Matcher names = NAME.matcher(text);
        while (names.find()) {
            if (!known.containsKey(names.group(1))) {
                throw Failure.usage(
                        "ast.shell.prompt has no value " + SecretShape.quoted(names.group(1), 40) + "; the values are "
                                + String.join(", ", known.keySet()),
                        "ast.shell.prompt: '{profile} {left} ast> '");
            }
        }
        return new PromptTemplate(text);
    }

    /** The prompt. A text that is longer than the columns is shortened in the middle. */
    String fill(Standing standing, int failed, int columns) {
        Map<String, String> values = values(standing, failed);
        String filled = NAME.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
        return Columns.middle(filled.replaceAll(" {2,}", " ").replaceFirst("^ ", ""), columns);
    }

    private static Map<String, String> values(Standing standing, int failed) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("profile", standing.profile());
        values.put("context", standing.context().orElse(""));
        values.put("identity", standing.identity().orElse(""));
        values.put("left", standing.left().orElse(""));
        values.put("storage", standing.storage().orElse(""));
        values.put(
                "state",
                standing.state() == Standing.State.SIGNED_IN
                        ? ""
                        : standing.state().words());
        values.put("code", failed == 0 ? "" : String.valueOf(failed));
        values.replaceAll((name, value) -> Visible.field(value));
        return values;
    }
}
