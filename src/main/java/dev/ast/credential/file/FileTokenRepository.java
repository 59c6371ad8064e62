package dev.ast.credential.file;

import dev.ast.credential.TokenJson;
import dev.ast.credential.TokenRepository;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tokens in {@code credentials.json}, readable by this user only; for machines without a keyring. */
public final class FileTokenRepository implements TokenRepository {
    private static final String TOKENS = "tokens";

    private final CredentialsFile file;
    private volatile @Nullable Loaded loaded;

    /** Tokens in the given file. */
    public FileTokenRepository(CredentialsFile file) {
        this.file = file;
    }

    @Override
    public StorageKind kind() {
        return StorageKind.FILE;
    }

    @Override
    public Optional<TokenSet> load(ProfileName profile) {
        Optional<JsonObject> object = file.profile(profile);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        Loaded before = loaded;
        if (before != null && before.from() == object.get()) {
            return before.tokens();
        }
        Optional<TokenSet> tokens = tokens(object.get(), profile);
        loaded = new Loaded(object.get(), tokens);
        return tokens;
    }

    // The file gives the same object until it has changed, and a script asks for each of its lines.
    private record Loaded(JsonObject from, Optional<TokenSet> tokens) {}

    private Optional<TokenSet> tokens(JsonObject object, ProfileName profile) {
        Optional<JsonObject> tokens = object.object(TOKENS);
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        Optional<TokenSet> read = TokenJson.read(tokens.get());
        if (read.isEmpty()) {
            throw TokenJson.corrupt(file.path() + " for profile " + profile);
        }
        return read;
    }

    @Override
    public void save(ProfileName profile, TokenSet tokens) {
        file.update(document -> write(tokens, document.objectOrNew("profiles").objectOrNew(profile.value())));
    }

    /** Writes tokens into the object of a profile. */
    public static void write(TokenSet tokens, JsonObject profile) {
        TokenJson.write(tokens, profile.objectOrNew(TOKENS));
    }

    /**
     * Takes the tokens out of the object of a profile.
     *
     * @return what was there; empty also for what cannot be understood
     */
    public static Optional<TokenSet> take(JsonObject profile) {
        Optional<TokenSet> tokens = profile.object(TOKENS).flatMap(TokenJson::read);
        profile.remove(TOKENS);
        return tokens;
    }

    /** Whether the object of a profile holds tokens, readable or not. */
    public static boolean holds(JsonObject profile) {
        return profile.has(TOKENS);
    }

    @Override
    public boolean replace(ProfileName profile, TokenSet tokens) {
        AtomicBoolean replaced = new AtomicBoolean();
        file.update(document -> document.object("profiles")
                .flatMap(profiles -> profiles.object(profile.value()))
                .filter(FileTokenRepository::holds)
                .ifPresent(object -> {
                    write(tokens, object);
                    replaced.set(true);
                }));
        return replaced.get();
    }

    /** Writes the file as it is: the first write of a process takes ten times as long as the second. */
    @Override
    public void prepareToSave(ProfileName profile) {
        load(profile).ifPresent(tokens -> replace(profile, tokens));
    }

    @Override
    public void delete(ProfileName profile) {
        // Most often there are none, and looking costs less than reading the whole file under its lock. A writer of
        // tokens holds the profile's lock, as the caller does.
        if (file.profile(profile).filter(object -> object.has(TOKENS)).isEmpty()) {
            return;
        }
        file.update(document -> document.object("profiles")
                .flatMap(profiles -> profiles.object(profile.value()))
                .ifPresent(object -> object.remove(TOKENS)));
    }
}
