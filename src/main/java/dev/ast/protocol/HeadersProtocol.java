package dev.ast.protocol;

import dev.ast.protocol.OriginCredentials.Kind;
import java.util.List;
import java.util.Optional;

/** A header line as it is, for {@code curl -H @-} and the like. */
final class HeadersProtocol implements HelperProtocol {
    private final OriginCredentials credentials;

    HeadersProtocol(OriginCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Description description() {
        return new Description(
                "headers",
                "Print the Authorization header",
                "Without an address, for the server of the profile. With one, for an origin that a profile answers for"
                        + " only.",
                List.of(),
                Optional.of("URL"));
    }

    @Override
    public Setup setup() {
        return place -> place.command() + " credential headers URL | curl -H @- URL\n";
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        OriginCredentials.Given given = question.place()
                .map(url -> credentials.require(question.selection(), url, Kind.ACCESS))
                .orElseGet(() -> credentials.chosen(question.selection(), Kind.ACCESS));
        return HelperAnswer.text("Authorization: " + given.header() + "\n");
    }
}
