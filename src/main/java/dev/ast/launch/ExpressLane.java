package dev.ast.launch;

import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.CredentialCommands;
import dev.ast.command.GlobalOptions;
import dev.ast.command.ProfileCommands;
import dev.ast.command.Selections;
import dev.ast.command.SessionCommands;
import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.credential.keyring.KeyringTokenRepository;
import dev.ast.credential.keyring.Keyrings;
import dev.ast.credential.keyring.UserPrompt;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.host.ChildEnvironment;
import dev.ast.host.Environment;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.host.Launcher;
import dev.ast.host.Programs;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.login.TokenText;
import dev.ast.output.Coloring;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Format;
import dev.ast.output.LostOutput;
import dev.ast.output.Outcome;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.output.StandardInput;
import dev.ast.output.TerminalConversation;
import dev.ast.output.Views;
import dev.ast.output.view.ProfileList;
import dev.ast.output.view.StatusView;
import dev.ast.output.view.TokenAnswer;
import dev.ast.output.view.WhoamiView;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.protocol.RegistryCredentials;
import dev.ast.provider.Providers;
import dev.ast.session.Credentials;
import dev.ast.session.DeferredFailures;
import dev.ast.session.RenewalProcess;
import dev.ast.session.Selection;
import dev.ast.session.SessionCheck;
import dev.ast.session.SessionReport;
import dev.ast.session.ShellSession;
import dev.ast.session.Status;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import dev.ast.session.TokenRenewal;
import dev.ast.session.Whoami;
import dev.ast.shell.LineManner;
import dev.ast.shell.ShellCommands;
import dev.ast.shell.completion.CompleteCommand;
import dev.ast.shell.grammar.CallParser;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.ParsedCall;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The second wiring of the same classes, by hand and without Spring: for the commands that only read the store. Grammar,
 * commands, session and views are those of the full program; whatever it has and this has not makes the call fall
 * through to it, before anything was printed.
 */
public final class ExpressLane {
    private static final Set<String> COMMANDS = Set.of(
            "token", "whoami", "status", "profile list", "credential docker", "version", CompleteCommand.CALL_BACK);

    private final Environment environment;
    private final Screen screen;
    private final InstantSource clock;
    private final Interrupts interrupts = new Interrupts();
    private final Redactor redactor = new Redactor();
    private final AstHome home;
    private final IntConsumer halt;
    private final Profiles profiles;
    private final CredentialsFile file;
    private final LockFiles locks;
    private @Nullable KeyringTokenRepository keyring;
    private final DeferredFailures late = new DeferredFailures();
    private boolean mustAnswer;

    private ExpressLane(Environment environment, Screen screen, InstantSource clock, AstHome home, IntConsumer halt) {
        this.halt = halt;
        this.environment = environment;
        this.screen = screen;
        this.clock = clock;
        this.home = home;
        PrivateFiles files = new PrivateFiles(home.directory());
        this.locks = new LockFiles(home, files, clock, Sleeper.real(interrupts));
        this.file = new CredentialsFile(home, files, locks);
        this.profiles = new Profiles(file);
    }

    /**
     * Runs a command.
     *
     * @param halt ends the process with a code, without running shutdown hooks
     * @return its exit code; empty when the full program must run it, and nothing was printed
     */
    public static OptionalInt run(List<String> argv, IntConsumer halt) {
        Environment environment = Environment.ofProcess();
        return run(argv, environment, Screen.ofProcess(environment), InstantSource.system(), halt);
    }

    /** Runs a command with another environment, screen and time than the process's. */
    public static OptionalInt run(
            List<String> argv, Environment environment, Screen screen, InstantSource clock, IntConsumer halt) {
        try {
            AstHome home = AstHome.of(environment);
            if (PackagedProviders.anyVariableSet(environment) || Files.exists(home.configFile())) {
                // Tokens and settings from outside are the full program's matter.
                return OptionalInt.empty();
            }
            return new ExpressLane(environment, screen, clock, home, halt).answer(argv);
        } catch (FallThrough | FailureException e) {
            return OptionalInt.empty();
        }
    }

