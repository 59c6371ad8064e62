package dev.ast.protocol;

import dev.ast.domain.ServerOrigin;
import dev.ast.session.Recipients;
import java.util.List;
import java.util.Optional;

/**
 * A command for GOAUTH ({@code go help goauth}): addresses, an empty line, headers, an empty line. Without an address go
 * asks for all that there is, which is what the chosen profile answers for; with one, after a server has refused, for that.
 */
final class GoProtocol implements HelperProtocol {
    private final OriginCredentials credentials;

    GoProtocol(OriginCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Description description() {
        return new Description(
                "go",
                "Give go the header for a module server",
                "For a command in GOAUTH. What go writes to standard input is not read.",
                List.of(),
                Optional.of("URL"));
    }

    @Override
    public Setup setup() {
        return new GoSetup();
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        if (question.place().isPresent()) {
            return OriginCredentials.origins(question.place().get())
                    .flatMap(origins -> credentials
                            .find(question.selection(), origins, OriginCredentials.Kind.ACCESS)
                            .map(given -> block(origins, given)))
                    .orElse(HelperAnswer.nothing());
        }
        return credentials.all(question.selection()).stream()
                .findFirst()
                .map(target -> block(
                        Recipients.origins(target),
                        credentials.of(target, question.selection(), OriginCredentials.Kind.ACCESS)))
                .orElse(HelperAnswer.nothing());
    }

    // Go takes https addresses only.
    private static HelperAnswer block(List<ServerOrigin> origins, OriginCredentials.Given given) {
        StringBuilder block = new StringBuilder();
        for (ServerOrigin origin : origins) {
            if (origin.scheme().equals("https")) {
                block.append(origin).append('\n');
            }
        }
        return block.isEmpty()
                ? HelperAnswer.nothing()
                : HelperAnswer.text(block.append("\nAuthorization: ")
                        .append(given.header())
                        .append("\n\n")
                        .toString());
    }
}
