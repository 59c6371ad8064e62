package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.output.Conversation.Choice;
import dev.ast.output.view.ProfileList;
import dev.ast.output.view.ProfileShown;
import dev.ast.profile.ProfileEditor;
import dev.ast.profile.Profiles;
import dev.ast.provider.Providers;
import dev.ast.session.ProfileSwitcher;
import dev.ast.session.Selection;
import dev.ast.session.Targets;
import java.util.List;
import java.util.Optional;

/** The {@code profile} commands. */
public final class ProfileCommands {
    private static final String GROUP = "Profiles";
    private static final ArgumentSpec NAME = ArgumentSpec.one("NAME", "The profile", Values.PROFILE);
    private static final OptionSpec PROVIDER =
            OptionSpec.value("provider", "NAME", "The kind of platform").from(Values.PROVIDER);
    private static final OptionSpec ISSUER = OptionSpec.value("issuer", "URL", "The OpenID or OAuth server");
    private static final OptionSpec CLIENT = OptionSpec.value("client-id", "ID", "The OAuth client");
    private static final OptionSpec SCOPE = OptionSpec.value("scope", "SCOPES", "The scopes, separated by spaces")
            .from(Values.SCOPE);

    private static final OptionSpec PROTECTED =
            OptionSpec.flag("protected", "Ask before something is changed with this profile");
    private static final OptionSpec UNPROTECTED = OptionSpec.flag("unprotected", "Do not ask any more");

    private final Profiles profiles;
    private final ProfileEditor editor;
    private final ProfileSwitcher switcher;
    private final Targets targets;
    private final Providers providers;
    private final Selections selections;
    private final Guard guard;