    private OptionalInt answer(List<String> argv) {
        ParsedCall parsed = new CallParser(catalog(argv)).parse(argv);
        GlobalOptions global = parsed.global();
        if (parsed.help() || !COMMANDS.contains(parsed.command().name()) || needsMore(global)) {
            return OptionalInt.empty();
        }
        if (parsed.command().name().equals("status") || parsed.command().name().equals("profile list")) {
            requireServers();
        }
        Coloring coloring = Coloring.valueOf(global.color().name());
        TerminalConversation conversation = new TerminalConversation(
                screen,
                new StandardInput(input()),
                interrupts,
                redactor,
                new TerminalConversation.Options(global.quiet(), global.noInput(), coloring));
        try {
            Object result = parsed.command()
                    .action()
                    .run(new Call(
                            parsed.command(),
                            global,
                            parsed.options(),
                            parsed.arguments(),
                            parsed.rest(),
                            conversation));
            Outcome outcome = result instanceof Outcome partly ? partly : Outcome.of(result, Exit.OK);
            if (outcome.failure().filter(failure -> !isFinal(failure)).isPresent()) {
                return OptionalInt.empty();
            }
            if (result == CommandSpec.Silent.NOTHING) {
                return OptionalInt.of(0);
            }
            Format format =
                    global.format().map(chosen -> Format.valueOf(chosen.name())).orElse(Format.TEXT);
            views(outcome.result()).show(outcome.result(), format, coloring);
            screen.flush();
            outcome.failure().ifPresent(failure -> {
                throw failure.asException();
            });
            late.take().ifPresent(failure -> {
                throw failure.asException();
            });
            return OptionalInt.of(outcome.exit());
        } catch (LostOutput e) {
            return OptionalInt.of(new ErrorPrinter(screen, redactor).print(e, LineManner.of(argv), ""));
        } catch (FailureException e) {
            if (isFinal(e.failure())) {
                return OptionalInt.of(new ErrorPrinter(screen, redactor).print(e, LineManner.of(argv), ""));
            }
            throw e;
        }
    }

    // What the full program could not do better. A keyring that hangs, above all, must not be waited for twice.
    // And standard input can be read only once, and a session renewed only once.
    private boolean isFinal(Failure failure) {
        return mustAnswer
                || failure instanceof Failure.NotSignedIn
                || failure instanceof Failure.SessionEnded
                || failure instanceof Failure.Storage;
    }

    private static boolean needsMore(GlobalOptions global) {
        return global.token().isPresent()
                || global.server().isPresent()
                || global.context().isPresent()
                || global.verbose()
                || global.format().filter(GlobalOptions.Format.YAML::equals).isPresent();
    }

    // A profile that nobody has signed in to yet takes its server from the provider, which is not known here.
    private Profiles.Listing requireServers() {
        Profiles.Listing listing = profiles.list();
        boolean known =
                listing.all().stream().allMatch(profile -> profile.server().isPresent());
        if (!known || listing.all().stream().noneMatch(profile -> profile.name().equals(listing.active()))) {
            throw new FallThrough();
        }
        return listing;
    }

    private Catalog catalog(List<String> argv) {
        FileTokenRepository tokens = new FileTokenRepository(file);
        StoredSessions sessions =
                new StoredSessions(profiles, kind -> kind == StorageKind.FILE ? tokens : keyring(), locks, clock);
        Credentials credentials = new Credentials(sessions, environment, renewal(argv, sessions), clock, late::add);
        Targets targets = new Targets(profiles, new Providers(PackagedProviders.ALL), environment, new ShellSession());
        SessionReport report = new SessionReport(profiles, targets, credentials, clock);
        SessionCheck check = new SessionCheck(
                report, targets, credentials, FallThrough.part(), FallThrough.part(), FallThrough.part());
        Selections selections = new Selections(new TokenText(FallThrough.part()));
        SessionCommands session = new SessionCommands(report, check, targets, credentials, selections);
        if (argv.contains(CompleteCommand.CALL_BACK)) {
            return new ExpressCompletion(profiles, clock, sessions, targets, credentials, check)
                    .catalog(session, selections);
        }
        List<CommandSpec> specs = new ArrayList<>(session.specs());
        // Those that cannot be meant need not be made; what is none of them is the full program's.
        if (argv.contains("profile")) {
            specs.add(ProfileCommands.list(profiles, targets, Profile::server, selections));
        }
        if (argv.contains("version") || argv.contains("--version")) {
            specs.add(ShellCommands.version());
        }
        if (argv.contains("credential")) {
            specs.addAll(new CredentialCommands(() -> registries(targets, credentials), selections, this::standardInput)
                    .specs());
        }
        return new Catalog(specs);
    }

