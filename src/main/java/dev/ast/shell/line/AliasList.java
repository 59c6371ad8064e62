package dev.ast.shell.line;

import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The user's own words, by name. */
public record AliasList(Map<String, String> aliases) {

    /** How they look. */
    public static final class Look implements View<AliasList> {
        @Override
        public Object document(AliasList result) {
            return new TreeMap<>(result.aliases)
                    .entrySet().stream()
                            .map(entry -> {
                                Map<String, @Nullable Object> alias = new LinkedHashMap<>();
                                alias.put("name", entry.getKey());
                                alias.put("words", entry.getValue());
                                return alias;
                            })
                            .toList();
        }

        @Override
        public void text(AliasList result, Page page) {
            if (result.aliases.isEmpty()) {
                page.line(Tone.DIM.of("No aliases yet. Add one with: alias NAME = WORDS"));
                return;
            }
            page.table(
                    List.of("NAME", "WORDS"),
                    new TreeMap<>(result.aliases)
                            .entrySet().stream()
                                    .map(entry -> List.of(entry.getKey(), entry.getValue()))
                                    .toList());
        }
    }
}
