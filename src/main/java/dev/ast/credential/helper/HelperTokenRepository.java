package dev.ast.credential.helper;

import dev.ast.credential.TokenJson;
import dev.ast.credential.TokenRepository;
import dev.ast.credential.keyring.HomeAccounts;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tokens behind a credential helper, one item with one JSON record per profile. The record has the account that it
 * belongs to, so that the tokens of another profile are not taken for it, whatever the helper answers.
 */
public final class HelperTokenRepository implements TokenRepository {
    // RFC 2606 section 2: a host that does not exist, so that no client of the helper asks for it.
    private static final String HOST = "https://ast.invalid/";
    private static final String ACCOUNT = "account";

    private final StorageKind kind;
    private final HelperProgram program;
    private final HomeAccounts accounts;
    private final AstHome home;

    HelperTokenRepository(StorageKind kind, HelperProgram program, AstHome home) {
        this.kind = kind;
        this.program = program;
        this.accounts = new HomeAccounts(home);
        this.home = home;
    }

    @Override
    public StorageKind kind() {
        return kind;
    }

    /** Whether the helper works, without a look at a secret. @throws FailureException (storage) when it does not */
    public void check() {
        program.list();
    }

    @Override
    public Optional<TokenSet> load(ProfileName profile) {
        Optional<String> stored = program.get(address(profile));
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parse(profile, stored.get())
                .flatMap(TokenJson::read)
                .orElseThrow(() -> Failure.storage(
                        "the tokens of " + profile + " behind " + kind.label() + " cannot be understood",
                        profile.loginCommand())));
    }

    @Override
    public void save(ProfileName profile, TokenSet tokens) {
        write(profile, tokens, program.get(address(profile)));
    }

    @Override
    public boolean replace(ProfileName profile, TokenSet tokens) {
        Optional<String> before = program.get(address(profile));
        if (before.isPresent()) {
            write(profile, tokens, before);
        }
        return before.isPresent();
    }

    private void write(ProfileName profile, TokenSet tokens, Optional<String> before) {
        // Members that a newer program added to the record stay.
        JsonObject json = before.flatMap(text -> parse(profile, text)).orElseGet(JsonObject::new);
        json.put(ACCOUNT, accounts.account(profile));
        TokenJson.write(tokens, json);
        String text = LocalJson.write(json.members());
        program.store(address(profile), text);
        // Some helpers say yes and store nothing, or less than the whole.
        if (!program.get(address(profile)).filter(text::equals).isPresent()) {
            throw Failure.storage(
                    kind.label() + " does not return what it was given to store",
                    "choose another store: ast login --storage auto");
        }
    }

    @Override
    public void delete(ProfileName profile) {
        String address = address(profile);
        Optional<FailureException> failure = Optional.empty();
        try {
            program.erase(address);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            // Some end with an error where nothing is stored.
            failure = Optional.of(e);
        }
        if (present(address, failure)) {
            throw failure.orElseGet(() -> Failure.storage(
                    kind.label() + " still has the tokens of " + profile + " after they were erased",
                    "remove " + address + " with the program of that store"));
        }
    }

    private boolean present(String address, Optional<FailureException> before) {
        try {
            return program.get(address).isPresent();
        } catch (FailureException e) {
            throw before.orElse(e);
        }
    }

    private Optional<JsonObject> parse(ProfileName profile, String text) {
        return LocalJson.tryObject(text.getBytes(StandardCharsets.UTF_8))
                .filter(json -> json.text(ACCOUNT).equals(Optional.of(accounts.account(profile))));
    }

    // The path of a home can be longer than what a store takes as a name.
    private String address(ProfileName profile) {
        String name = HOST + profile.value();
        return home.standard() ? name : name + "/" + digest(home.directory().toString());
    }

    private static String digest(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
