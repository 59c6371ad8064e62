package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.ServerOrigin;
import dev.ast.output.Raw;
import dev.ast.protocol.HelperAnswer;
import dev.ast.protocol.HelperProtocol;
import dev.ast.protocol.HelperProtocol.Description;
import dev.ast.protocol.HelperQuestion;
import dev.ast.protocol.Setup;
import dev.ast.protocol.SetupPlace;
import dev.ast.session.Selection;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code credential PROTOCOL}: the protocols of other programs, on standard input and output. */
public final class CredentialCommands {
    private static final String OPERATION = "OPERATION";
    private static final OptionSpec[] SETUP = {
        OptionSpec.value("setup", "HOST", "Print how to set the program up, for this host")
                .maybe(),
        OptionSpec.flag("apply", "With --setup: do it"),
        OptionSpec.flag("remove", "With --setup: undo it")
    };

    private final List<HelperProtocol> protocols;
    private final Selections selections;
    private final Supplier<InputStream> standardInput;
    private final Consumer<Runnable> quietly;
    private final Function<Selection, Setting> settings;

    /** What is set up where, for a selection and a host; and whether a profile answers there. */
    public interface Setting {
        /** Where, and for what; with the options of the line for the program's command. */
        SetupPlace place(Optional<String> host, Map<String, String> options);

        /** Whether a profile answers for an origin. */
        boolean answers(ServerOrigin origin);
    }

    /**
     * Commands over the given protocols.
     *
     * @param quietly runs work without questions and messages
     * @param settings for {@code --setup}
     */
    public CredentialCommands(
            List<HelperProtocol> protocols,
            Selections selections,
            Supplier<InputStream> standardInput,
            Consumer<Runnable> quietly,
            Function<Selection, Setting> settings) {
        this.protocols = List.copyOf(protocols);
        this.selections = selections;
        this.standardInput = standardInput;
        this.quietly = quietly;
        this.settings = settings;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        List<CommandSpec> specs = new ArrayList<>();
        for (HelperProtocol protocol : protocols) {
            specs.add(spec(protocol)); // a stream, and its classes, would be the only one of a helper
        }
        return specs;
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
            draft.argument(ArgumentSpec.maybe(
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
        draft.option(SETUP);
        return draft.does(call -> call.has("setup") ? setUp(protocol, call) : answer(protocol, call));
    }

    private Object setUp(HelperProtocol protocol, Call call) {
        boolean apply = call.has("apply");
        boolean remove = call.has("remove");
        if (apply && remove) {
            throw Failure.usage("--apply and --remove do not go together", "give one of them");
        }
        Setting setting = settings.apply(selections.of(call));
        SetupPlace place = setting.place(call.option("setup"), options(protocol.description(), call));
        if (call.option("setup").isPresent()
                && !remove
                && !setting.answers(place.origins().get(0))) {
            call.conversation()
                    .say("No profile answers for " + place.origins().get(0)
                            + " yet; to add it: ast profile set NAME --also-for "
                            + place.origins().get(0));
        }
        Setup setup = protocol.setup();
        if (!apply && !remove) {
            byte[] text = setup.text(place).getBytes(StandardCharsets.UTF_8);
            return (Raw) target -> target.write(text);
        }
        List<String> done = apply ? setup.apply(place) : setup.remove(place);
        done.forEach(line -> call.conversation().say(Character.toUpperCase(line.charAt(0)) + line.substring(1)));
        if (done.isEmpty()) {
            call.conversation().say(apply ? "It is set up already" : "Nothing was set up there");
        }
        return CommandSpec.Silent.NOTHING;
    }

    private Object answer(HelperProtocol protocol, Call call) {
        Description about = protocol.description();
        boolean needed =
                !about.operations().isEmpty() && call.argument(OPERATION).isEmpty();
        boolean settingUp = call.has("apply") || call.has("remove");
        if (needed || settingUp) {
            throw Failure.usage(
                    "credential " + about.word() + " needs " + (settingUp ? "--setup" : OPERATION),
                    "ast help credential " + about.word());
        }
        HelperQuestion question = question(about, call);
        HelperAnswer answer = protocol.mayAsk() ? protocol.answer(question) : unasked(protocol, question);
        return (Raw) answer::writeTo;
    }

    private HelperAnswer unasked(HelperProtocol protocol, HelperQuestion question) {
        AtomicReference<HelperAnswer> answer = new AtomicReference<>(HelperAnswer.nothing());
        quietly.accept(() -> answer.set(protocol.answer(question)));
        return answer.get();
    }

    private HelperQuestion question(Description about, Call call) {
        Optional<String> place = about.place().flatMap(call::argument);
        return new HelperQuestion(
                call.argument(OPERATION).orElse(""),
                place,
                options(about, call),
                selections.of(call),
                standardInput,
                call.conversation()::say);
    }

    // In the order in which they are described.
    private static Map<String, String> options(Description about, Call call) {
        Map<String, String> options = new LinkedHashMap<>();
        for (HelperProtocol.Parameter parameter : about.parameters()) {
            if (call.has(parameter.name())) {
                options.put(parameter.name(), call.option(parameter.name()).orElse(""));
            }
        }
        return options;
    }
}
