package dev.ast.app;

import dev.ast.credential.StorageSetting;
import dev.ast.diagnosis.Reasons;
import dev.ast.host.ChildEnvironment;
import dev.ast.host.Interrupts;
import dev.ast.host.Launcher;
import dev.ast.host.Programs;
import dev.ast.protocol.KeeperProcess;
import dev.ast.protocol.LauncherPlan;
import dev.ast.protocol.OriginCredentials;
import dev.ast.protocol.TokenKeeper;
import dev.ast.provider.Providers;
import dev.ast.session.ContextRefresh;
import dev.ast.session.ContextSwitcher;
import dev.ast.session.Credentials;
import dev.ast.session.DeferredFailures;
import dev.ast.session.EnvironmentTokens;
import dev.ast.session.IdCredentials;
import dev.ast.session.MachineTokens;
import dev.ast.session.OAuthRenewal;
import dev.ast.session.ProfileSwitcher;
import dev.ast.session.Recipients;
import dev.ast.session.RenewalProcess;
import dev.ast.session.SessionCheck;
import dev.ast.session.SessionKeeper;
import dev.ast.session.SessionReport;
import dev.ast.session.ShellSession;
import dev.ast.session.ShellWatch;
import dev.ast.session.Targets;
import dev.ast.session.TokenRenewal;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Which profile, server and credential a command uses. Only {@link OnlineParts} connects to servers. */
public final class SessionParts {
    private final Foundation base;
    private final StoreParts store;
    private final Supplier<OnlineParts> online;
    private final Providers providers;
    private final ShellSession shell = new ShellSession();
    private final DeferredFailures late = new DeferredFailures();
    private final Targets targets;
    private final Credentials credentials;
    private final SessionReport report;
    private final SessionCheck check;
    private final ContextSwitcher contexts;
    private final ContextRefresh refresh;

    /**
     * Parts over the given ones.
     *
     * @param providers the platforms
     * @param online asked when a server is needed
     */
    public SessionParts(Foundation base, StoreParts store, Providers providers, Supplier<OnlineParts> online) {
        this.base = base;
        this.store = store;
        this.providers = providers;
        this.online = online;
        // Like that of config.yml it is an error of every command, not only of the one that stores tokens.
        base.environment().get("AST_STORAGE").ifPresent(word -> StorageSetting.parse("AST_STORAGE", word));
        store.programs(this::programs);
        EnvironmentTokens variables = new EnvironmentTokens(
                base.environment(),
                base.clock(),
                (target, id, secret, audience) -> online.get().byKeyPair(target, id, secret, audience),
                base::warn);
        targets = new Targets(store.profiles(), store.directories(), providers, base.environment(), shell);
        credentials = new Credentials(
                store.sessions(),
                variables,
                new MachineTokens(base.clock(), target -> online.get().byWorkload(target)),
                renewal(base.interrupts()),
                base.clock(),
                late::add);
        report = new SessionReport(store.profiles(), targets, credentials, base.clock());
        check = new SessionCheck(
                report,
                targets,
                credentials,
                () -> online.get().identities(),
                client -> online.get().oauth().endpoints(client),
                () -> online.get().clients());
        contexts = new ContextSwitcher(store.profiles(), targets, check, base.clock());
        refresh = new ContextRefresh(contexts, targets, base.clock(), base.conversations()::quietly);
    }

    /** Renews in a process of its own; in this one only where no launcher can start one, as in a unit test. */
    private TokenRenewal renewal(Interrupts interrupts) {
        return Launcher.ofProcess()
                .<TokenRenewal>map(launcher ->
                        new RenewalProcess(launcher, this::ownProcesses, store.sessions(), store.locks(), interrupts))
                .orElseGet(() -> new OAuthRenewal(() -> online.get().oauth()));
    }

    /** The platforms. */
    public Providers providers() {
        return providers;
    }

    /** Starts other programs, which get none of the tokens in the environment. */
    public Programs programs() {
        return new Programs(childEnvironment());
    }

    // A renewal reads the client's key, too, but takes no token of the environment.
    private Programs ownProcesses() {
        return new Programs(childEnvironment(Set.of("AST_TOKEN", "AST_CLIENT_SECRET")));
    }

    /** The environment of other programs. */
    ChildEnvironment childEnvironment() {
        return childEnvironment(Set.of("AST_TOKEN", "AST_CLIENT_SECRET", "AST_CLIENT_KEY_PASSWORD"));
    }

    private ChildEnvironment childEnvironment(Set<String> own) {
        Set<String> secrets = new HashSet<>(own);
        secrets.addAll(providers.secretVariables());
        return new ChildEnvironment(secrets);
    }

    /** The profile that this shell works with. */
    public ShellSession shell() {
        return shell;
    }

    /** Failures that a command survives, but that decide its exit code. */
    public DeferredFailures late() {
        return late;
    }

    /** Which profile and server are meant. */
    public Targets targets() {
        return targets;
    }

    /** The credential of a command. */
    public Credentials credentials() {
        return credentials;
    }

    /** The id_tokens of the stored logins. */
    public IdCredentials ids() {
        return new IdCredentials(credentials, base.clock());
    }

    /** Which profile's token another program may be given. */
    public Recipients recipients() {
        return new Recipients(store.profiles(), targets, credentials, base.environment());
    }

    /** Who is signed in where, as stored. */
    public SessionReport report() {
        return report;
    }

    /** The same, as the server reports it. */
    public SessionCheck check() {
        return check;
    }

    /** Selects contexts. */
    public ContextSwitcher contexts() {
        return contexts;
    }

    /** Keeps the contexts of a shell up to date. */
    public ContextRefresh contextRefresh() {
        return refresh;
    }

    /** Keeps the session of a shell alive. Ctrl-C, which is for the running command, does not stop a renewal of it. */
    public SessionKeeper keeper() {
        return new SessionKeeper(
                targets, credentials.renewedBy(renewal(new Interrupts())), base.clock(), base.conversations()::quietly);
    }

    /** Keeps the token in a file fresh; no signal stops a renewal of it. */
    TokenKeeper tokenKeeper() {
        return new TokenKeeper(
                credentials.renewedBy(renewal(new Interrupts())), base.clock(), base.conversations()::quietly);
    }

    /** Has the launcher become a program. */
    LauncherPlan plan(long launcher, Consumer<String> printer) {
        return new LauncherPlan(
                base.environment(),
                childEnvironment().secrets(),
                new KeeperProcess(Launcher.ofProcess().orElseThrow(), this::ownProcesses, base.interrupts())::start,
                launcher,
                printer);
    }

    /** Notices what other processes do to the shell's profile. */
    public ShellWatch watch() {
        return new ShellWatch(store.profiles(), shell);
    }

    /** Selects profiles. */
    public ProfileSwitcher profileSwitcher() {
        return new ProfileSwitcher(store.profiles(), shell, base.environment(), store.log());
    }

    /** Why a command would use what it would use. */
    public Reasons reasons() {
        return new Reasons(targets, credentials, base.clock());
    }

    /** Credentials for other programs, by origin. */
    public OriginCredentials originCredentials() {
        return new OriginCredentials(
                recipients(), targets, credentials, ids(), store.sessions(), base.clock(), store.log());
    }
}
