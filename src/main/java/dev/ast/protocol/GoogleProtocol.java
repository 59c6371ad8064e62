package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Google's executable-sourced credentials, version 1: the id_token as JSON on standard output, or what is wrong. Google's
 * library does not say where it sends the token, so that it is the one of the chosen profile.
 */
final class GoogleProtocol implements HelperProtocol {
    private static final String TYPE = "GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final Set<String> TYPES = Set.of(ID_TOKEN, "urn:ietf:params:oauth:token-type:jwt");

    private final OriginCredentials credentials;
    private final Environment environment;

    GoogleProtocol(OriginCredentials credentials, Environment environment) {
        this.credentials = credentials;
        this.environment = environment;
    }

    @Override
    public Description description() {
        return new Description(
                "google",
                "Give Google's libraries the id_token",
                "For credential_source.executable of a workload identity configuration.",
                List.of(),
                Optional.empty());
    }

    @Override
    public Setup setup() {
        return place ->
                "In the configuration of workload identity federation, and GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES=1:\n"
                        + "{\"credential_source\":{\"executable\":{\"command\":\"" + place.launcher()
                        + " " + String.join(" ", place.words("google")) + "\",\"timeout_millis\":10000}}}\n";
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        JsonObject answer = new JsonObject().put("version", 1);
        try {
            String type = environment.get(TYPE).orElse(ID_TOKEN);
            if (!TYPES.contains(type)) {
                throw Failure.usage(TYPE + " asks for another token than an id_token", "name " + ID_TOKEN + " there");
            }
            OriginCredentials.Given given = credentials.chosen(question.selection(), OriginCredentials.Kind.ID);
            return HelperAnswer.json(answer.put("success", true)
                    .put("token_type", type)
                    .put("id_token", given.token())
                    .put("expiration_time", given.expiresAt().map(Instant::getEpochSecond)));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return HelperAnswer.json(answer.put("success", false)
                            .put("code", e.failure().exit().word())
                            .put("message", e.failure().message()))
                    .but(e.failure());
        }
    }
}
