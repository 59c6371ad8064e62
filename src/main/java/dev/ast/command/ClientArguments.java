package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** The options of {@code login} that describe the client and what it asks for. */
final class ClientArguments {
    private ClientArguments() {}

    static URI issuer(String text) {
        try {
            URI uri = new URI(text.strip());
            ServerOrigin.of(uri);
            if (uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Reported below.
        } catch (FailureException e) {
            throw e;
        }
        throw Failure.usage(
                "not an issuer: " + SecretShape.quoted(text, 200), "give an address such as https://login.example.com");
    }

    static boolean clientId(String text) {
        if (text.isEmpty() || text.length() > 512 || text.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw Failure.usage("not a client id", "give the id of the client as the server knows it");
        }
        return true;
    }

    static List<String> scopes(String text) {
        List<String> scopes = List.of(text.strip().split("\\s+"));
        // RFC 6749 section 3.3: a scope token is printable ASCII without space, quote and backslash.
        if (text.length() > 2048
                || scopes.stream()
                        .anyMatch(
                                scope -> scope.chars().anyMatch(c -> c < 0x21 || c > 0x7e || c == '"' || c == '\\'))) {
            throw Failure.usage("not a list of scopes", "--scope \"openid profile\"");
        }
        return scopes.equals(List.of("")) ? List.of() : scopes;
    }
}
