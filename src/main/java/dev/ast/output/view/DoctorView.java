package dev.ast.output.view;

import dev.ast.diagnosis.Diagnosis;
import dev.ast.diagnosis.Finding;
import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code doctor} has found: a line for each finding, and below it the next step. */
public final class DoctorView implements View<Diagnosis> {
    private static final int LEVEL = 9;

    @Override
    public Object document(Diagnosis diagnosis) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("worst", word(diagnosis.worst()));
        document.put(
                "checks",
                diagnosis.lines().stream()
                        .map(line -> {
                            Finding finding = line.finding();
                            Map<String, @Nullable Object> one = new LinkedHashMap<>();
                            one.put("check", line.check());
                            one.put("level", word(finding.level()));
                            one.put("about", finding.about());
                            one.put("message", finding.what());
                            one.put("detail", finding.detail());
                            one.put("next", finding.next());
                            one.put("exit", finding.exit().code());
                            return one;
                        })
                        .toList());
        document.put(
                "fixed",
                diagnosis.repaired().stream()
                        .map(done -> {
                            Map<String, @Nullable Object> one = new LinkedHashMap<>();
                            one.put("check", done.check());
                            one.put("about", done.about());
                            one.put("message", done.what());
                            return one;
                        })
                        .toList());
        document.put("bundle", diagnosis.bundle());
        return document;
    }

    private static String word(Finding.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void text(Diagnosis diagnosis, Page page) {
        int names = 1
                + diagnosis.lines().stream()
                        .mapToInt(line -> line.check().length())
                        .max()
                        .orElse(0);
        for (Diagnosis.Line line : diagnosis.lines()) {
            Finding finding = line.finding();
            String about = finding.about().map(thing -> thing + ": ").orElse("");
            String detail = finding.detail().map(text -> " (" + text + ")").orElse("");
            page.beside(
                    List.of(
                            padded(word(finding.level()), LEVEL, tone(finding.level())),
                            padded(line.check(), names, Tone.DIM)),
                    LEVEL + names,
                    about + finding.what() + detail);
            finding.next()
                    .ifPresent(next -> page.line(" ".repeat(LEVEL + names), Tone.DIM.of("next: "), page.typed(next)));
        }
        for (Diagnosis.Repaired done : diagnosis.repaired()) {
            page.done("Fixed: " + done.about().map(thing -> thing + " ").orElse("") + done.what());
        }
        diagnosis.bundle().ifPresent(file -> page.done("Wrote " + file + "; look at it before you send it"));
    }

    private static Tone.Styled padded(String text, int width, Tone tone) {
        return tone.of(text + " ".repeat(Math.max(1, width - text.length())));
    }

    private static Tone tone(Finding.Level level) {
        return switch (level) {
            case OK -> Tone.GOOD;
            case WARNING -> Tone.WARN;
            case FAILED -> Tone.BAD;
        };
    }
}
