package dev.ast.host;

import java.util.Map;
import java.util.Set;

/** What child processes inherit: everything but the variables that hold tokens and secrets of ours. */
public final class ChildEnvironment {
    private final Set<String> secrets;

    /** Withholds the given variables. */
    public ChildEnvironment(Set<String> secrets) {
        this.secrets = Set.copyOf(secrets);
    }

    /** The variables that are withheld. */
    public Set<String> secrets() {
        return secrets;
    }

    /** Removes the secret variables from a child's environment. */
    public void clean(Map<String, String> variables) {
        variables.keySet().removeAll(secrets);
    }
}
