package dev.ast.app;

import dev.ast.api.PersonalTokens;
import dev.ast.command.ApiCommand;
import dev.ast.command.Changed;
import dev.ast.command.ContextCommands;
import dev.ast.command.CredentialCommands;
import dev.ast.command.DiagnosisCommands;
import dev.ast.command.ImportCommand;
import dev.ast.command.LoginCommands;
import dev.ast.command.PatCommands;
import dev.ast.command.ProfileCommands;
import dev.ast.command.SandboxCommand;
import dev.ast.command.Selections;
import dev.ast.command.SessionCommands;
import dev.ast.command.StorageCommands;
import dev.ast.diagnosis.Why;
import dev.ast.login.Logout;
import dev.ast.login.SignedIn;
import dev.ast.login.TokenText;
import dev.ast.login.importing.Import;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.QrPicture;
import dev.ast.output.Views;
import dev.ast.output.view.ContextList;
import dev.ast.output.view.LogoutView;
import dev.ast.output.view.MovedView;
import dev.ast.output.view.PersonalTokenViews;
import dev.ast.output.view.ProfileList;
import dev.ast.output.view.ProfileShown;
import dev.ast.output.view.SignInLines;
import dev.ast.output.view.SignedInView;
import dev.ast.output.view.StatusView;
import dev.ast.output.view.TakenView;
import dev.ast.output.view.TokenAnswer;
import dev.ast.output.view.WhoamiView;
import dev.ast.output.view.WhyView;
import dev.ast.profile.StorageMigration;
import dev.ast.session.Contexts;
import dev.ast.session.Status;
import dev.ast.session.Whoami;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.HelpPage;
import dev.ast.shell.HelpView;
import dev.ast.shell.HistoryPage;
import dev.ast.shell.Leave;
import dev.ast.shell.PlainExecution;
import dev.ast.shell.ShellCommands;
import dev.ast.shell.completion.CompleteCommand;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.StoredNames;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.Catalog.Section;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/** From a line to a command and from its result to the screen. */
public final class CommandParts {
    private final Foundation base;
    private final StoreParts store;
    private final SessionParts session;
    private final Supplier<OnlineParts> online;
    private final Selections selections;
    private final TokenText tokens;
    private final Leave leave = new Leave();
    private final Catalog catalog;

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
        catalog = Catalog.of(sections());
    }

    // Each group is described when its first word is met: a short command needs one of them.
    private List<Section> sections() {
        return List.of(
                Section.of(() -> session().specs(), "whoami", "status", "token", "auth", "ai"),
                Section.of(() -> login().specs(), "login", "logout", "auth"),
                Section.of(() -> new StorageCommands(store::migration).specs(), "auth"),
                Section.of(() -> profile().specs(), "profile"),
                Section.of(() -> new ContextCommands(session.contexts(), selections).specs(), "context"),
                Section.of(() -> new PatCommands(() -> online.get().personalTokens(), selections).specs(), "pat"),
                Section.of(() -> new ImportCommand(() -> online.get().importing()).specs(), "auth"),
                Section.of(
                        () -> new CredentialCommands(
                                        session.registries(),
                                        selections,
                                        () -> base.input().standard())
                                .specs(),
                        "credential"),
                Section.of(() -> new DiagnosisCommands(session.reasons(), selections).specs(), "why"),
                Section.of(
                        () -> List.of(new ApiCommand(() -> online.get().api(), selections, base::input).spec()), "api"),
                Section.of(() -> sandbox().specs(), "sandbox"),
                Section.of(() -> List.of(CompleteCommand.completion(this::catalog)), "completion"),
                Section.of(() -> List.of(CompleteCommand.callBack(this::completer)), CompleteCommand.CALL_BACK),
                Section.of(() -> shell().specs(), "help", "version", "history", "clear", "exit", "quit"));
    }

    private SessionCommands session() {
        return new SessionCommands(
                session.report(), session.check(), session.targets(), session.credentials(), selections);
    }

    private LoginCommands login() {
        return new LoginCommands(
                () -> online.get().login(),
                () -> online.get().logout(),
                store.profiles(),
                session.targets(),
                session.credentials(),
                selections,
                tokens,
                conversation -> new SignInLines(conversation, base.clock(), QrPicture::draw));
    }

    private ProfileCommands profile() {
        return new ProfileCommands(
                store.profiles(),
                store.profileEditor(),
                session.profileSwitcher(),
                session.targets(),
                session.providers(),
                selections);
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
                        store.profiles(), session.targets(), session::providers, session.contextRefresh()::poke));
    }

    private Views views() {
        return new Views(base.screen())
                .register(
                        HelpPage.class,
                        () -> new HelpView(List.of("Signing in", "Session", "Profiles", "Shell", "Trying it out")))
                .register(Changed.class, Changed.Look::new)
                .register(HistoryPage.class, HistoryPage.Look::new)
                .register(TokenAnswer.class, TokenAnswer.Look::new)
                .register(Contexts.class, ContextList::new)
                .register(PersonalTokens.Made.class, PersonalTokenViews.Made::new)
                .register(PersonalTokens.Listing.class, PersonalTokenViews.Listing::new)
                .register(Import.Taken.class, TakenView::new)
                .register(ProfileList.class, ProfileList.Look::new)
                .register(ProfileShown.class, ProfileShown.Look::new)
                .register(SignedIn.class, SignedInView::new)
                .register(Logout.Report.class, () -> new LogoutView(base.clock(), ZoneId::systemDefault))
                .register(StorageMigration.Moved.class, MovedView::new)
                .register(Status.class, () -> new StatusView(base.clock(), ZoneId::systemDefault))
                .register(Why.class, () -> new WhyView(base.clock()))
                .register(Whoami.class, () -> new WhoamiView(base.clock()));
    }

    /** Runs commands. */
    public PlainExecution execution() {
        return new PlainExecution(catalog, views(), base.redactor(), base.conversations()::of);
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
