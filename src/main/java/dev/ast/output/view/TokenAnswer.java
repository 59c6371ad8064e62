package dev.ast.output.view;

import dev.ast.domain.TokenSet;
import dev.ast.output.Page;
import dev.ast.output.View;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token itself: the one result that holds a secret.
 *
 * @param id whether it is the id_token
 */
public record TokenAnswer(TokenSet tokens, boolean id) {

    /** The token and a line end, nothing else. */
    public static final class Look implements View<TokenAnswer> {
        @Override
        public Object document(TokenAnswer answer) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put(
                    answer.id() ? "id_token" : "access_token",
                    answer.tokens().access().reveal());
            document.put("token_type", answer.tokens().type());
            document.put("expires_at", answer.tokens().expiresAt());
            return document;
        }

        @Override
        public void text(TokenAnswer answer, Page page) {
            page.exact(answer.tokens().access().reveal() + "\n");
        }
    }
}
