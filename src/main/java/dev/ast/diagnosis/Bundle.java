package dev.ast.diagnosis;

import dev.ast.json.LocalJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A diagnosis for a bug report. It has the words that are the same on every machine, versions and counts; what a finding is
 * about is a number, so that two findings about the same thing can be told.
 */
public final class Bundle {
    private Bundle() {}

    /**
     * The report as JSON, a line for each finding.
     *
     * @param facts versions and counts by name; none of them may name a user, a profile, a server or a directory
     */
    public static String of(Diagnosis diagnosis, Map<String, Object> facts) {
        Map<String, Integer> things = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (Diagnosis.Line line : diagnosis.lines()) {
            Finding finding = line.finding();
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("check", line.check());
            document.put("level", finding.level().name().toLowerCase(Locale.ROOT));
            document.put("what", finding.what());
            document.put(
                    "about",
                    finding.about()
                            .map(thing -> things.computeIfAbsent(thing, any -> things.size() + 1))
                            .orElse(null));
            document.put("exit", finding.exit().word());
            lines.add("    " + LocalJson.write(document));
        }
        List<String> repaired = diagnosis.repaired().stream()
                .map(one -> LocalJson.write(one.check() + ": " + one.what()))
                .toList();
        return "{\n  \"facts\": " + LocalJson.write(facts) + ",\n  \"repaired\": ["
                + String.join(", ", repaired) + "],\n  \"checks\": [\n"
                + String.join(",\n", lines) + "\n  ]\n}\n";
    }
}
