package dev.ast.domain;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One provider, one server, one client, one identity, and which store holds the tokens. Holds no secret.
 *
 * @param provider the id of the provider in {@code application.yml} or {@code config.yml}
 * @param server the origin of the API; empty until it is known from option, environment or provider
 * @param issuer the authorization server, where the profile names its own
 * @param clientId the OAuth client, where the profile names its own
 * @param scopes the scopes to ask for, where the profile names its own
 * @param storage the store that holds the tokens; empty when nobody is signed in
 * @param endedAt when the server refused to renew the session; empty while it is good
 * @param identity who signed in last
 * @param context what is selected
 * @param previousContext what was selected before, for {@code context use -}
 * @param contexts what can be selected, as last read from the server
 * @param contextsAt when that was; empty when it was not read yet
 * @param isProtected whether commands that change something there ask first
 * @param client what else the profile has of its own about its client
 * @param programs what other programs may be given of it
 */
public record Profile(
        ProfileName name,
        String provider,
        Optional<ServerOrigin> server,
        Optional<URI> issuer,
        Optional<String> clientId,
        Optional<List<String>> scopes,
        Optional<StorageKind> storage,
        Optional<Instant> endedAt,
        Optional<Identity> identity,
        Optional<SelectedContext> context,
        Optional<SelectedContext> previousContext,
        List<SelectedContext> contexts,
        Optional<Instant> contextsAt,
        boolean isProtected,
        ClientSettings client,
        ProgramSettings programs) {

    /** Copies the lists. */
    public Profile {
        scopes = scopes.isEmpty() ? scopes : Optional.of(List.copyOf(scopes.get()));
        contexts = List.copyOf(contexts);
    }

    /** Whether nothing says yet which server this profile is for, other than its platform. */
    public boolean isFresh() {
        return server.isEmpty() && issuer.isEmpty() && storage.isEmpty();
    }

    /** A profile that nobody has signed in to yet. */
    public static Profile fresh(ProfileName name, String provider) {
        return new Profile(
                name,
                provider,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                ClientSettings.NONE,
                ProgramSettings.NONE);
    }

    /** Whether a store holds tokens of this profile that the server has not refused. */
    public boolean signedIn() {
        return storage.isPresent() && endedAt.isEmpty();
    }

    /** Whether a command has a credential by this profile: stored tokens, or a machine's token to exchange. */
    public boolean hasCredential() {
        return signedIn() || (storage.isEmpty() && client.workload().isUsed());
    }

    /** The same profile without tokens in a store. */
    public Profile unstored() {
        return withSession(Optional.empty(), Optional.empty(), identity);
    }

    /** The same profile with tokens in a store. */
    public Profile storedIn(StorageKind kind) {
        return withSession(Optional.of(kind), Optional.empty(), identity);
    }

    /** The same profile after its session was refused. */
    public Profile ended(Instant when) {
        return withSession(storage, Optional.of(when), identity);
    }

    /**
     * The same profile after logout: who and where stay known as settings, the user does not, and no machine's token is
     * exchanged any more.
     */
    public Profile signedOut() {
        return withSession(Optional.empty(), Optional.empty(), Optional.empty())
                .withSelection(context, previousContext, List.of(), Optional.empty())
                .as(client.by(Workload.NONE));
    }

    /** The same profile with another identity. */
    public Profile identifiedAs(Identity who) {
        return withSession(storage, endedAt, Optional.of(who));
    }

    /** The same profile with a context selected; the one before becomes the previous one. */
    public Profile inContext(Optional<SelectedContext> selected) {
        return withSelection(selected, selected.equals(context) ? previousContext : context, contexts, contextsAt);
    }

    /** The same profile with the selectable contexts as just read. */
    public Profile withContexts(List<SelectedContext> known, Instant when) {
        return withSelection(context, previousContext, known, Optional.of(when));
    }

    /** The same profile with its server named. */
    public Profile at(ServerOrigin origin) {
        return setUp(provider, Optional.of(origin), issuer, clientId, scopes);
    }

    /** The same profile set up anew for a login; absent values keep what was set before. */
    public Profile setUp(
            String newProvider,
            Optional<ServerOrigin> newServer,
            Optional<URI> newIssuer,
            Optional<String> newClientId,
            Optional<List<String>> newScopes) {
        return new Profile(
                name,
                newProvider,
                newServer,
                newIssuer,
                newClientId,
                newScopes,
                storage,
                endedAt,
                identity,
                context,
                previousContext,
                contexts,
                contextsAt,
                isProtected,
                client,
                programs);
    }

    private Profile withSession(
            Optional<StorageKind> newStorage, Optional<Instant> newEnd, Optional<Identity> newIdentity) {
        return new Profile(
                name,
                provider,
                server,
                issuer,
                clientId,
                scopes,
                newStorage,
                newEnd,
                newIdentity,
                context,
                previousContext,
                contexts,
                contextsAt,
                isProtected,
                client,
                programs);
    }

    private Profile withSelection(
            Optional<SelectedContext> newContext,
            Optional<SelectedContext> newPrevious,
            List<SelectedContext> newContexts,
            Optional<Instant> newTime) {
        return new Profile(
                name,
                provider,
                server,
                issuer,
                clientId,
                scopes,
                storage,
                endedAt,
                identity,
                newContext,
                newPrevious,
                newContexts,
                newTime,
                isProtected,
                client,
                programs);
    }

    /** The same profile, protected or not. */
    public Profile guarded(boolean protect) {
        return with(protect, client, programs);
    }

    /** The same profile with other settings of its client. */
    public Profile as(ClientSettings settings) {
        return with(isProtected, settings, programs);
    }

    /** The same profile with other settings for other programs. */
    public Profile giving(ProgramSettings settings) {
        return with(isProtected, client, settings);
    }

    private Profile with(boolean protect, ClientSettings settings, ProgramSettings newPrograms) {
        return new Profile(
                name,
                provider,
                server,
                issuer,
                clientId,
                scopes,
                storage,
                endedAt,
                identity,
                context,
                previousContext,
                contexts,
                contextsAt,
                protect,
                settings,
                newPrograms);
    }
}
