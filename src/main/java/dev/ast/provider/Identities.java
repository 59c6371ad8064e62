package dev.ast.provider;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.http.Http;
import dev.ast.json.JsonObject;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.IdTokens;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.TokenRequests;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads who is signed in: from the platform's own API where it has one, else from an id_token that passed its checks,
 * else from the userinfo endpoint (OpenID Connect Core section 5.3). An unverified token is never used.
 */
public final class Identities {
    private final PlatformClient client;
    private final IdTokens idTokens;
    private final Map<String, Platform> platforms;

    /** Asks over the given client. */
    public Identities(Http http, TokenRequests requests, IdTokens idTokens) {
        this.client = new PlatformClient(requests);
        this.idTokens = idTokens;
        this.platforms = Map.of(
                "accounts",
                new Accounts(client),
                Astronomer.API,
                new Astronomer(client),
                Houston.API,
                new Houston(http, requests),
                Seqera.API,
                new Seqera(client));
    }

    /**
     * What the server reported.
     *
     * @param contexts what can be selected
     * @param notes sentences for the user about how the identity was read
     * @param refuted whether the id_token is wrong, so that it must not be kept
     */
    public record Known(Identity identity, List<SelectedContext> contexts, List<String> notes, boolean refuted) {
        /** Nothing is known. */
        public static final Known NOTHING = new Known(Identity.UNKNOWN, List.of());

        /** Copies the lists. */
        public Known {
            contexts = List.copyOf(contexts);
            notes = List.copyOf(notes);
        }

        /** A client of its own, without a user. */
        public static Known ofClient(OAuthClient client) {
            return new Known(
                    new Identity(
                            Optional.of(client.clientId()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of()),
                    List.of());
        }

        /** The same without a remark. */
        public Known(Identity identity, List<SelectedContext> contexts) {
            this(identity, contexts, List.of(), false);
        }
    }

    /**
     * Reads the identity.
     *
     * @param answer the token answer of a fresh sign-in
     * @throws FailureException (unreachable) when the server cannot be asked; (session_ended) when it refuses the token;
     *     for OpenID Connect neither right after a sign-in, whose notes say so instead
     */
    public Known read(
            Provider provider,
            Profile profile,
            OAuthClient asking,
            Endpoints endpoints,
            TokenSet tokens,
            Optional<JsonObject> answer) {
        Optional<Platform> platform = provider.shape().map(platforms::get);
        if (platform.isPresent()) {
            return platform.get().read(new Platform.Question(provider, profile, asking, endpoints, tokens));
        }
        IdentityNames names = provider.options().identity();
        return answer.isPresent()
                ? afterSignIn(names, profile, asking, endpoints, tokens, answer.get())
                : endpoints
                        .userInfo()
                        .flatMap(place -> members(profile, place, asking, endpoints, tokens, false))
                        .map(members -> new Known(names.identity(members), List.of()))
                        .orElse(Known.NOTHING);
    }

    // The id_token first, then userinfo for what it lacks; neither may stop a sign-in that has its tokens.
    private Known afterSignIn(
            IdentityNames names,
            Profile profile,
            OAuthClient asking,
            Endpoints endpoints,
            TokenSet tokens,
            JsonObject answer) {
        List<String> notes = new ArrayList<>();
        Optional<IdTokens.Checked> checked =
                answer.text("id_token").map(token -> idTokens.check(token, asking, endpoints));
        Optional<JsonObject> claims = checked.flatMap(result -> claims(result, notes));
        Identity known = claims.map(names::identity).orElse(Identity.UNKNOWN);
        if (known.name().isEmpty() || known.email().isEmpty()) {
            known = or(known, userInfo(names, profile, asking, endpoints, tokens, claims, notes));
        }
        known = IdentityNames.addressed(known, claims);
        if (known.isUnknown()) {
            known = fromAnswer(Optional.of(answer)).orElse(known);
        }
        boolean refuted = false;
        if (checked.orElse(null) instanceof IdTokens.Checked.Unverified unverified) {
            refuted = unverified.refuted();
            notes.add(
                    0,
                    "The id_token is not used, since " + unverified.why()
                            + (known.isUnknown()
                                    ? "; who is signed in is not known."
                                    : "; the server's userinfo says who is signed in."));
        }
        return new Known(known, List.of(), notes, refuted);
    }

