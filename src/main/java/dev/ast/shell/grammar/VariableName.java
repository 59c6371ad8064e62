package dev.ast.shell.grammar;

import dev.ast.domain.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a variable in a line, as {@code $NAME} or <code>${NAME}</code>; an argument of a script has a number, and
 * {@code #} is their count.
 *
 * @param name without the dollar sign and the braces
 * @param end the place after the last character
 */
record VariableName(String name, int end) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9]|#");
    private static final Pattern LONG = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9]{1,4}|#");

    /**
     * The variable at a dollar sign.
     *
     * @return empty when no name follows it: then it is an ordinary character
     * @throws dev.ast.domain.FailureException (usage) when braces follow that hold no name
     */
    static Optional<VariableName> at(String line, int dollar) {
        boolean braces = line.startsWith("{", dollar + 1);
        int from = dollar + (braces ? 2 : 1);
        Matcher name = (braces ? LONG : NAME).matcher(line).region(from, line.length());
        if (!name.lookingAt()) {
            if (braces) {
                throw wrong();
            }
            return Optional.empty();
        }
        if (braces && !line.startsWith("}", name.end())) {
            throw wrong();
        }
        return Optional.of(new VariableName(name.group(), name.end() + (braces ? 1 : 0)));
    }

    private static RuntimeException wrong() {
        return Failure.usage("a variable is written $NAME or ${NAME}", "write \\$ for a dollar sign");
    }
}
