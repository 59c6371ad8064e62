package dev.ast.output;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import dev.ast.host.Interrupts;
import dev.ast.json.LocalJson;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A filter in the language of jq 1.7. It sees the result only: the environment is empty, and no file is read. */
public final class JqFilter {
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_OUTPUTS = 1_000_000;

    private final JsonQuery query;
    private @Nullable Scope scope;

    private JqFilter(JsonQuery query) {
        this.query = query;
    }

    /**
     * Reads a filter.
     *
     * @throws FailureException (usage) when it is none, or longer than 64 Ki characters
     */
    public static JqFilter of(String text) {
        if (text.length() > LONGEST) {
            throw Failure.usage("the filter of --jq is longer than " + LONGEST + " characters");
        }
        try {
            return new JqFilter(JsonQuery.compile(text, Versions.JQ_1_7));
        } catch (RuntimeException | Error e) {
            // What the parser throws for a wrong character is an Error of its own.
            throw Failure.usage("--jq cannot read the filter " + SecretShape.quoted(text, 80), "--jq '.[].name'");
        }
    }

    /**
     * Prints what the filter makes of a document: texts as they are, everything else as JSON, each on its own lines.
     *
     * @throws FailureException (failed) when the filter does not go with the document or has too many results;
     *     (interrupted) at an interrupt
     */
    void print(@Nullable Object document, Screen screen, boolean colors, Interrupts interrupts) {
        JsonMapper mapper = JsonMapper.shared();
        JsonNode input = mapper.readTree(LocalJson.write(document));
        boolean terminal = screen.isTerminal(Screen.Stream.OUT);
        Scope known = scope == null ? scope(mapper) : scope;
        scope = known; // a page after the other needs the same functions
        AtomicInteger left = new AtomicInteger(MOST_OUTPUTS);
        try {
            interrupts.call(() -> {
                try {
                    query.apply(known, input, output -> {
                        if (left.getAndDecrement() <= 0) {
                            throw new JsonQueryException("more than " + MOST_OUTPUTS + " results");
                        }
                        screen.out(terminal ? shown(output, mapper, colors) : plain(output, mapper));
                    });
                } catch (StackOverflowError | OutOfMemoryError e) {
                    throw new JsonQueryException("it needs too much memory");
                }
                return true;
            });
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JsonQueryException wrong) {
                String why = Optional.ofNullable(wrong.getMessage()).orElse("it fails");
                throw Failure.failed(
                        "the filter of --jq does not go with this result: " + SecretShape.cut(Visible.field(why), 200),
                        "look at the result with -o json");
            }
            throw e.getCause() instanceof RuntimeException other ? other : new IllegalStateException(e.getCause());
        } finally {
            left.set(0); // what is left behind at an interrupt prints nothing more
        }
    }

    private static String plain(JsonNode output, JsonMapper mapper) {
        return (output.isString() ? output.stringValue() : Visible.json(mapper.writeValueAsString(output))) + "\n";
    }

    private static String shown(JsonNode output, JsonMapper mapper, boolean colors) {
        return output.isString()
                ? Visible.lines(output.stringValue()) + "\n"
                : JsonPicture.of(mapper.writeValueAsBytes(output), colors).orElseGet(() -> plain(output, mapper));
    }

    private static Scope scope(JsonMapper mapper) {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
        // The environment holds tokens: here it is empty.
        JsonNode empty = mapper.createObjectNode();
        scope.addFunction("env", 0, (in, arguments, input, path, output, version) -> output.emit(empty, null));
        scope.setValue("ENV", empty);
        return scope;
    }
}
