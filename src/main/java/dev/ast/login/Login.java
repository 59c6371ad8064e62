package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.Browser;
import dev.ast.host.Interrupts;
import dev.ast.json.JsonObject;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.Granted;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.Identities;
import dev.ast.provider.PlatformClients;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import dev.ast.session.Credentials;
import dev.ast.session.Targets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Signs a profile in: gets tokens in one of the ways there are, stores them before anything else, then reads who it is.
 */
public final class Login {
    private final ProfileSetup setup;
    private final Providers providers;
    private final Profiles profiles;
    private final SessionStorage storing;
    private final DeviceLogin device;
    private final BrowserLogin web;
    private final Browser browser;
    private final AccountClaim claim;
    private final PasswordLogin password;
    private final ClientSecrets secrets;
    private final PlatformClients clients;
    private final OAuthTokens tokens;
    private final Identities identities;
    private final Credentials credentials;
    private final Targets targets;
    private final LoginStorage storage;
    private final InstantSource clock;

    /** Signs in over the given parts. */
    public Login(
            ProfileSetup setup,
            Providers providers,
            Profiles profiles,
            StoredSessions sessions,
            DeviceLogin device,
            BrowserLogin web,
            Browser browser,
            AccountClaim claim,
            PasswordLogin password,
            ClientSecrets secrets,
            PlatformClients clients,
            OAuthTokens tokens,
            Identities identities,
            Credentials credentials,
            Targets targets,
            LoginStorage storage,
            InstantSource clock,
            Interrupts interrupts) {
        this.setup = setup;
        this.providers = providers;
        this.profiles = profiles;
        this.storing = new SessionStorage(profiles, sessions, interrupts);
        this.device = device;
        this.web = web;
        this.browser = browser;
        this.claim = claim;
        this.password = password;
        this.secrets = secrets;
        this.clients = clients;
        this.tokens = tokens;
        this.identities = identities;
        this.credentials = credentials;
        this.targets = targets;
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * Signs in by code or browser, depending on the request and the platform.
     *
     * @throws FailureException for every end but success; the store is then as it was
     */
    public SignedIn byUser(LoginRequest request, SignInScreen screen) {
        Profile profile = setup.of(request, screen);
        Optional<SignedIn> good = new GoodSession(profiles, credentials, targets).of(request, profile);
        if (good.isPresent()) {
            return good.get();
        }
        Provider provider = providers.of(profile);
        if (provider.options().signIn() == PlatformOptions.SignIn.PASSWORD) {
            checkUse(profile, provider, screen);
            return byToken(request, password.run(profile, provider, request, screen), screen);
        }
        return byServer(request, missing(request, provider).asked(profile, screen), screen);
    }

    /** What only the user knows about the server and the client of a sign-in. */
    MissingValues missing(LoginRequest request, Provider provider) {
        return new MissingValues(provider, request, secrets.given(request));
    }

    private SignedIn byServer(LoginRequest request, Profile profile, SignInScreen screen) {
        Provider provider = providers.of(profile);
        checkUse(profile, provider, screen);
        OAuthClient client = client(request, profile, screen);
        Endpoints endpoints = tokens.endpoints(client);
        if (client.options().workload().isUsed()) {
            return ofMachine(request, profile, client, screen);
        }
        StorageKind kind = storage(request, profile);
        if (client.options().ofClient()) {
            return ofClient(request, profile, client, kind, screen);
        }
        SignInWay way = request.way().on(provider, endpoints, request, browser, profile.name(), screen);
        boolean code = endpoints.deviceAuthorization().isPresent();
        Optional<Granted> byBrowser =
                way == SignInWay.BROWSER ? web.run(profile, provider, client, request, code, screen) : Optional.empty();
        if (byBrowser.isPresent()) {
            return keep(request, profile, byBrowser.get(), kind, screen);
        }
        // Also after a failed sign-in by browser.
        return device.run(profile, provider, client, request, screen, new DeviceLogin.Ending() {
            @Override
            public SignedIn keep(Granted granted) {
                return Login.this.keep(request, profile, granted, kind, screen);
            }

            @Override
            public Optional<SignedIn> stored(Instant since) {
                return new GoodSession(profiles, credentials, targets)
                        .storedSince(storing.sessions(), since, profile.name());
            }
        });
    }

    /** The client of a sign-in, with its secret and what the request asks for. */
    OAuthClient client(LoginRequest request, Profile profile, SignInScreen screen) {
        Provider provider = providers.of(profile);
        OAuthClient registered = secrets.complete(provider, clients.of(provider, profile), profile, request, screen)
                .asking(request.client().parameters());
        // What the user asks for is asked as it is.
        return profile.scopes().isPresent() ? registered : registered.offeredBy(tokens.endpoints(registered));
    }

    /** Refuses a sign-in that would be of no use, see {@link Unattended}. */
    void checkUse(Profile profile, Provider provider, SignInScreen screen) {
        new Unattended(credentials).check(profile, provider, screen);
    }

    /** Where the tokens will be stored; asked before the user, whose approval counts once. */
    StorageKind storage(LoginRequest request, Profile profile) {
        return storage.choose(request.storage(), profile.storage());
    }

    /** Stores what was granted, and reads who is signed in. */
    SignedIn keep(LoginRequest request, Profile profile, Granted granted, StorageKind kind, SignInScreen screen) {
        storing.store(profile, granted.tokens(), Optional.of(kind), screen);
        if (!granted.tokens().renewable()) {
            screen.say("The server gave no refresh token: this session cannot be renewed.");
        }
        return finish(request, profile, granted.tokens(), kind, Optional.of(granted.answer()), screen);
    }

    // No user is there, so nobody is asked, and the identity is the client's own.
    private SignedIn ofClient(
            LoginRequest request, Profile profile, OAuthClient client, StorageKind kind, SignInScreen screen) {
        if (!client.options().confidential()) {
            throw Failure.usage(
                    "a client that signs in by itself needs a secret, a key or a certificate",
                    profile.name().loginCommand() + " --client-credentials --client-secret @FILE");
        }
        storing.store(profile, tokens.ofClient(client).tokens(), Optional.of(kind), screen);
        return finish(request, profile, Optional.of(kind), Optional.of(Identities.Known.ofClient(client)), screen);
    }

    // Its token is there whenever a command needs it, so the one that it is exchanged for is stored only where asked.
    private SignedIn ofMachine(LoginRequest request, Profile profile, OAuthClient client, SignInScreen screen) {
        Optional<StorageKind> kind = request.storage().isEmpty()
                ? Optional.empty()
                : Optional.of(storage.choose(request.storage(), Optional.empty()));
        if (kind.isEmpty() && request.client().secret().isPresent()) {
            throw Failure.usage(
                    "a client secret is kept with the tokens, and none are stored for a machine",
                    "set AST_CLIENT_SECRET instead, or add --storage");
        }
        storing.store(profile, tokens.ofClient(client).tokens(), kind, screen);
        return finish(request, profile, kind, Optional.of(Identities.Known.ofClient(client)), screen);
    }

    /**
     * Signs in with a token that the user already has. It is shown to the server before it is stored.
     *
     * @throws FailureException (not_signed_in) when the server does not accept it
     */
    public SignedIn byToken(LoginRequest request, Secret token, SignInScreen screen) {
        Profile profile = setup.of(request, screen);
        Provider provider = providers.of(profile);
        StorageKind kind = storage.choose(request.storage(), profile.storage());
        ServerOrigin server = provider.serverOf(profile);
        TokenSet given = provider.given(server, token, clock.instant());
        if (given.endedAt(clock.instant())) {
            throw refused(profile, "it has already expired");
        }
        Optional<Identities.Known> known;
        try {
            known = identity(profile, provider, given, Optional.empty());
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.SessionEnded ended ? refused(profile, ended.why()) : e;
        }
        storing.store(profile, given, Optional.of(kind), screen);
        screen.say("A token that was given cannot be renewed.");
        return finish(request, profile, Optional.of(kind), known, screen);
    }

    private static FailureException refused(Profile profile, String why) {
        return new Failure.TokenRefused(
                        "the given token is not accepted: " + why,
                        Optional.of(profile.name().loginCommand()))
                .asException();
    }

    private SignedIn finish(
            LoginRequest request,
            Profile profile,
            TokenSet granted,
            StorageKind kind,
            Optional<JsonObject> answer,
            SignInScreen screen) {
        Provider provider = providers.of(profile);
        Optional<Identities.Known> known = Optional.empty();
        try {
            known = identity(profile, provider, granted, answer);
            known.map(Identities.Known::notes).orElse(List.of()).forEach(screen::say);
            if (known.filter(Identities.Known::refuted).isPresent()) {
                storing.dropIdToken(profile.name());
            }
            boolean nameless =
                    known.map(Identities.Known::contexts).orElse(List.of()).isEmpty();
            if (provider.options().claimsName() && nameless && claim.run(provider.serverOf(profile), granted, screen)) {
                known = identity(profile, provider, granted, answer);
            }
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            screen.say("Who is signed in could not be read: " + Identities.why(e.failure()));
            // Falls back to the token answer; the accounts known before stay known.
            known = Identities.fromAnswer(answer).map(who -> new Identities.Known(who, profile.contexts()));
        }
        return finish(request, profile, Optional.of(kind), known, screen);
    }

    private SignedIn finish(
            LoginRequest request,
            Profile profile,
            Optional<StorageKind> kind,
            Optional<Identities.Known> known,
            SignInScreen screen) {
        Optional<Identity> before = profile.identity();
        profiles.change(profile.name(), stored -> {
            Profile changed =
                    stored.identifiedAs(known.map(Identities.Known::identity).orElse(Identity.UNKNOWN));
            Profile listed = known.map(read -> changed.withContexts(read.contexts(), clock.instant()))
                    .orElse(changed);
            return ContextChoice.after(request, listed, before, screen);
        });
        boolean activated = storing.complete(profile.name());
        Profile stored = profiles.require(profile.name());
        return new SignedIn(stored, providers.of(stored).serverOf(stored), kind, false, activated);
    }

    private Optional<Identities.Known> identity(
            Profile profile, Provider provider, TokenSet granted, Optional<JsonObject> answer) {
        OAuthClient client = clients.of(provider, profile);
        Endpoints endpoints = provider.shape().isEmpty() ? tokens.endpoints(client) : client.given();
        return Optional.of(identities.read(provider, profile, client, endpoints, granted, answer));
    }
}
