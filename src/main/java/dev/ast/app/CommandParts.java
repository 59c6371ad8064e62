package dev.ast.app;

import dev.ast.command.ApiCommand;
import dev.ast.command.BindCommands;
import dev.ast.command.CommandSpec;
import dev.ast.command.ConfigCommands;
import dev.ast.command.ContextCommands;
import dev.ast.command.DiagnosisCommands;
import dev.ast.command.DoctorCommand;
import dev.ast.command.ExecCommand;
import dev.ast.command.Guard;
import dev.ast.command.ImportCommand;
import dev.ast.command.LogCommand;
import dev.ast.command.LoginCommands;
import dev.ast.command.PatCommands;
import dev.ast.command.ProfileCommands;
import dev.ast.command.SandboxCommand;
import dev.ast.command.Selections;
import dev.ast.command.SessionCommands;
import dev.ast.command.StorageCommands;
import dev.ast.domain.FailureException;
import dev.ast.login.TokenText;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.QrPicture;
import dev.ast.output.Screen;
import dev.ast.output.Views;
import dev.ast.output.view.SignInLines;
import dev.ast.protocol.LauncherPlan;
import dev.ast.protocol.ProgramRunner;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.LastResult;
import dev.ast.shell.Leave;
import dev.ast.shell.PlainExecution;
import dev.ast.shell.ShellCommands;
import dev.ast.shell.completion.CompleteCommand;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.Proposal;
import dev.ast.shell.completion.StoredNames;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.interactive.OuterEditor;
import dev.ast.shell.line.AliasCommand;
import dev.ast.shell.line.LineCommands;
import dev.ast.shell.line.LineExecution;
import dev.ast.shell.line.LineState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From a line to a command. */
public final class CommandParts {
    // The first words of all commands and aliases; commands() describes those of each.
    private static final Set<String> WORDS = Set.of(
            "login",
            "logout",
            "auth",
            "token",
            "whoami",
            "status",
            "ai",
            "profile",
            "context",
            "pat",
            "credential",
            "exec",
            "why",
            "api",
            "config",
            "log",
            "doctor",
            "sandbox",
            "completion",
            CompleteCommand.CALL_BACK,
            "help",
            "version",
            "history",
            "clear",
            "exit",
            "quit",
            "?",
            "use",
            LastResult.NAME,
            LineCommands.SET,
            LineExecution.EXPECT,
            AliasCommand.NAME);

    private final Foundation base;
    private final StoreParts store;
    private final SessionParts session;
    private final Supplier<OnlineParts> online;
    private final Selections selections;
    private final TokenText tokens;
    private final Leave leave = new Leave();
    private final Catalog catalog;
    private @Nullable LineState state;

    /**
     * Parts over the given ones.
     *
     * @param online asked when a command needs a server
     */
    public CommandParts(Foundation base, StoreParts store, SessionParts session, Supplier<OnlineParts> online) {
        this.base = base;
        this.store = store;
        this.session = session;
        this.online = online;
        tokens = new TokenText(base::input);
        selections = new Selections(tokens);
        catalog = new Catalog(WORDS, this::commands);
    }

    // A short command needs one of these classes, so only that is made.
    private List<CommandSpec> commands(String firstWord) {
        return switch (firstWord) {
            case "login", "logout" -> login().specs();
            case "auth" -> auth();
            case "token", "whoami", "status", "ai" -> session().specs();
            case "profile", "use" -> profile();
            case "context" -> new ContextCommands(session.contexts(), selections).specs();
            case "pat" ->
                new PatCommands(() -> online.get().personalTokens(), session.targets(), selections, guard()).specs();
            case "credential" ->
                SetupParts.commands(base, session, selections, online).specs();
            case "why" -> new DiagnosisCommands(session.reasons(), session.recipients(), selections).specs();
            case "exec" ->
                new ExecCommand(session.targets(), session.credentials(), selections, this::programRunner).specs();
            case "log" -> List.of(new LogCommand(store::log, store.profiles(), base.clock()).spec());
            case "doctor" ->
                List.of(new DoctorCommand(() -> new DoctorParts(base, store, session, online.get())).spec());
            case "api" ->
                List.of(new ApiCommand(
                                () -> online.get().api(),
                                session.targets(),
                                session.credentials(),
                                selections,
                                guard(),
                                base::input,
                                () -> base.screen().isTerminal(Screen.Stream.OUT),
                                (call, profile, options) -> login().again(call, profile, options))
                        .spec());
            case "config" -> new ConfigCommands(this::settings, KnownSettings.values()).specs();
            case "sandbox" -> sandbox().specs();
            case "completion" -> CompleteCommand.completion(this::catalog, base.environment());
            case CompleteCommand.CALL_BACK -> List.of(CompleteCommand.callBack(this::completer));
            case LastResult.NAME, LineCommands.SET, LineExecution.EXPECT, AliasCommand.NAME ->
                new LineCommands(this::lineState, this::catalog).specs();
            default -> shell().specs();
        };
    }

