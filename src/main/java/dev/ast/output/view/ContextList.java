package dev.ast.output.view;

import dev.ast.domain.SelectedContext;
import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import dev.ast.session.Contexts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be selected in a profile. */
public final class ContextList implements View<Contexts> {
    @Override
    public Object document(Contexts contexts) {
        List<Object> all = new ArrayList<>();
        for (SelectedContext context : contexts.all()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("kind", context.kind());
            document.put("id", context.id());
            document.put("name", context.name());
            document.put("active", active(contexts, context));
            all.add(document);
        }
        return all;
    }

    @Override
    public void text(Contexts contexts, Page page) {
        if (contexts.all().isEmpty()) {
            page.line(Tone.DIM.of("The server names nothing to select"));
            return;
        }
        List<List<?>> rows = new ArrayList<>();
        for (SelectedContext context : contexts.all()) {
            rows.add(List.of(active(contexts, context) ? "*" : "", context.name(), context.kind(), context.id()));
        }
        page.table(List.of("", "NAME", "KIND", "ID"), rows);
    }

    private static boolean active(Contexts contexts, SelectedContext context) {
        return contexts.profile().context().filter(context::same).isPresent();
    }
}
