package dev.ast.command;

import dev.ast.api.ApiCall;
import dev.ast.api.ApiFields;
import dev.ast.api.ApiPages;
import dev.ast.api.ApiRequest;
import dev.ast.api.CurlCommand;
import dev.ast.api.PageField;
import dev.ast.api.Placeholders;
import dev.ast.api.StepUp;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SecretShape;
import dev.ast.host.Input;
import dev.ast.http.BodySource;
import dev.ast.output.PlainText;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code api}: an authenticated request, with its answer unchanged. */
public final class ApiCommand {
    private final Supplier<ApiCall> api;
    private final Targets targets;
    private final Credentials credentials;
    private final Selections selections;
    private final Guard guard;
    private final ApiInput input;
    private final BooleanSupplier onTerminal;
    private final SignIn signIn;

    /**
     * A command over the given use case.
     *
     * @param onTerminal whether results go to a terminal
     * @param signIn signs in again where a server wants that
     */
    public ApiCommand(
            Supplier<ApiCall> api,
            Targets targets,
            Credentials credentials,
            Selections selections,
            Guard guard,
            Supplier<Input> input,
            BooleanSupplier onTerminal,
            SignIn signIn) {
        this.api = api;
        this.targets = targets;
        this.credentials = credentials;
        this.selections = selections;
        this.guard = guard;
        this.input = new ApiInput(input);
        this.onTerminal = onTerminal;
        this.signIn = signIn;
    }

    /** Signs in as {@code login} does. */
    public interface SignIn {
        /** Signs a profile in with these options, in the conversation of another command. */
        void run(Call call, ProfileName profile, Map<String, List<String>> options);
    }

    /** Its description. */
    public CommandSpec spec() {
        return CommandSpec.named("api", "Session", "Send an authenticated request to the profile's server")
                .gives(CommandSpec.Result.ANSWER)
                .describe("The body of the answer goes to standard output as it came. A status of 400 and above ends"
                        + " with code 1. Fields become a JSON object, a[b]=x an object in it and a[]=x a list, and the"
                        + " method POST unless another is given; with GET and HEAD they become the query. {account},"
                        + " {organization} and {workspace} in the path stand for what is selected.")
                .argument(
                        ArgumentSpec.rest("[METHOD] PATH", "The method, GET if left out, and the path", Values.REQUEST))
                .option(
                        OptionSpec.value("method", "METHOD", "Use this method")
                                .from(Values.suggested("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"))
                                .letter('X'),
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
                        OptionSpec.flag("paginate", "Ask for all pages, which name the next one in the header Link"),
                        OptionSpec.value(
                                "page-field", "NAME", "With --paginate: this field has the next address or cursor"),
                        OptionSpec.flag("slurp", "With --paginate: all pages as one JSON list"),
                        OptionSpec.flag("curl", "Print the request as a command of curl, and do not send it"),
                        Guard.YES)
                .does(this::run);
    }

    private Object run(Call call) {
        Transfer transfer = new Transfer();
        ApiRequest request = request(call, transfer);
        boolean one = !call.has("paginate");
        if (one && (call.has("slurp") || call.has("page-field"))) {
            throw Failure.usage("--slurp and --page-field go with --paginate", "add --paginate");
        }
        if (call.has("include")
                && (call.has("slurp")
                        || call.global().jq().isPresent()
                        || !call.global().fields().isEmpty())) {
            throw Failure.usage("--include does not go with --jq, --fields and --slurp", "leave out --include");
        }
        if (!one) {
            checkPages(call, request);
        }
        if (call.has("curl")) {
            return curl(call, request);
        }
        if (!request.isSafe()) {
            guard.check(call, targets.choose(selections.of(call)).name(), "api " + request.method());
        }
        Selection selection = selections.of(call);
        ApiCall sending = call.conversation().canAsk()
                ? api.get().asking((demand, target) -> signsIn(call, demand, target))
                : api.get();
        if (one) {
            return new ApiAnswer(call, receiver -> sending.send(selection, request, receiver), onTerminal, transfer);
        }
        ApiPages pages = new ApiPages(sending, call.option("page-field").map(PageField::parse));
        return ApiAnswer.pages(call, receiver -> pages.all(selection, request, receiver), onTerminal);
    }