    private static Optional<JsonObject> claims(IdTokens.Checked checked, List<String> notes) {
        if (!(checked instanceof IdTokens.Checked.Verified verified)) {
            return Optional.empty();
        }
        verified.drift().ifPresent(notes::add);
        return Optional.of(verified.claims());
    }

    private Identity userInfo(
            IdentityNames names,
            Profile profile,
            OAuthClient asking,
            Endpoints endpoints,
            TokenSet tokens,
            Optional<JsonObject> claims,
            List<String> notes) {
        Optional<JsonObject> members;
        try {
            members = endpoints.userInfo().flatMap(place -> members(profile, place, asking, endpoints, tokens, false));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            String what = claims.isPresent() ? "Name and e-mail" : "Who is signed in";
            notes.add(what + " could not be read: " + why(e.failure()));
            return Identity.UNKNOWN;
        }
        // OpenID Connect Core section 5.3.2: another subject, or none, is not to be used.
        if (claims.isPresent() && members.isPresent() && !sameSubject(claims.get(), members.get())) {
            notes.add("The server's userinfo is not of the user in the id_token, so it is not used.");
            return Identity.UNKNOWN;
        }
        return members.map(names::identity).orElse(Identity.UNKNOWN);
    }

    private static boolean sameSubject(JsonObject one, JsonObject other) {
        Object subject = one.get("sub");
        return subject != null && subject.toString().equals(String.valueOf(other.get("sub")));
    }

    /** Why an identity could not be read: a refusal there says nothing about the session. */
    public static String why(Failure failure) {
        return failure instanceof Failure.SessionEnded ended ? ended.why() : failure.message();
    }

    private static Identity or(Identity one, Identity other) {
        return new Identity(
                one.subject().or(other::subject),
                one.name().or(other::name),
                one.email().or(other::email),
                one.account().or(other::account),
                one.organizations());
    }

    /**
     * Asks whether the token of a session is good, and whose it is.
     *
     * @throws FailureException as {@link #read}; (denied) when userinfo refuses the token with 403
     */
    public Known check(Provider provider, Profile profile, OAuthClient asking, Endpoints endpoints, TokenSet tokens) {
        return provider.shape().isPresent()
                ? read(provider, profile, asking, endpoints, tokens, Optional.empty())
                : endpoints
                        .userInfo()
                        .flatMap(place -> members(profile, place, asking, endpoints, tokens, true))
                        .map(members -> new Known(provider.options().identity().identity(members), List.of()))
                        .orElse(Known.NOTHING);
    }

    private Optional<JsonObject> members(
            Profile profile, URI place, OAuthClient asking, Endpoints endpoints, TokenSet tokens, boolean checking) {
        return client.userInfo(
                profile,
                place,
                at(place, asking, tokens),
                checking,
                token -> idTokens.userInfo(token, asking, endpoints));
    }

    // Also a server that the user named beside the issuer's may see the token.
    private static TokenSet at(URI place, OAuthClient asking, TokenSet tokens) {
        ServerOrigin origin = ServerOrigin.of(place);
        return asking.options().trusts(origin) ? tokens.issuedBy(origin) : tokens;
    }

    /** Whether there is anything to ask. */
    public static boolean canAsk(Provider provider, Endpoints endpoints) {
        return provider.shape().isPresent() || endpoints.userInfo().isPresent();
    }

    /** The identity in the token answer, for platforms that put a {@code user} there. */
    public static Optional<Identity> fromAnswer(Optional<JsonObject> answer) {
        return answer.flatMap(object -> object.object("user"))
                .map(user -> Accounts.identity(user, Optional.empty(), List.of()));
    }
}
