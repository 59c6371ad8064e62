package dev.ast.command;

import dev.ast.domain.ProfileName;
import dev.ast.profile.Directories;
import dev.ast.session.Targets;
import java.util.List;
import java.util.Optional;

/** The commands that bind directories to profiles. */
public final class BindCommands {
    private static final String GROUP = "Profiles";

    private final Directories directories;
    private final Targets targets;
    private final Selections selections;

    /** Commands over the given bindings. */
    public BindCommands(Directories directories, Targets targets, Selections selections) {
        this.directories = directories;
        this.targets = targets;
        this.selections = selections;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("profile bind", GROUP, "Use a profile in this directory and those below")
                        .local()
                        .describe(
                                "The binding is kept in the home of ast; nothing is read from the directory. An option,"
                                        + " AST_PROFILE, and a switch in the shell count more.")
                        .argument(ArgumentSpec.maybe("NAME", "The profile; the active one if left out", Values.PROFILE))
                        .does(this::bind),
                CommandSpec.named("profile unbind", GROUP, "End the binding of this directory")
                        .local()
                        .does(this::unbind));
    }

    private Object bind(Call call) {
        ProfileName name = call.argument("NAME")
                .map(ProfileName::new)
                .orElseGet(() -> targets.choose(selections.of(call)).name());
        Directories.Binding bound = directories.bind(name);
        call.conversation().say("Bound " + bound.directory() + " to profile " + name);
        return Changed.of("profile", name, "bound");
    }

    private Object unbind(Call call) {
        Optional<Directories.Binding> ended = directories.unbind();
        call.conversation()
                .say(ended.map(binding ->
                                "Ended the binding of " + binding.directory() + " to profile " + binding.profile())
                        .orElse("No profile is bound to this directory"));
        return Changed.of("profile", ended.map(Directories.Binding::profile).orElse(null), "unbound");
    }
}
