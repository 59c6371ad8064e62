package dev.ast.command;

import dev.ast.credential.StorageSetting;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.host.Environment;
import dev.ast.login.DeferredLogin;
import dev.ast.login.Login;
import dev.ast.login.LoginRequest;
import dev.ast.login.Logout;
import dev.ast.login.SignInScreen;
import dev.ast.login.SignedIn;
import dev.ast.login.StartedSignIn;
import dev.ast.login.TokenText;
import dev.ast.output.Conversation;
import dev.ast.output.Outcome;
import dev.ast.profile.Profiles;
import dev.ast.provider.Domains;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Targets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** {@code login} and {@code logout}. */
public final class LoginCommands {
    private static final String GROUP = "Signing in";

    private final Supplier<Login> login;
    private final Supplier<DeferredLogin> deferred;
    private final Supplier<Logout> logout;
    private final Profiles profiles;
    private final Targets targets;
    private final Credentials credentials;
    private final Selections selections;
    private final Guard guard;
    private final TokenText tokens;
    private final ClientArguments clients;
    private final Function<Conversation, SignInScreen> screens;
    private final UnaryOperator<String> authorities;

    /**
     * Commands over the given use cases; the first three are made only when they are asked.
     *
     * @param authorities has the certificate authorities in a file trusted, and gives its whole path
     */
    public LoginCommands(
            Supplier<Login> login,
            Supplier<DeferredLogin> deferred,
            Supplier<Logout> logout,
            Profiles profiles,
            Targets targets,
            Credentials credentials,
            Selections selections,
            Guard guard,
            TokenText tokens,
            Environment environment,
            Function<Conversation, SignInScreen> screens,
            UnaryOperator<String> authorities) {
        this.login = login;
        this.deferred = deferred;
        this.logout = logout;
        this.profiles = profiles;
        this.targets = targets;
        this.credentials = credentials;
        this.selections = selections;
        this.guard = guard;
        this.tokens = tokens;
        this.clients = new ClientArguments(tokens, environment);
        this.screens = screens;
        this.authorities = authorities;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("login", GROUP, "Sign in with a short code or in the browser")
                        .alias("auth login")
                        .argument(
                                ArgumentSpec.maybe("DOMAIN", "An Astronomer domain such as astronomer.io", Values.FREE))
                        .describe("Shows a code and an address, opens the browser, and waits until the sign-in is"
                                + " approved there. A sign-in that fails leaves the profile as it was.")
                        .option(WaitingOptions.ALL)
                        .option(
                                OptionSpec.flag("with-token", "Take a token from standard input"),
                                OptionSpec.value("token-login", "TOKEN|-|@FILE", "Take a token that you have already")
                                        .from(Values.TEXT_OR_FILE)
                                        .letter('t')
                                        .maybe()
                                        .asSecret(),
                                OptionSpec.flag("oauth", "Paste a token instead of giving a password (private cloud)"),
                                OptionSpec.flag("if-needed", "Do nothing when the session is good"),
                                OptionSpec.value("storage", "WHERE", "Keep the tokens there")
                                        .from(Values.suggested("auto", "keyring", "file", "helper:pass")
                                                .meaning(
                                                        "the keyring where there is one",
                                                        "the system keyring",
                                                        "the file in the home of ast",
                                                        StorageCommands.HELPER)),
                                OptionSpec.value("account", "NAME", "Select this account"))
                        .option(ClientArguments.SPECS)
                        .does(this::login),
                CommandSpec.named("logout", GROUP, "Sign out: revoke the tokens and remove them here")
                        .alias("auth logout")
                        .argument(ArgumentSpec.maybe("DOMAIN", "The Astronomer domain to sign out of", Values.FREE))
                        .option(
                                OptionSpec.flag("all", "Sign out of every profile"),
                                OptionSpec.flag("local", "Only remove them here, ask no server"),
                                Guard.YES)
                        .does(this::logout));
    }

    private Object login(Call call) {
        if (call.has("resume")) {
            return resume(call);
        }
        if (call.has("with-token") && call.has("token-login")) {
            throw Failure.usage("--with-token and --token-login do not go together", "give one of them");
        }
        if (call.global().token().isPresent()) {
            throw Failure.usage("--token is for one command only and is never stored", "ast login --with-token");
        }
        Optional<Domains.Meant> domain = call.argument("DOMAIN").map(text -> domain(call, text));
        LoginRequest request = request(call, domain);
        SignInScreen screen = screens.apply(call.conversation());
        trust(call, screen);
        if (call.has("no-wait")) {
            return deferred.get().start(request, WaitingOptions.toKeep(call), call.arguments(), screen);
        }
        Optional<Secret> given = given(call);
        SignedIn signedIn = given.isPresent()
                ? login.get().byToken(request, given.get(), screen)
                : login.get().byUser(request, screen);
        return domain.isPresent() && call.global().profile().isEmpty() ? activated(signedIn) : signedIn;
    }

    /** Signs a profile in once more with these options, in the conversation of another command. */
    public void again(Call call, ProfileName profile, Map<String, List<String>> options) {
        login(new Call(specs().get(0), call.global().of(profile), options, Map.of(), List.of(), call.conversation()));
    }

    private void trust(Call call, SignInScreen screen) {
        call.option("ca")
                .map(authorities)
                .ifPresent(file -> screen.say("Other commands trust these authorities with AST_CA_BUNDLE=" + file));
    }

    private Object resume(Call call) {
        SignInScreen screen = screens.apply(call.conversation());
        StartedSignIn started = deferred.get().require(call.option("resume"));
        Call begun = WaitingOptions.resumed(started, call);
        LoginRequest request = request(begun, begun.argument("DOMAIN").map(Domains::of));
        trust(call, screen);
        SignedIn signedIn = deferred.get().finish(started, request, screen);
        return begun.argument("DOMAIN").isPresent() ? activated(signedIn) : signedIn;
    }

    private LoginRequest request(Call call, Optional<Domains.Meant> domain) {
        return new LoginRequest(
                domain.map(meant -> at(meant, selections.of(call))).orElseGet(() -> selections.of(call)),
                call.option("provider").or(() -> domain.map(Domains.Meant::provider)),
                call.option("issuer").map(ClientArguments::issuer),
                call.option("client-id").filter(ClientArguments::clientId),
                call.option("scope").map(ClientArguments::scopes),
                call.option("account"),
                WaitingOptions.way(call),
                call.has("oauth"),
                !call.has("no-browser") && !call.has("login-link"),
                call.has("qr"),
                call.has("if-needed"),
                call.option("storage").map(StorageSetting::parse),
                clients.of(call),
                WaitingOptions.of(call));
    }

    // After a sign-in with a domain, its profile becomes the active one.
    private SignedIn activated(SignedIn signedIn) {
        ProfileName name = signedIn.profile().name();
        boolean already = profiles.active().equals(name);
        profiles.activate(name);
        return new SignedIn(
                signedIn.profile(),
                signedIn.server(),
                signedIn.storage(),
                signedIn.already(),
                signedIn.activated() || !already);
    }

    private static Domains.Meant domain(Call call, String text) {
        if (call.global().server().isPresent() || call.has("provider") || call.has("issuer")) {
            throw Failure.usage(
                    "a domain and --server, --provider or --issuer do not go together", "ast login " + text);
        }
        return Domains.of(text);
    }

    /** The profile of a domain: the one that has it, else the active one if it is unused, else one of its name. */
    private Selection at(Domains.Meant meant, Selection given) {
        ProfileName name = given.profile()
                .or(() -> targets.profileFor(meant.provider(), meant.server()))
                .orElseGet(() -> {
                    ProfileName active = targets.choose(given).name();
                    return profiles.find(active).isEmpty()
                            ? active
                            : new ProfileName(meant.domain().replace(':', '-'));
                });
        return new Selection(Optional.of(name), given.context(), Optional.of(meant.server()), given.token());
    }

    private Optional<Secret> given(Call call) {
        if (call.has("with-token")) {
            // What is typed into standard input would be seen on the screen.
            return Optional.of(
                    call.conversation().canAsk()
                            ? call.conversation().askSecret("Token", "ast login --with-token <FILE")
                            : tokens.fromStandardInput());
        }
        if (!call.has("token-login")) {
            return Optional.empty();
        }
        return Optional.of(call.option("token-login")
                .map(text -> tokens.read(text, call.conversation()::warn))
                .orElseGet(() -> call.conversation().askSecret("Token", "ast login --with-token")));
    }

    private Object logout(Call call) {
        boolean local = call.has("local");
        if (call.has("all")) {
            if (call.argument("DOMAIN").isPresent()) {
                throw Failure.usage("--all and a domain do not go together", "give one of them");
            }
            if (call.global().profile().isPresent()) {
                throw Failure.usage("--all and --profile do not go together", "give one of them");
            }
            profiles.list().all().stream()
                    .filter(Profile::signedIn)
                    .forEach(profile -> guard.check(call, profile.name(), "logout"));
            Logout.Report report = logout.get().all(local);
            return outcome(
                    report,
                    stillUsed(profiles.list().all().stream().map(Profile::name).toList()));
        }
        Selection selection = Selections.inDomain(selections.of(call), call.argument("DOMAIN"), targets);
        ProfileName name = targets.choose(selection).name();
        if (selection.profile().isPresent() && profiles.find(name).isEmpty()) {
            throw profiles.unknown(name);
        }
        guard.check(call, name, "logout");
        return outcome(logout.get().one(name, local), stillUsed(List.of(name)));
    }

    // ast cannot remove a token from the environment, but a user who signs out expects to be signed out.
    private Optional<Failure> stillUsed(List<ProfileName> signedOut) {
        Set<String> variables = new TreeSet<>();
        Set<ProfileName> names = new TreeSet<>(signedOut);
        names.add(targets.choose(Selection.NONE).name());
        for (ProfileName name : names) {
            try {
                Selection selection = Selection.of(name);
                credentials.variables(targets.resolve(selection)).stream()
                        .filter(Credentials.Variable::used)
                        .forEach(variable -> variables.add(variable.name()));
            } catch (FailureException e) {
                // A platform that the settings no longer have has no variables.
            }
        }
        String all = String.join(" ", variables);
        return variables.isEmpty()
                ? Optional.empty()
                : Optional.of(new Failure.Failed(
                        "a token comes from the environment (" + all + "), which ast cannot remove",
                        Optional.of("unset " + all)));
    }

    // The exit code is that of a store that could not be emptied, or else of a server that could not be reached.
    private static Object outcome(Logout.Report report, Optional<Failure> stillUsed) {
        Optional<Failure> failure = report.profiles().stream()
                .flatMap(one -> one.failure().stream())
                .findFirst()
                .or(report::further)
                .or(() -> report.profiles().stream()
                        .flatMap(one -> one.serverFailure().stream())
                        .findFirst())
                .or(() -> stillUsed);
        return failure.<Object>map(value -> Outcome.failed(report, value)).orElse(report);
    }
}