    /** Commands over the given use cases. */
    public ProfileCommands(
            Profiles profiles,
            ProfileEditor editor,
            ProfileSwitcher switcher,
            Targets targets,
            Providers providers,
            Selections selections,
            Guard guard) {
        this.profiles = profiles;
        this.editor = editor;
        this.switcher = switcher;
        this.targets = targets;
        this.providers = providers;
        this.selections = selections;
        this.guard = guard;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("profile list", GROUP, "List the profiles")
                        .gives(CommandSpec.Result.LIST)
                        .local()
                        .does(this::list),
                CommandSpec.named("profile show", GROUP, "Show the settings of a profile")
                        .local()
                        .argument(ArgumentSpec.maybe("NAME", "The profile; the active one if left out", Values.PROFILE))
                        .does(this::show),
                CommandSpec.named("profile use", GROUP, "Switch to a profile, or back with '-'")
                        .alias("use")
                        .describe("In a script the switch ends with the script, unless it is saved.")
                        .option(OptionSpec.flag("save", "In a script: for later commands too"))
                        .local()
                        .argument(ArgumentSpec.maybe("NAME", "The profile, or - for the one before", Values.PROFILE))
                        .does(this::use),
                CommandSpec.named("profile create", GROUP, "Add a profile")
                        .local()
                        .argument(ArgumentSpec.one("NAME", "The new profile", Values.FREE))
                        .option(PROVIDER, ISSUER, CLIENT, SCOPE, PROTECTED)
                        .does(call -> edit(call, true)),
                CommandSpec.named("profile set", GROUP, "Change the settings of a profile")
                        .local()
                        .describe("A profile that is signed in keeps its session; a session is only ever used for the"
                                + " server that it was issued for.")
                        .argument(NAME)
                        .option(PROVIDER, ISSUER, CLIENT, SCOPE, PROTECTED, UNPROTECTED)
                        .option(ProgramArguments.SPECS)
                        .does(call -> edit(call, false)),
                CommandSpec.named("profile rename", GROUP, "Give a profile another name")
                        .local()
                        .argument(NAME)
                        .argument(ArgumentSpec.one("NEW", "The new name", Values.FREE))
                        .does(this::rename),
                CommandSpec.named("profile remove", GROUP, "Remove a profile that is signed out")
                        .local()
                        .argument(NAME)
                        .option(Guard.YES)
                        .does(this::remove));
    }

    private Object list(Call call) {
        return new ProfileList(
                profiles.list().all(), targets.choose(selections.of(call)).name(), this::server);
    }

    private Optional<ServerOrigin> server(Profile profile) {
        return profile.server()
                .or(() -> providers.find(profile.provider()).flatMap(provider -> provider.server()))
                .or(() -> profile.issuer().map(ServerOrigin::of));
    }

    private Object show(Call call) {
        ProfileName active = targets.choose(selections.of(call)).name();
        ProfileName name = call.argument("NAME").map(ProfileName::new).orElse(active);
        return shown(profiles.require(name), active);
    }

    private ProfileShown shown(Profile profile, ProfileName active) {
        return new ProfileShown(profile, server(profile), profile.name().equals(active));
    }

    private Object use(Call call) {
        String word = call.argument("NAME").orElseGet(() -> pick(call));
        Profile used = switcher.use(word, call.has("save"));
        call.conversation()
                .say("Now using profile " + used.name()
                        + (used.isProtected() ? ", which is protected: changes are asked for" : ""));
        switcher.overruled().ifPresent(call.conversation()::say);
        return Changed.of("profile", used.name(), "used");
    }

    private String pick(Call call) {
        List<Profile> all = profiles.list().all();
        if (all.isEmpty()) {
            throw Failure.usage("there are no profiles yet", "ast login");
        }
        ProfileName active = targets.choose(Selection.NONE).name();
        List<Choice> choices = all.stream()
                .map(profile -> new Choice(
                        profile.name().value(), who(profile), profile.name().equals(active)))
                .toList();
        int index = call.conversation().choose("Which profile", choices, "ast profile use NAME");
        return all.get(index).name().value();
    }

    private static String who(Profile profile) {
        if (!profile.hasCredential()) {
            return profile.endedAt().isPresent() ? "session ended" : "signed out";
        }
        return profile.identity().flatMap(identity -> identity.label()).orElse("signed in");
    }

    private Object edit(Call call, boolean create) {
        ProfileName name = new ProfileName(call.argument("NAME").orElseThrow());
        Optional<String> provider =
                call.option("provider").map(id -> providers.require(id).id());
        ProfileEditor.Change change = new ProfileEditor.Change(
                provider,
                call.global().server(),
                call.option("issuer").map(ClientArguments::issuer),
                call.option("client-id").filter(ClientArguments::clientId),
                call.option("scope").map(ClientArguments::scopes),
                guarded(call),
                ProgramArguments.of(call));
        if (create) {
            editor.create(name, change, change.issuer().isPresent() ? Providers.GENERIC : Providers.DEFAULT);
            call.conversation().say("Created profile " + name);
        } else {
            editor.set(name, change);
            call.conversation().say("Changed profile " + name);
        }
        return Changed.of("profile", name, create ? "created" : "set");
    }

    private static Optional<Boolean> guarded(Call call) {
        if (call.has(PROTECTED.name()) && call.has(UNPROTECTED.name())) {
            throw Failure.usage("--protected and --unprotected do not go together", "give one of them");
        }
        return call.has(PROTECTED.name())
                ? Optional.of(true)
                : call.has(UNPROTECTED.name()) ? Optional.of(false) : Optional.empty();
    }

    private Object rename(Call call) {
        ProfileName from = new ProfileName(call.argument("NAME").orElseThrow());
        ProfileName to = new ProfileName(call.argument("NEW").orElseThrow());
        editor.rename(from, to);
        call.conversation().say("Renamed profile " + from + " to " + to);
        return Changed.of("profile", to, "renamed");
    }

    private Object remove(Call call) {
        ProfileName name = new ProfileName(call.argument("NAME").orElseThrow());
        profiles.require(name);
        guard.check(call, name, "profile remove");
        editor.remove(name);
        call.conversation().say("Removed profile " + name);
        return Changed.of("profile", name, "removed");
    }
}
