package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Cargo's credential provider protocol, version 1: a line that says hello, then an answer for each request, each a JSON
 * object on one line, until cargo closes its end.
 */
final class CargoProtocol implements HelperProtocol {
    private final OriginCredentials credentials;

    CargoProtocol(OriginCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Description description() {
        return new Description(
                "cargo",
                "Give cargo the token for a registry",
                "For cargo's credential-provider, through bin/cargo-credential-ast. The requests are read from standard"
                        + " input.",
                List.of(),
                Optional.empty(),
                List.of(new Parameter("cargo-plugin", "", "What cargo calls every provider with")),
                true);
    }

    @Override
    public Setup setup() {
        return BlockSetup.cargo();
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        return out -> {
            send(new JsonObject().put("v", List.of(1)), out);
            try (InputStream in = question.input().get()) {
                for (Optional<byte[]> line = line(in); line.isPresent(); line = line(in)) {
                    send(answered(question, line.get()), out);
                }
            }
        };
    }

    private JsonObject answered(HelperQuestion question, byte[] line) {
        try {
            JsonObject request = LocalJson.tryObject(line)
                    .orElseThrow(() -> Failure.usage("a request of cargo is no JSON object on one line"));
            if (!request.number("v").equals(Optional.of(1L))) {
                throw Failure.usage("a request of cargo is of another version than 1");
            }
            return request.text("kind").equals(Optional.of("get"))
                    ? get(question, request)
                    : error("operation-not-supported");
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            JsonObject other = new JsonObject()
                    .put("kind", "other")
                    .put("message", e.failure().message())
                    .put(
                            "caused-by",
                            e.failure()
                                    .hint()
                                    .map(hint -> List.of("hint: " + hint))
                                    .orElse(List.of()));
            return new JsonObject().put("Err", other);
        }
    }

    private JsonObject get(HelperQuestion question, JsonObject request) {
        String index = request.object("registry")
                .flatMap(registry -> registry.text("index-url"))
                .orElseThrow(() -> Failure.usage("a request of cargo names no registry"));
        // Cargo marks how an index is read in front of its address.
        String address = index.replaceFirst("^(?:sparse|registry|git)\\+", "");
        Optional<OriginCredentials.Given> found = credentials.find(question.selection(), address);
        if (found.isEmpty()) {
            return error("not-found");
        }
        Optional<Instant> end = found.get().expiresAt();
        JsonObject answer = new JsonObject()
                .put("kind", "get")
                .put("token", found.get().header())
                .put("cache", end.isPresent() ? "expires" : "session")
                .put("expiration", end.map(Instant::getEpochSecond))
                .put("operation_independent", true);
        return new JsonObject().put("Ok", answer);
    }

    private static JsonObject error(String kind) {
        return new JsonObject().put("Err", new JsonObject().put("kind", kind));
    }

    private static void send(JsonObject message, OutputStream out) throws IOException {
        out.write((LocalJson.write(message.members()) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    // One byte at a time: cargo waits for an answer before it writes more.
    private static Optional<byte[]> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            if (line.size() > HelperQuestion.LARGEST) {
                throw Failure.usage("a request of cargo is larger than 64 KiB");
            }
            next = in.read();
        }
        return Optional.of(line.toByteArray());
    }
}
