package dev.ast.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The environment variables of this process, read once. An empty variable counts as unset. */
public final class Environment {
    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = new HashMap<>(variables);
    }

    /** The real environment. */
    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** A given environment. */
    public static Environment of(Map<String, String> variables) {
        return new Environment(variables);
    }

    /** A path in which {@code ~/} at the beginning is replaced by the home directory. */
    public String expand(String path) {
        return path.startsWith("~/")
                ? get("HOME").orElse(System.getProperty("user.home", "")) + path.substring(1)
                : path;
    }

    /** The same environment with one variable set. */
    public Environment with(String name, String value) {
        Map<String, String> changed = new HashMap<>(variables);
        changed.put(name, value);
        return new Environment(changed);
    }

    /** The value of a variable, if it is set and not empty. */
    public Optional<String> get(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