    private List<CommandSpec> auth() {
        List<CommandSpec> specs = new ArrayList<>(login().specs());
        specs.addAll(session().specs());
        specs.addAll(new StorageCommands(store::migration).specs());
        specs.addAll(new ImportCommand(() -> online.get().importing()).specs());
        return specs;
    }

    private SessionCommands session() {
        return new SessionCommands(
                session.report(), session.check(), session.targets(), session.credentials(), session.ids(), selections);
    }

    private LoginCommands login() {
        SignInLines.Options lines = new SignInLines.Options(
                QrPicture::draw,
                () -> store.shellSettings().clipboard(),
                base.environment().get("SSH_CONNECTION").isPresent());
        return new LoginCommands(
                () -> online.get().login(),
                () -> online.get().deferredLogin(),
                () -> online.get().logout(),
                store.profiles(),
                session.targets(),
                session.credentials(),
                selections,
                guard(),
                tokens,
                base.environment(),
                conversation -> new SignInLines(conversation, base.clock(), lines),
                this::trusted);
    }

    private String trusted(String file) {
        String path = Path.of(base.environment().expand(file)).toAbsolutePath().toString();
        online.get().http().trust(path);
        return path;
    }

    private List<CommandSpec> profile() {
        List<CommandSpec> specs = new ArrayList<>(new ProfileCommands(
                        store.profiles(),
                        store.profileEditor(),
                        session.profileSwitcher(),
                        session.targets(),
                        session.providers(),
                        selections,
                        guard())
                .specs());
        specs.addAll(new BindCommands(store.directories(), session.targets(), selections).specs());
        return specs;
    }

    // Where the launcher waits for it, the plan is enough. A child is the full program's: the start without Spring does
    // not have the terminal.
    private ProgramRunner programRunner() {
        return LauncherPlan.launcher()
                .<ProgramRunner>map(launcher -> session.plan(launcher, base.screen()::out))
                .orElseGet(() -> online.get().childProgram());
    }

    private Guard guard() {
        return new Guard(store.profiles());
    }

    private UserConfig settings() {
        OuterEditor editor = new OuterEditor(
                base.environment(), session::programs, base.home().directory(), base.interrupts()::pending);
        OuterEditor.Subject file = new OuterEditor.Subject("config.yml", "config.yml is unchanged", ConfigFile.LARGEST);
        return new UserConfig(store.configFile(), base.environment(), text -> editor.edit(text, file));
    }

    private SandboxCommand sandbox() {
        return new SandboxCommand(() -> online.get().sandbox(), line -> {
            base.screen().out(line + "\n");
            base.screen().flush();
        });
    }

    private ShellCommands shell() {
        return new ShellCommands(this::catalog, base.controls()::history, base.controls()::clear, leave);
    }

    /** What this shell or script knows from line to line. */
    public LineState lineState() {
        if (state == null) {
            state = new LineState(store::shellSettings);
        }
        return state;
    }

    /** All commands. */
    public Catalog catalog() {
        return catalog;
    }

    /** Whether the user has asked to leave the shell. */
    public Leave leave() {
        return leave;
    }

    /** Completes lines. */
    public LineCompleter completer() {
        return new LineCompleter(
                catalog,
                new StoredNames(
                        store.profiles(), session.targets(), session::providers, session.contextRefresh()::refreshSoon),
                base.environment()
                        .get("HOME")
                        .filter(home -> home.startsWith("/"))
                        .map(Path::of),
                base.usage());
    }

    /** Completes the lines of the shell, with the user's own words. */
    LineCompleter shellCompleter() {
        return completer().with(new LineCompleter.OwnWords() {
            @Override
            public List<Proposal> all() {
                try {
                    return lineState().words().entrySet().stream()
                            .map(word -> new Proposal(word.getKey(), word.getValue()))
                            .toList();
                } catch (FailureException e) {
                    return List.of();
                }
            }

            @Override
            public List<String> expand(List<String> words) {
                try {
                    return lineState().expand(words, catalog);
                } catch (FailureException e) {
                    return words; // the line reports it when it runs
                }
            }
        });
    }

    /** Runs commands. */
    public PlainExecution execution() {
        return new PlainExecution(
                catalog,
                new Views(base.screen(), new ResultViews(base.clock())::of),
                base.redactor(),
                base.interrupts(),
                base.conversations()::of);
    }

    /** The way from words to an exit code over what runs the commands. */
    public CommandRunner runner(CommandRunner.Execution execution) {
        return new CommandRunner(
                execution,
                base.screen(),
                new ErrorPrinter(base.screen(), base.redactor()),
                base.interrupts(),
                leave,
                session.late());
    }
}
