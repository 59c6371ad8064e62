package dev.ast.login.importing;

import dev.ast.credential.StorageSetting;
import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.Environment;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.login.LoginStorage;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.profile.Profiles;
import dev.ast.profile.SessionEvent;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.PlatformClients;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import dev.ast.provider.TokenClaims;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Takes over sessions of other programs: looks first, takes when the user agrees. Files of others are never changed; a
 * file of the Go program that stands where ours belongs is kept as a copy beside it.
 */
public final class Import {
    private final Environment environment;
    private final CredentialsFile file;
    private final Profiles profiles;
    private final StoredSessions sessions;
    private final Providers providers;
    private final PlatformClients clients;
    private final OAuthTokens tokens;
    private final LoginStorage storage;
    private final ForeignItems items;
    private final InstantSource clock;

    /** Reads items of other programs in the system keyring. */
    @FunctionalInterface
    public interface ForeignItems {
        /**
         * The secret of an item; empty when there is none.
         *
         * @throws FailureException (storage) when the keyring does not answer
         */
        Optional<String> text(String service, String user);
    }

    /** Imports over the given parts. */
    public Import(
            Environment environment,
            CredentialsFile file,
            Profiles profiles,
            StoredSessions sessions,
            Providers providers,
            PlatformClients clients,
            OAuthTokens tokens,
            LoginStorage storage,
            ForeignItems items,
            InstantSource clock) {
        this.environment = environment;
        this.file = file;
        this.profiles = profiles;
        this.sessions = sessions;
        this.providers = providers;
        this.clients = clients;
        this.tokens = tokens;
        this.storage = storage;
        this.items = items;
        this.clock = clock;
    }

    /**
     * What would be taken.
     *
     * @param inOurPlace whether a file of the Go program stands where ours belongs
     * @param unread why tokens that the Go program keeps in the keyring could not be read, if so
     */
    public record Offer(List<Item> items, boolean inOurPlace, List<Found> found, Optional<Failure> unread) {
        /** Copies the lists. */
        public Offer {
            items = List.copyOf(items);
            found = List.copyOf(found);
        }
    }

    /**
     * One session of an offer.
     *
     * @param renewable whether a refresh token comes along
     */
    public record Item(
            String source,
            ProfileName profile,
            String provider,
            String server,
            Optional<String> who,
            Optional<Instant> expiresAt,
            boolean renewable) {}

    /** What was taken. */
    public record Taken(List<Item> items, Optional<Path> copy, StorageKind storage) {
        /** Copies the list. */
        public Taken {
            items = List.copyOf(items);
        }
    }

    /**
     * Looks at the places where other programs keep their sessions; nothing is changed and no server asked. The keyring
     * is looked at only for profiles that the Go program's file names without their tokens.
     */
    public Offer look() {
        List<Found> all = new ArrayList<>();
        KeyringItems keyring = new KeyringItems(items);
        Optional<JsonObject> foreign = file.foreign();
        foreign.ifPresent(document -> all.addAll(AstropodsFile.read(file.path(), document, keyring)));
        if (foreign.isEmpty()) {
            // Taken over before, perhaps while the keyring was locked.
            json(file.path().resolveSibling("credentials.go.json"), all, keyring);
        }
        Optional<Path> home = environment.get("HOME").map(Path::of).filter(Path::isAbsolute);
        home.ifPresent(place -> {
            json(place.resolve(".astro/credentials.json"), all, keyring);
            Path astronomer = environment
                    .get("ASTRO_HOME")
                    .map(Path::of)
                    .filter(Path::isAbsolute)
                    .orElse(place)
                    .resolve(".astro/config.yaml");
            ForeignTexts.bytes(astronomer).ifPresent(bytes -> all.addAll(AstronomerConfig.read(astronomer, bytes)));
            Path seqera = place.resolve(".nextflow/seqera-auth.config");
            ForeignTexts.bytes(seqera).ifPresent(bytes -> all.addAll(SeqeraConfig.read(seqera, bytes)));
        });
        List<Profile> known = foreign.isPresent() ? List.of() : profiles.list().all();
        Set<String> names = new HashSet<>();
        known.forEach(profile -> names.add(profile.name().value().toLowerCase(Locale.ROOT)));
        List<Found> wanted = new ArrayList<>();
        List<Item> offered = new ArrayList<>();
        for (Found found : all) {
            Provider provider = providers.require(found.provider());
            boolean there = known.stream().anyMatch(profile -> isThere(found, provider, profile));
            if (!there && (found.server().isPresent() || provider.server().isPresent())) {
                ProfileName name = free(found.name(), names);
                wanted.add(found);
                offered.add(item(found, name, provider));
            }
        }
        return new Offer(offered, foreign.isPresent(), wanted, keyring.trouble());
    }

