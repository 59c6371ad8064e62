package dev.ast.app;

import dev.ast.api.ApiCall;
import dev.ast.api.PersonalTokens;
import dev.ast.credential.StorageSetting;
import dev.ast.diagnosis.ServerChecks;
import dev.ast.domain.Secret;
import dev.ast.domain.TokenSet;
import dev.ast.host.Browser;
import dev.ast.http.Http;
import dev.ast.login.AccountClaim;
import dev.ast.login.BrowserLogin;
import dev.ast.login.ClientSecrets;
import dev.ast.login.DeferredLogin;
import dev.ast.login.DeviceLogin;
import dev.ast.login.Login;
import dev.ast.login.LoginStorage;
import dev.ast.login.Logout;
import dev.ast.login.PasswordLogin;
import dev.ast.login.PendingSignIns;
import dev.ast.login.ProfileSetup;
import dev.ast.login.Revocations;
import dev.ast.login.StartedSignIns;
import dev.ast.login.importing.Import;
import dev.ast.oauth.DevicePoller;
import dev.ast.oauth.DpopProofs;
import dev.ast.oauth.IdTokens;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.oauth.TokenRequests;
import dev.ast.oauth.TokenRevocationClient;
import dev.ast.output.Screen;
import dev.ast.output.Version;
import dev.ast.protocol.ChildProgram;
import dev.ast.protocol.ProgramRunner;
import dev.ast.provider.AccountNames;
import dev.ast.provider.Houston;
import dev.ast.provider.Identities;
import dev.ast.provider.PlatformClients;
import dev.ast.sandbox.Sandbox;
import dev.ast.session.Target;
import java.util.Arrays;
import java.util.Optional;

/** The parts that connect to servers: signing in and out, tokens, requests. */
public final class OnlineParts {
    private final Foundation base;
    private final StoreParts store;
    private final SessionParts session;
    private final Settings settings;
    private final Http http;
    private final TokenRequests requests;
    private final PlatformClients clients;
    private final KeyFiles keys;
    private final OAuthTokens oauth;
    private final Identities identities;

    /**
     * Parts over the given ones.
     *
     * @param settings where the tokens of new sessions go
     */
    public OnlineParts(Foundation base, StoreParts store, SessionParts session, Settings settings) {
        this.base = base;
        this.store = store;
        this.session = session;
        this.settings = settings;
        http = new Http(
                base.environment(),
                base.interrupts(),
                "ast/" + Version.ofBuild().version(),
                base.conversations()::detail);
        requests = new TokenRequests(http, new DpopProofs(base.clock()));
        clients = new PlatformClients(http);
        keys = new KeyFiles(base.environment());
        oauth = new OAuthTokens(
                base.environment(),
                http,
                base.clock(),
                new DevicePoller(base.clock(), base.sleeper()),
                store.sessions(),
                keys,
                name -> store.profiles()
                        .find(name)
                        .map(profile -> clients.of(session.providers().of(profile), profile))
                        .orElseThrow(() -> store.profiles().unknown(name)));
        identities = new Identities(http, requests, new IdTokens(http, base.clock()));
    }

    /** The client for HTTP. */
    public Http http() {
        return http;
    }

    /** How profiles are clients of their platforms. */
    public PlatformClients clients() {
        return clients;
    }

    /** The grants of OAuth, and the renewal of tokens. */
    public OAuthTokens oauth() {
        return oauth;
    }

    /** Who a token belongs to. */
    public Identities identities() {
        return identities;
    }

    /** The token for a key id and secret from the environment. */
    TokenSet byKeyPair(Target target, String id, Secret secret, String audience) {
        OAuthClient client = clients.of(target.provider(), target.profileAtHome());
        return client.options().ofClient()
                ? oauth.ofClient(client.with(client.options().with(secret))).tokens()
                : oauth.byKeyPair(client, id, secret, audience);
    }