    // RFC 9470 section 5: the request is repeated after a sign-in as the server wants it.
    private boolean signsIn(Call call, StepUp demand, Target target) {
        if (!call.conversation().confirm(demand.described(target.server()) + ". Sign in now?", "ast login")) {
            return false;
        }
        signIn.run(call, target.profile().name(), demand.options());
        return true;
    }

    private static void checkPages(Call call, ApiRequest request) {
        if (!request.method().equals("GET")) {
            throw Failure.usage("--paginate goes with GET only", "ast api GET /path --paginate");
        }
        call.option("page-field").ifPresent(PageField::parse);
        boolean whole = !call.global().fields().isEmpty()
                || call.global()
                        .format()
                        .filter(format -> format == GlobalOptions.Format.YAML || format == GlobalOptions.Format.CSV)
                        .isPresent();
        if (whole && !call.has("slurp")) {
            throw Failure.usage("pages are several documents, and --fields and --output need one", "add --slurp");
        }
    }

    private ApiRequest request(Call call, Transfer transfer) {
        List<String> words = call.rest();
        if (words.isEmpty() || words.size() > 2) {
            throw Failure.usage(
                    words.isEmpty()
                            ? "the path is missing"
                            : "unexpected argument " + SecretShape.quoted(words.get(2), 80),
                    "ast api GET /path");
        }
        if (call.has("method") && words.size() == 2) {
            throw Failure.usage("the method is given twice", "leave out one of them");
        }
        ApiFields fields = input.fields(call);
        if (call.has("input") && !fields.isEmpty()) {
            throw Failure.usage("--input and fields do not go together", "give one of them");
        }
        boolean sends = call.has("input") || !fields.isEmpty();
        String method = call.option("method")
                .or(() -> words.size() == 2 ? Optional.of(words.get(0)) : Optional.empty())
                .orElse(sends ? "POST" : "GET")
                .toUpperCase(Locale.ROOT);
        String path = words.get(words.size() - 1);
        if (Placeholders.in(path)) {
            path = Placeholders.fill(path, targets.resolve(selections.of(call)).profile());
        }
        boolean query = !fields.isEmpty() && (method.equals("GET") || method.equals("HEAD"));
        if (query) {
            path += (path.contains("?") ? "&" : "?") + fields.query();
        }
        List<Map.Entry<String, String>> headers =
                call.all("header").stream().map(ApiCommand::header).toList();
        if (call.has("curl") && call.option("input").filter("-"::equals).isPresent()) {
            throw Failure.usage("--curl does not print what comes from standard input", "name a file: --input FILE");
        }
        Optional<BodySource> body = fields.isEmpty()
                ? input.body(call).map(transfer::counted)
                : query ? Optional.empty() : Optional.of(BodySource.of(fields.json()));
        return new ApiRequest(method, path, headers, contentType(headers, !fields.isEmpty()), body);
    }

    private static Optional<String> contentType(List<Map.Entry<String, String>> headers, boolean fields) {
        String json = "application/json";
        return fields
                ? Optional.of(json)
                : headers.stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .or(() -> Optional.of(json));
    }

    private static Map.Entry<String, String> header(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw Failure.usage("not a header: " + SecretShape.quoted(text, 80), "-H 'Name: value'");
        }
        return Map.entry(
                text.substring(0, colon).strip(), text.substring(colon + 1).strip());
    }

    private PlainText curl(Call call, ApiRequest request) {
        Selection selection = selections.of(call);
        Target target = targets.resolve(selection);
        return new PlainText(CurlCommand.of(
                request,
                selection,
                target,
                credentials
                        .current(target, selection.token())
                        .map(found -> found.forPrograms(target.profile().name()).tokens()),
                call.option("input")));
    }
}
