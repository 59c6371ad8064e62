package dev.ast.command;

import dev.ast.api.ApiCall;
import dev.ast.api.ApiRequest;
import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.host.Input;
import dev.ast.http.HttpAnswer;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.output.Conversation;
import dev.ast.output.Raw;
import dev.ast.session.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** {@code api}: an authenticated request, with its answer unchanged. */
public final class ApiCommand {
    /** RFC 9110 section 9.2.1: these change nothing. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    private final Supplier<ApiCall> api;
    private final Targets targets;
    private final Selections selections;
    private final Guard guard;
    private final Supplier<Input> input;

    /** A command over the given use case. */
    public ApiCommand(
            Supplier<ApiCall> api, Targets targets, Selections selections, Guard guard, Supplier<Input> input) {
        this.api = api;
        this.targets = targets;
        this.selections = selections;
        this.guard = guard;
        this.input = input;
    }

    /** Its description. */
    public CommandSpec spec() {
        return CommandSpec.named("api", "Session", "Send an authenticated request to the profile's server")
                .gives(CommandSpec.Result.ANSWER)
                .describe("The body of the answer goes to standard output as it came. A status of 400 and above ends"
                        + " with code 1. Fields become a JSON object, and the method POST unless another is given.")
                .argument(
                        ArgumentSpec.rest("[METHOD] PATH", "The method, GET if left out, and the path", Values.REQUEST))
                .option(
                        OptionSpec.value("raw-field", "K=V", "Send a field as text")
                                .letter('f')
                                .many(),
                        OptionSpec.value("field", "K=V", "Send a field as number, true, false, null, @file or text")
                                .from(Values.TEXT_OR_FILE)
                                .letter('F')
                                .many(),
                        OptionSpec.value("header", "NAME:VALUE", "Send a header")
                                .letter('H')
                                .many(),
                        OptionSpec.value("input", "FILE|-", "Send this body").from(Values.FILE),
                        OptionSpec.flag("include", "Show status and headers too")
                                .letter('i'),
                        Guard.YES)
                .does(this::run);
    }

    private Object run(Call call) {
        List<String> words = call.rest();
        if (words.isEmpty() || words.size() > 2) {
            throw Failure.usage(
                    words.isEmpty()
                            ? "the path is missing"
                            : "unexpected argument " + SecretShape.quoted(words.get(2), 80),
                    "ast api GET /path");
        }
        Optional<byte[]> body = body(call);
        String method = words.size() == 2 ? words.get(0).toUpperCase(Locale.ROOT) : body.isPresent() ? "POST" : "GET";
        boolean fields = call.has("raw-field") || call.has("field");
        if (call.has("include")
                && (call.global().jq().isPresent() || !call.global().fields().isEmpty())) {
            throw Failure.usage("--include does not go with --jq and --fields", "leave out --include");
        }
        ApiRequest request = new ApiRequest(
                method,
                words.get(words.size() - 1),
                call.all("header").stream().map(ApiCommand::header).toList(),
                fields ? Optional.of("application/json") : contentType(call),
                body);
        if (!SAFE.contains(method)) {
            guard.check(call, targets.choose(selections.of(call)).name(), "api " + method);
        }
        return new Answer(call, request);
    }

    /** Sent while it is printed, so that the answer is never in memory as a whole. */
    private final class Answer implements Raw {
        private final Call call;
        private final ApiRequest request;
        private OptionalInt status = OptionalInt.empty();

        Answer(Call call, ApiRequest request) {
            this.call = call;
            this.request = request;
        }

        @Override
        public void writeTo(OutputStream target) throws IOException {
            HttpAnswer answer;
            try (Conversation.Waiting waiting = call.conversation().waiting("api")) {
                answer = api.get()
                        .send(
                                selections.of(call),
                                request,
                                head -> {
                                    waiting.close();
                                    if (call.has("include")) {
                                        head(head, target);
                                    }
                                },
                                target);
            }
            status = OptionalInt.of(answer.status());
            if (answer.status() >= 400) {
                target.flush();
                throw Failure.failed(
                        answer.origin() + " answered with HTTP " + answer.status(),
                        answer.status() == 401 ? "ast status --check" : "ast api --help");
            }
        }

        @Override
        public OptionalInt status() {
            return status;
        }
    }

    private static void head(HttpAnswer head, OutputStream target) {
        StringBuilder text = new StringBuilder("HTTP " + head.status() + "\n");
        head.headers()
                .forEach(header -> text.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append('\n'));
        try {
            target.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> contentType(Call call) {
        return call.all("header").stream()
                        .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
                ? call.all("header").stream()
                        .map(ApiCommand::header)
                        .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                : Optional.of("application/json");
    }

    private static Map.Entry<String, String> header(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw Failure.usage("not a header: " + SecretShape.quoted(text, 80), "-H 'Name: value'");
        }
        return Map.entry(
                text.substring(0, colon).strip(), text.substring(colon + 1).strip());
    }

    private Optional<byte[]> body(Call call) {
        boolean fields = call.has("raw-field") || call.has("field");
        if (call.has("input") && fields) {
            throw Failure.usage("--input and fields do not go together", "give one of them");
        }
        if (call.has("input")) {
            return Optional.of(bytes(call.option("input").orElse("")));
        }
        if (!fields) {
            return Optional.empty();
        }
        JsonObject object = new JsonObject();
        call.all("raw-field").forEach(text -> {
            Map.Entry<String, String> field = field(text);
            object.put(field.getKey(), field.getValue());
        });
        call.all("field").forEach(text -> {
            Map.Entry<String, String> field = field(text);
            object.members().put(field.getKey(), typed(field.getValue()));
        });
        return Optional.of(LocalJson.write(object.members()).getBytes(StandardCharsets.UTF_8));
    }

    private static Map.Entry<String, String> field(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw Failure.usage("not a field: " + SecretShape.quoted(text, 80), "-f name=value");
        }
        return Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }

    private @org.jspecify.annotations.Nullable Object typed(String value) {
        if (value.startsWith("@")) {
            return new String(bytes(value.substring(1)), StandardCharsets.UTF_8);
        }
        if (value.matches("true|false|null|-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?")) {
            return Json.read(value.getBytes(StandardCharsets.UTF_8));
        }
        return value;
    }

    private byte[] bytes(String name) {
        try (InputStream in =
                name.equals("-") ? input.get().standard() : input.get().file(Path.of(name))) {
            byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw Failure.usage("the body is larger than 64 MiB");
            }
            return bytes;
        } catch (IOException | InvalidPathException e) {
            throw Failure.usage("cannot read " + name, "name a readable file, or - for standard input");
        }
    }
}
