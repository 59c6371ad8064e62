package dev.ast.command;

import dev.ast.output.Page;
import dev.ast.output.View;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command has changed, for programs; users see a message on standard error.
 *
 * @param document the members of the JSON result
 */
public record Changed(Map<String, @Nullable Object> document) {

    /** A change of one thing, as {@code {"profile": "prod", "change": "created"}}. */
    static Changed of(String thing, @Nullable Object name, String change) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put(thing, name == null ? null : name.toString());
        document.put("change", change);
        return new Changed(document);
    }

    /** Prints nothing more. */
    public static final class Look implements View<Changed> {
        @Override
        public Object document(Changed changed) {
            return changed.document();
        }

        @Override
        public void text(Changed changed, Page page) {
            // Printed on standard error already.
        }
    }
}
