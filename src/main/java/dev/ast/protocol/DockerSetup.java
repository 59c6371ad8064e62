package dev.ast.protocol;

import dev.ast.credential.file.EditedFile;
import dev.ast.domain.Failure;
import dev.ast.domain.ServerOrigin;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sets docker up in its {@code config.json}, which docker itself writes anew, too. */
final class DockerSetup implements Setup {
    private static final String HELPERS = "credHelpers";
    private static final String OURS = "ast";

    @Override
    public String text(SetupPlace place) {
        JsonObject helpers = new JsonObject();
        Setup.origins(place).forEach(origin -> helpers.put(DockerProtocol.name(origin), OURS));
        return "In " + file(place) + ", with " + place.helper("docker-credential-ast") + " on the PATH:\n"
                + LocalJson.write(new JsonObject().put(HELPERS, helpers).members()) + "\n";
    }

    @Override
    public List<String> apply(SetupPlace place) {
        EditedFile file = new EditedFile(file(place));
        JsonObject config = read(file);
        JsonObject helpers = config.objectOrNew(HELPERS);
        List<String> done = new ArrayList<>();
        for (ServerOrigin origin : Setup.origins(place)) {
            String host = DockerProtocol.name(origin);
            if (helpers.has(host) && !OURS.equals(helpers.get(host))) {
                throw Failure.failed(
                        "docker has another helper for " + host + " already", "remove it from " + file.path());
            }
            if (!helpers.has(host)) {
                helpers.put(host, OURS);
                done.add("docker asks ast for " + host);
            }
        }
        if (!done.isEmpty()) {
            file.write(pretty(config));
            done.add("docker finds it as docker-credential-ast on the PATH: " + place.helper("docker-credential-ast"));
        }
        return done;
    }

    @Override
    public List<String> remove(SetupPlace place) {
        EditedFile file = new EditedFile(file(place));
        JsonObject config = read(file);
        JsonObject helpers = config.object(HELPERS).orElseGet(JsonObject::new);
        List<String> done = new ArrayList<>();
        for (ServerOrigin origin : Setup.origins(place)) {
            String host = DockerProtocol.name(origin);
            if (OURS.equals(helpers.get(host))) {
                helpers.remove(host);
                done.add("docker asks ast for " + host + " no more");
            }
        }
        if (!done.isEmpty()) {
            if (helpers.members().isEmpty()) {
                config.remove(HELPERS);
            }
            file.write(pretty(config));
        }
        return done;
    }

    private static Path file(SetupPlace place) {
        return place.file("DOCKER_CONFIG", ".docker").resolve("config.json");
    }

    private static JsonObject read(EditedFile file) {
        return file.read()
                .filter(text -> !text.isBlank())
                .map(text -> Json.tryObject(text.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow(() -> Failure.failed(
                                file.path() + " holds no JSON object", "correct it, or set docker up by hand")))
                .orElseGet(JsonObject::new);
    }

    // As docker writes it: a tab for each level.
    private static String pretty(JsonObject config) {
        return Json.indented(LocalJson.write(config.members()), "\t") + "\n";
    }
}
