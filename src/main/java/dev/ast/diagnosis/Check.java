package dev.ast.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that {@code doctor} looks at.
 *
 * @param name one word, the same on every machine
 * @param about the server, for those that use the network
 * @param look finds out; it changes nothing, and a {@link dev.ast.domain.FailureException} of it is a finding, too
 */
public record Check(String name, Optional<String> about, Supplier<List<Finding>> look) {
    /** A check of this machine. */
    public Check(String name, Supplier<List<Finding>> look) {
        this(name, Optional.empty(), look);
    }
}
