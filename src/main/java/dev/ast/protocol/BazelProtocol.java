package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Bazel's credential helpers: an address as JSON on standard input, headers as JSON on standard output. */
final class BazelProtocol implements HelperProtocol {
    private final OriginCredentials credentials;

    BazelProtocol(OriginCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Description description() {
        return new Description(
                "bazel",
                "Give bazel the header for an address",
                "For bazel's --credential_helper, through bin/bazel-credential-ast. The address is read from standard"
                        + " input.",
                List.of("get"),
                Optional.empty());
    }

    @Override
    public Setup setup() {
        return BlockSetup.bazel();
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        String uri = LocalJson.tryObject(question.body().getBytes(StandardCharsets.UTF_8))
                .flatMap(request -> request.text("uri"))
                .orElseThrow(() -> Failure.usage(
                        "standard input holds no JSON object with a uri",
                        "echo '{\"uri\":\"https://example.com\"}' | ast credential bazel get"));
        JsonObject headers = new JsonObject();
        JsonObject answer = new JsonObject().put("headers", headers);
        credentials.find(question.selection(), uri).ifPresent(given -> {
            headers.put("Authorization", List.of(given.header()));
            answer.put("expires", given.expiresAt().map(HelperAnswer::time));
        });
        return HelperAnswer.json(answer);
    }
}
