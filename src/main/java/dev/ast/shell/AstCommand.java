package dev.ast.shell;

import dev.ast.command.CommandSpec;
import dev.ast.command.OptionSpec;
import java.util.List;
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
    private final PlainExecution execution;

    /** A command that is run by the given execution. */
    public AstCommand(CommandSpec spec, PlainExecution execution) {
        this.spec = spec;
        this.execution = execution;
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
     * Runs the command and shows its result.
     *
     * @return {@code OK}, or the code of the command's {@link dev.ast.output.Outcome}
     * @throws dev.ast.domain.FailureException for expected failures
     */
    @Override
    public ExitStatus execute(CommandContext context) {
        int code = context.inputReader() instanceof CalledLine called
                ? execution.run(called.line())
                : execution.run(context.parsedInput().arguments().stream()
                        .map(CommandArgument::value)
                        .toList());
        return code == 0 ? ExitStatus.OK : new ExitStatus(code, spec.name());
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
