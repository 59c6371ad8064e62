package dev.ast.output.view;

import dev.ast.login.importing.Import;
import dev.ast.output.Page;
import dev.ast.output.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was taken over from other programs. */
public final class TakenView implements View<Import.Taken> {
    @Override
    public Object document(Import.Taken taken) {
        List<Object> all = new ArrayList<>();
        for (Import.Item item : taken.items()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("profile", item.profile().value());
            document.put("provider", item.provider());
            document.put("server", item.server());
            document.put("source", item.source());
            document.put("expires_at", item.expiresAt());
            document.put("renewable", item.renewable());
            all.add(document);
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("profiles", all);
        document.put("storage", taken.storage().word());
        document.put("copy", taken.copy().map(Object::toString));
        return document;
    }

    @Override
    public void text(Import.Taken taken, Page page) {
        for (Import.Item item : taken.items()) {
            page.done("Took over profile " + item.profile() + " (" + item.provider() + ", " + item.server()
                    + "), tokens in the " + StatusView.storage(taken.storage()));
        }
        taken.copy().ifPresent(copy -> page.line("The previous file is kept as " + copy));
    }
}