    /** The token for that of this machine. */
    TokenSet byWorkload(Target target) {
        OAuthClient client = clients.of(target.provider(), target.profileAtHome());
        return oauth.ofClient(secrets().unattended(target.provider(), client, target.profile()))
                .tokens();
    }

    private ClientSecrets secrets() {
        return new ClientSecrets(base.environment(), store.profiles(), store.sessions());
    }

    private Browser browser() {
        return new Browser(base.environment(), session.childEnvironment());
    }

    private LoginStorage loginStorage() {
        return new LoginStorage(
                () -> StorageSetting.parse(base.environment()
                        .get("AST_STORAGE")
                        .or(settings::storage)
                        .orElse(StorageSetting.AUTO.word())),
                store::prepare,
                base.conversations()::tell);
    }

    /** Signs in. */
    public Login login() {
        return new Login(
                new ProfileSetup(store.profiles(), session.targets(), session.providers()),
                session.providers(),
                store.profiles(),
                store.sessions(),
                new DeviceLogin(
                        oauth,
                        browser(),
                        new PendingSignIns(base.home().signIns(), store.locks(), base.clock()),
                        base.clock(),
                        base.sleeper()),
                new BrowserLogin(oauth, browser(), base.clock(), base.sleeper(), base.interrupts()),
                browser(),
                new AccountClaim(new AccountNames(requests)),
                new PasswordLogin(new Houston(http, requests), browser()),
                secrets(),
                clients,
                oauth,
                identities,
                session.credentials(),
                session.targets(),
                loginStorage(),
                base.clock(),
                base.interrupts());
    }

    /** Signs in by two commands. */
    public DeferredLogin deferredLogin() {
        return new DeferredLogin(
                new ProfileSetup(store.profiles(), session.targets(), session.providers()),
                session.providers(),
                oauth,
                new StartedSignIns(base.home().signIns(), base.clock()),
                login(),
                base.clock());
    }

    /** Signs out. */
    public Logout logout() {
        return new Logout(
                store.profiles(),
                store.sessions(),
                store.file(),
                new Revocations(session.providers(), clients, oauth, new TokenRevocationClient(http, keys)),
                () -> loginStorage().leftovers(store.migration()),
                base.interrupts());
    }

    /** Takes over what other programs have stored. */
    public Import importing() {
        return new Import(
                base.environment(),
                store.file(),
                store.profiles(),
                store.sessions(),
                session.providers(),
                clients,
                oauth,
                loginStorage(),
                (service, user) -> store.keyringTokens().foreign(service, user),
                base.clock());
    }

    /** Whether the servers of the profiles can be used. */
    ServerChecks serverChecks() {
        return new ServerChecks(
                store.profiles(),
                session.providers(),
                clients,
                oauth,
                new TokenRevocationClient(http, keys),
                http,
                base.clock());
    }

    /** Where the tokens of new sessions go, if a file sets it. */
    Optional<String> storage() {
        return settings.storage();
    }

    /** Personal access tokens. */
    public PersonalTokens personalTokens() {
        return new PersonalTokens(session.targets(), session.credentials(), requests);
    }

    /** Requests with a token. */
    public ApiCall api() {
        return new ApiCall(session.targets(), session.credentials(), requests, base.clock(), base.sleeper());
    }

    /** Runs a program with a token, as a child. */
    ProgramRunner childProgram() {
        Screen screen = base.screen();
        boolean terminal = Arrays.stream(Screen.Stream.values()).anyMatch(screen::isTerminal);
        return new ChildProgram(
                session::programs,
                base.environment(),
                base.signals(),
                base.interrupts(),
                terminal,
                screen::elsewhere,
                store.tokenFiles(),
                session.tokenKeeper());
    }

    /** A server on this machine, for trying the program out. */
    public Sandbox sandbox() {
        return new Sandbox(
                session.programs(), base.home(), base.clock(), base.sleeper(), base.interrupts(), base.signals(), http);
    }
}