    private static void json(Path place, List<Found> all, KeyringItems keyring) {
        ForeignTexts.bytes(place)
                .flatMap(Json::tryObject)
                .ifPresent(document -> all.addAll(AstropodsFile.read(place, document, keyring)));
    }

    // Taken once before, or signed in to by other means: the same place and user.
    private boolean isThere(Found found, Provider provider, Profile profile) {
        return profile.signedIn()
                && profile.provider().equals(found.provider())
                && provider.serverOf(profile).equals(server(found, provider))
                && profile.identity()
                        .flatMap(who -> who.email())
                        .equals(found.identity().email());
    }

    private static ServerOrigin server(Found found, Provider provider) {
        return found.server().or(provider::server).orElseThrow();
    }

    private static ProfileName free(String wanted, Set<String> names) {
        String valid = wanted.replaceAll("[^A-Za-z0-9._-]", "-");
        String start = valid.isEmpty() || !Character.isLetterOrDigit(valid.charAt(0)) ? "imported" + valid : valid;
        String base = start.length() > 60 ? start.substring(0, 60) : start;
        String name = base;
        for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = base + "-" + i;
        }
        return new ProfileName(name);
    }

    private static Item item(Found found, ProfileName name, Provider provider) {
        return new Item(
                found.source(),
                name,
                found.provider(),
                server(found, provider).toString(),
                found.identity().label(),
                expiry(found),
                found.refresh().isPresent());
    }

    // Some programs write ends that are decades wrong; the token's own claims are more accurate.
    private static Optional<Instant> expiry(Found found) {
        return TokenClaims.of(found.access()).flatMap(TokenClaims::expiresAt).or(found::expiresAt);
    }

    /**
     * Takes what was offered.
     *
     * @throws FailureException (storage) when it cannot be stored
     */
    public Taken take(Offer offer, Optional<StorageSetting> where) {
        StorageKind kind = storage.choose(where, Optional.empty());
        Optional<Path> copy = offer.inOurPlace() ? Optional.of(file.takeOver()) : Optional.empty();
        for (int i = 0; i < offer.items().size(); i++) {
            Found found = offer.found().get(i);
            Profile profile = profile(offer.items().get(i).profile(), found);
            try (LockFiles.Held held = sessions.lock(profile.name())) {
                sessions.signIn(profile, tokens(found, profile), kind).ifPresent(failure -> {
                    throw failure.asException();
                });
                sessions.log().add(SessionEvent.Kind.SIGN_IN, profile);
            }
        }
        return new Taken(offer.items(), copy, kind);
    }

    private static Profile profile(ProfileName name, Found found) {
        return Profile.fresh(name, found.provider())
                .setUp(found.provider(), found.server(), found.issuer(), Optional.empty(), Optional.empty())
                .identifiedAs(found.identity())
                .withContexts(found.contexts(), Instant.EPOCH)
                .inContext(found.context());
    }

    private TokenSet tokens(Found found, Profile profile) {
        Provider provider = providers.of(profile);
        ServerOrigin server = provider.serverOf(profile);
        TokenSet given = provider.given(server, found.access(), clock.instant());
        Optional<ServerOrigin> authority =
                found.refresh().isPresent() ? authority(provider, profile) : Optional.empty();
        return new TokenSet(
                server,
                authority.orElse(server),
                found.access(),
                given.type(),
                // Without the server that issued it a refresh token can be sent nowhere.
                authority.isPresent() ? found.refresh() : Optional.empty(),
                clock.instant(),
                expiry(found),
                Optional.empty(),
                List.of());
    }

    private Optional<ServerOrigin> authority(Provider provider, Profile profile) {
        try {
            OAuthClient client = clients.of(provider, profile);
            return tokens.endpoints(client).token().map(ServerOrigin::of);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