    /**
     * Renews by a process of its own, as the full program does. A helper protocol falls through: which of all profiles is
     * to be renewed is known only after standard input was read.
     */
    private TokenRenewal renewal(List<String> argv, StoredSessions sessions) {
        Optional<Launcher> launcher = Launcher.ofProcess();
        if (launcher.isEmpty() || argv.contains("credential")) {
            return (profile, stale) -> FallThrough.<Optional<Renewed>>part().get();
        }
        return new TokenRenewal() {
            @Override
            public Optional<Renewed> renew(ProfileName profile, Predicate<TokenSet> stale) {
                return process().renew(profile, stale);
            }

            @Override
            public Optional<Renewed> renewFor(ProfileName profile, String organization, Predicate<TokenSet> stale) {
                return process().renewFor(profile, organization, stale);
            }

            private TokenRenewal process() {
                mustAnswer = true;
                Signals.behindLauncher(interrupts, halt);
                interrupts.tell(line -> screen.err(line + "\n"));
                Programs programs = new Programs(new ChildEnvironment(Set.of()));
                return new RenewalProcess(launcher.get(), programs, sessions, locks, interrupts);
            }
        };
    }

    // Whatever the full program would be needed for is found out here, before standard input is read.
    private RegistryCredentials registries(Targets targets, Credentials credentials) {
        List<Profile> all = requireServers().all();
        try {
            for (Profile profile : all) {
                if (!profile.signedIn()) {
                    continue;
                }
                Target target = targets.resolve(new Selection(
                        Optional.of(profile.name()), Optional.empty(), Optional.empty(), Optional.empty()));
                if (target.provider().options().registry().isPresent()) {
                    credentials.fresh(target, Optional.empty(), Duration.ZERO);
                }
            }
        } catch (FailureException e) {
            // Perhaps not of the profile that is meant.
            throw new FallThrough();
        }
        return new RegistryCredentials(profiles, targets, credentials);
    }

    private InputStream standardInput() {
        mustAnswer = true;
        return input().standard();
    }

    private Input input() {
        return new Input(interrupts, screen.isTerminal(Screen.Stream.IN));
    }

    // One for all profiles: it keeps its connection, and does not ask again what has just hung.
    private TokenRepository keyring() {
        KeyringTokenRepository made = keyring;
        if (made == null) {
            UserPrompt userPrompt = new UserPrompt(this::leaveAskingToTheFullProgram, line -> {});
            made = new KeyringTokenRepository(
                    Keyrings.forThisMachine(
                            System.getProperty("os.name", ""), environment, userPrompt, interrupts, home),
                    home,
                    System::nanoTime);
            keyring = made;
        }
        return made;
    }

    // At a terminal the full program asks for a locked keyring to be opened, and knows what Ctrl-C does meanwhile.
    private boolean leaveAskingToTheFullProgram() {
        if (screen.isTerminal(Screen.Stream.IN)) {
            throw new FallThrough();
        }
        return false;
    }

    // Only the one that is needed: each brings classes that a short command would have to load.
    private Views views(Object result) {
        Views views = new Views(screen);
        if (result instanceof TokenAnswer) {
            return views.register(TokenAnswer.class, new TokenAnswer.Look());
        }
        if (result instanceof Whoami) {
            return views.register(Whoami.class, new WhoamiView(clock));
        }
        if (result instanceof Status) {
            return views.register(Status.class, new StatusView(clock, ZoneId::systemDefault));
        }
        return views.register(ProfileList.class, new ProfileList.Look());
    }
}
