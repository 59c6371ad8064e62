package dev.ast.command;

import dev.ast.output.Raw;
import dev.ast.protocol.HelperAnswer;
import dev.ast.protocol.HelperProtocol;
import dev.ast.protocol.HelperProtocol.Description;
import dev.ast.protocol.HelperQuestion;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code credential PROTOCOL}: the protocols of other programs, on standard input and output. */
public final class CredentialCommands {
    private static final String OPERATION = "OPERATION";

    private final List<HelperProtocol> protocols;
    private final Selections selections;
    private final Supplier<InputStream> standardInput;
    private final Consumer<Runnable> quietly;

    /**
     * Commands over the given protocols.
     *
     * @param quietly runs work without questions and messages
     */
    public CredentialCommands(
            List<HelperProtocol> protocols,
            Selections selections,
            Supplier<InputStream> standardInput,
            Consumer<Runnable> quietly) {
        this.protocols = List.copyOf(protocols);
        this.selections = selections;
        this.standardInput = standardInput;
        this.quietly = quietly;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return protocols.stream().map(this::spec).toList();
    }

    private CommandSpec spec(HelperProtocol protocol) {
        Description about = protocol.description();
        CommandSpec.Draft draft = CommandSpec.named("credential " + about.word(), "Session", about.summary())
                .gives(CommandSpec.Result.SECRET)
                .describe(about.text());
        if (about.local()) {
            draft.local();
        }
        if (!about.operations().isEmpty()) {
            String[] words = about.operations().toArray(String[]::new);
            draft.argument(ArgumentSpec.one(
                    OPERATION,
                    "The operation that " + about.word() + " asks for",
                    protocol.open() ? Values.suggested(words) : Values.words(words)));
        }
        about.place().ifPresent(place -> draft.argument(ArgumentSpec.maybe(place, "What it is for", Values.FREE)));
        for (HelperProtocol.Parameter parameter : about.parameters()) {
            draft.option(
                    parameter.value().isEmpty()
                            ? OptionSpec.flag(parameter.name(), parameter.summary())
                            : OptionSpec.value(parameter.name(), parameter.value(), parameter.summary()));
        }
        return draft.does(call -> answer(protocol, call));
    }

    private Object answer(HelperProtocol protocol, Call call) {
        HelperQuestion question = question(protocol.description(), call);
        HelperAnswer answer = protocol.mayAsk() ? protocol.answer(question) : unasked(protocol, question);
        return (Raw) answer::writeTo;
    }

    private HelperAnswer unasked(HelperProtocol protocol, HelperQuestion question) {
        AtomicReference<HelperAnswer> answer = new AtomicReference<>(HelperAnswer.NOTHING);
        quietly.accept(() -> answer.set(protocol.answer(question)));
        return answer.get();
    }

    private HelperQuestion question(Description about, Call call) {
        Map<String, String> options = new HashMap<>();
        for (HelperProtocol.Parameter parameter : about.parameters()) {
            if (call.has(parameter.name())) {
                options.put(parameter.name(), call.option(parameter.name()).orElse(""));
            }
        }
        Optional<String> place = about.place().flatMap(call::argument);
        return new HelperQuestion(
                call.argument(OPERATION).orElse(""),
                place,
                options,
                selections.of(call),
                standardInput,
                call.conversation()::say);
    }
}
