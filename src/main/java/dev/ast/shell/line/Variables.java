package dev.ast.shell.line;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The variables of a shell or script: those that were set, and the arguments of the script. In memory only. */
public final class Variables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private final Map<String, String> values = new LinkedHashMap<>();
    private List<String> arguments = List.of();

    /** Sets the arguments of the script: {@code $1}, {@code $2} and so on, and {@code $#} for their count. */
    public void setArguments(List<String> words) {
        arguments = new ArrayList<>(words);
    }

    /**
     * Sets a variable.
     *
     * @throws dev.ast.domain.FailureException (usage) when the name is none
     */
    public void set(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw Failure.usage(
                    "the name of a variable has letters, digits and _, and begins with no digit, not "
                            + SecretShape.quoted(name, 40),
                    "set NAME VALUE");
        }
        values.put(name, value);
    }

    /**
     * The value of a variable.
     *
     * @throws dev.ast.domain.FailureException (usage) when it is not set
     */
    public String value(String name) {
        if (name.equals("#")) {
            return String.valueOf(arguments.size());
        }
        if (NUMBER.matcher(name).matches()) {
            int number = Integer.parseInt(name);
            if (number < 1 || number > arguments.size()) {
                throw Failure.usage("the script has no argument $" + name, "ast --script FILE ARGUMENTS");
            }
            return arguments.get(number - 1);
        }
        String value = values.get(name);
        if (value == null) {
            throw Failure.usage(
                    "the variable " + SecretShape.quoted(name, 40) + " is not set",
                    "set NAME VALUE; write \\$ for a dollar sign");
        }
        return value;
    }
}
