package dev.ast.output.view;

import dev.ast.api.PersonalTokens;
import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Personal access tokens: a new one alone on standard output, the others without their text. */
public final class PersonalTokenViews {
    private PersonalTokenViews() {}

    /** A new token and a line end, nothing else. */
    public static final class Made implements View<PersonalTokens.Made> {
        @Override
        public Object document(PersonalTokens.Made made) {
            return Map.of("access_token", made.token().reveal());
        }

        @Override
        public void text(PersonalTokens.Made made, Page page) {
            page.exact(made.token().reveal() + "\n");
        }
    }

    /** A table. */
    public static final class Listing implements View<PersonalTokens.Listing> {
        @Override
        public Object document(PersonalTokens.Listing listing) {
            List<Object> all = new ArrayList<>();
            for (PersonalTokens.Listed one : listing.tokens()) {
                Map<String, @Nullable Object> document = new LinkedHashMap<>();
                document.put("id", one.id());
                document.put("name", one.name());
                document.put("last_used", one.lastUsed());
                all.add(document);
            }
            return all;
        }

        @Override
        public void text(PersonalTokens.Listing listing, Page page) {
            if (listing.tokens().isEmpty()) {
                page.line(Tone.DIM.of("There are none"));
                return;
            }
            page.table(
                    List.of("ID", "NAME", "LAST USED"),
                    listing.tokens().stream()
                            .map(one ->
                                    List.of(one.id(), one.name(), one.lastUsed().orElse("")))
                            .toList());
        }
    }
}
