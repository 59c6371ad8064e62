package dev.ast.output.view;

import dev.ast.domain.ProfileName;
import dev.ast.output.Page;
import dev.ast.output.View;
import dev.ast.profile.StorageMigration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was moved between the stores. */
public final class MovedView implements View<StorageMigration.Moved> {
    @Override
    public Object document(StorageMigration.Moved moved) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("to", moved.to().word());
        document.put("moved", moved.moved().stream().map(ProfileName::value).toList());
        document.put(
                "already_there",
                moved.already().stream().map(ProfileName::value).toList());
        return document;
    }

    @Override
    public void text(StorageMigration.Moved moved, Page page) {
        String store = moved.to().label();
        if (moved.moved().isEmpty()
                && moved.already().isEmpty()
                && moved.failure().isEmpty()) {
            page.line("Nobody is signed in, nothing to move");
        }
        moved.moved().forEach(name -> page.done("Moved the tokens of " + name + " to the " + store));
        moved.already().forEach(name -> page.line("The tokens of " + name + " are in the " + store + " already"));
    }
}
