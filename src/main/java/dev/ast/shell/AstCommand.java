package dev.ast.shell;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.output.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ExitStatus;

/**
 * Replaces Spring Shell's {@code MethodInvokerCommandAdapter}, whose commands cannot return an exit code, lose missing
 * arguments as empty texts and log their values (issues 1339, 1314).
 */
public final class AstCommand implements Command {
    private final CommandSpec spec;
    private final Surface surface;

    /** A command whose result is shown on the surface. */
    public AstCommand(CommandSpec spec, Surface surface) {
        this.spec = spec;
        this.surface = surface;
    }

    @Override
    public String getName() {
        return spec.name();
    }

    @Override
    public String getDescription() {
        return spec.summary();
    }

    @Override
    public String getHelp() {
        return spec.description();
    }

    @Override
    public String getGroup() {
        return spec.group();
    }

    @Override
    public boolean isHidden() {
        return spec.hidden();
    }

    @Override
    public List<String> getAliases() {
        return spec.aliases();
    }

    @Override
    public List<CommandOption> getOptions() {
        return spec.options().stream().map(AstCommand::describe).toList();
    }

    /**
     * Runs the action and shows its result.
     *
     * @return {@code OK}, or the code of the command's {@link Outcome}
     * @throws dev.ast.domain.FailureException for expected failures, those of an {@link Outcome} included
     */
    @Override
    public ExitStatus execute(CommandContext context) {
        Call call = call(context);
        Object result = spec.action().run(call);
        if (!(result instanceof Outcome outcome)) {
            show(result, call.global());
            return ExitStatus.OK;
        }
        show(outcome.result(), call.global());
        outcome.failure().ifPresent(failure -> {
            throw failure.asException();
        });
        return new ExitStatus(outcome.exit(), spec.name());
    }

    private void show(Object result, GlobalOptions global) {
        if (result != CommandSpec.Silent.NOTHING) {
            surface.show(result, global);
        }
    }

    private Call call(CommandContext context) {
        Map<String, List<String>> own = new LinkedHashMap<>();
        Map<String, List<String>> global = new LinkedHashMap<>();
        for (CommandOption option : context.parsedInput().options()) {
            String name = String.valueOf(option.longName());
            boolean isOwn = spec.option(name).isPresent();
            List<String> values = (isOwn ? own : global).computeIfAbsent(name, n -> new ArrayList<>());
            String value = option.value();
            if (value != null) {
                values.add(value);
                surface.guard(isOwn ? spec.options() : GlobalOptions.SPECS, name, value);
            }
        }
        List<String> words = new ArrayList<>();
        for (CommandArgument argument : context.parsedInput().arguments()) {
            words.add(argument.value());
        }
        Map<String, String> arguments = new LinkedHashMap<>();
        int next = 0;
        for (ArgumentSpec argument : spec.arguments()) {
            if (argument.count() != ArgumentSpec.Count.REST && next < words.size()) {
                arguments.put(argument.name(), words.get(next++));
            }
        }
        GlobalOptions options = GlobalOptions.from(global);
        return new Call(
                spec, options, own, arguments, words.subList(next, words.size()), surface.conversation(options));
    }

    private static CommandOption describe(OptionSpec option) {
        CommandOption.Builder description = CommandOption.with()
                .longName(option.name())
                .description(option.description())
                .required(false)
                .type(option.takes() == OptionSpec.Takes.NOTHING ? boolean.class : String.class);
        option.letter().ifPresent(description::shortName);
        return description.build();
    }
}
