package dev.ast.credential.file;

import static dev.ast.support.Fuzzed.checkMessage;
import static dev.ast.support.Fuzzed.require;

import dev.ast.credential.TokenJson;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.support.Fuzzed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code credentials.json}: the program's own reader accepts what the library accepts and understands it in the same way,
 * what is read is written again without a change, and a profile that is found by its line is the one that stands there.
 */
public final class CredentialsFuzz {
    private static final Pattern LARGE = Pattern.compile("[eE][+-]?[0-9]{10}");

    private CredentialsFuzz() {}

    /** One input, a file. */
    public static void fuzzerTestOneInput(byte[] input) {
        Optional<JsonObject> own = own(input);
        // Of exponents with ten digits and more the library takes some, and gets them wrong.
        if (isUtf8(input) && !LARGE.matcher(Fuzzed.text(input)).find()) {
            require(own.isPresent() == Json.tryObject(input).isPresent(), "the two readers disagree");
        }
        if (own.isEmpty()) {
            return;
        }
        String written = LocalJson.write(own.get().members());
        JsonObject again = LocalJson.readObject(written.getBytes(StandardCharsets.UTF_8));
        // Compared as text: 1e0 is written, and then read, as 1.
        require(LocalJson.write(again.members()).equals(written), "writing changes the document");
        tokens(own.get());
        profiles(input, own.get());
    }

    private static Optional<JsonObject> own(byte[] input) {
        try {
            return Optional.of(LocalJson.readObject(input));
        } catch (Json.NotJson e) {
            checkMessage(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static void tokens(JsonObject document) {
        Optional<TokenSet> tokens = TokenJson.read(document.object("tokens").orElse(document));
        if (tokens.isPresent()) {
            JsonObject written = new JsonObject();
            TokenJson.write(tokens.get(), written);
            JsonObject again = new JsonObject();
            TokenJson.write(TokenJson.read(written).orElseThrow(), again);
            require(again.members().equals(written.members()), "writing changes the tokens");
        }
    }

    private static void profiles(byte[] input, JsonObject document) {
        Optional<JsonObject> all = document.object("profiles");
        for (String name : all.map(found -> found.members().keySet()).orElse(Set.of())) {
            ProfileName valid;
            try {
                valid = new ProfileName(name);
            } catch (FailureException e) {
                continue;
            }
            Optional<JsonObject> expected = all.flatMap(found -> found.object(name));
            // A member of the same name that begins a line within another profile is found instead, which only happens
            // in files that somebody has laid out for it.
            if (!holds(document.members(), name, 0)) {
                same(new Snapshot(input, LocalJson::readObject).profile(valid), expected);
            }
        }
    }

    private static void same(Optional<JsonObject> found, Optional<JsonObject> expected) {
        require(
                found.map(JsonObject::members).equals(expected.map(JsonObject::members)),
                "the profile by its line differs from that of the document");
    }

    private static boolean holds(@Nullable Object value, String name, int depth) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .anyMatch(member ->
                            (depth != 1 && name.equals(member.getKey())) || holds(member.getValue(), name, depth + 1));
        }
        return value instanceof List<?> list && list.stream().anyMatch(each -> holds(each, name, depth + 1));
    }

    private static boolean isUtf8(byte[] input) {
        return java.util.Arrays.equals(
                new String(input, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), input);
    }
}
