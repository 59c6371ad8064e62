package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.output.Raw;
import dev.ast.protocol.RegistryCredentials;
import dev.ast.session.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code credential docker}: the protocol of docker's credential helpers on standard input and output. */
public final class CredentialCommands {
    // Docker recognizes by this text that there is no credential, as opposed to an error.
    private static final String NONE = "credentials not found in native keychain\n";
    private static final int LARGEST = 64 * 1024;

    private final RegistryCredentials registries;
    private final Selections selections;
    private final Supplier<InputStream> standardInput;

    /** Commands over the given use case. */
    public CredentialCommands(
            RegistryCredentials registries, Selections selections, Supplier<InputStream> standardInput) {
        this.registries = registries;
        this.selections = selections;
        this.standardInput = standardInput;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(CommandSpec.named("credential docker", "Session", "Give docker the credential of a registry")
                .gives(CommandSpec.Result.SECRET)
                .local()
                .describe(
                        "For docker's credHelpers, through bin/docker-credential-ast. The registry is read from standard"
                                + " input. A token is given for the registry of a profile's platform only; nothing is stored,"
                                + " and erase leaves the session as it is.")
                .argument(ArgumentSpec.one(
                        "OPERATION",
                        "The operation that docker asks for",
                        Values.words("get", "list", "store", "erase")))
                .does(this::docker));
    }

    private Object docker(Call call) {
        Selection selection = selections.of(call);
        return switch (call.argument("OPERATION").orElseThrow()) {
            case "get" -> get(selection, text().strip());
            case "list" -> {
                JsonObject all = new JsonObject();
                registries.list(selection).forEach(all::put);
                yield document(all);
            }
            case "erase" -> {
                call.conversation().say("The session stays; to end it: ast logout");
                yield CommandSpec.Silent.NOTHING;
            }
            default ->
                throw Failure.failed(
                        "no credential of docker's is stored; docker gets the one of the session", "ast login");
        };
    }

    private Object get(Selection selection, String registry) {
        if (registry.isEmpty()) {
            throw Failure.usage(
                    "standard input names no registry", "echo registry.example.com | ast credential docker get");
        }
        Optional<RegistryCredentials.Found> found = registries.get(selection, registry);
        if (found.isEmpty()) {
            return (Raw) target -> {
                target.write(NONE.getBytes(StandardCharsets.US_ASCII));
                target.flush();
                throw new Failure.Failed("there is no credential for this registry", Optional.of("ast login"))
                        .asException();
            };
        }
        return document(new JsonObject()
                .put("ServerURL", registry)
                .put("Username", found.get().user())
                .put("Secret", found.get().secret().reveal()));
    }

    private static Raw document(JsonObject answer) {
        byte[] bytes = (LocalJson.write(answer.members()) + "\n").getBytes(StandardCharsets.UTF_8);
        return target -> target.write(bytes);
    }

    private String text() {
        try (InputStream in = standardInput.get()) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Failure.usage("standard input is larger than 64 KiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Failure.usage("standard input cannot be read");
        }
    }
}
