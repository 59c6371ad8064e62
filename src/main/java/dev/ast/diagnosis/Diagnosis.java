package dev.ast.diagnosis;

import dev.ast.diagnosis.Finding.Level;
import dev.ast.domain.Exit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code doctor} has found.
 *
 * @param lines in the order of the checks
 * @param repaired what was mended
 * @param bundle where a report for others was written
 */
public record Diagnosis(List<Line> lines, List<Repaired> repaired, Optional<String> bundle) {
    /** Which failure decides, the worst first: without files or settings nothing works, without a server something does. */
    private static final List<Exit> WORST = List.of(Exit.STORAGE, Exit.USAGE, Exit.UNREACHABLE);

    /** A finding of a check. */
    public record Line(String check, Finding finding) {}

    /**
     * Something that was mended.
     *
     * @param what was done, in words that are the same on every machine
     * @param about to which thing
     */
    public record Repaired(String check, String what, Optional<String> about) {}

    /** Copies the lists. */
    public Diagnosis {
        lines = List.copyOf(lines);
        repaired = List.copyOf(repaired);
    }

    /** The same with the place of the report. */
    public Diagnosis bundledIn(String file) {
        return new Diagnosis(lines, repaired, Optional.of(file));
    }

    /** The worst level. */
    public Level worst() {
        return lines.stream()
                .map(line -> line.finding().level())
                .max(Comparator.naturalOrder())
                .orElse(Level.OK);
    }

    /** The exit code of the worst failure; 0 where nothing failed. */
    public Exit exit() {
        return lines.stream()
                .filter(line -> line.finding().level() == Level.FAILED)
                .map(line -> line.finding().exit())
                .min(Comparator.comparingInt(exit -> WORST.contains(exit) ? WORST.indexOf(exit) : WORST.size()))
                .orElse(Exit.OK);
    }
}
