package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.host.Environment;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.protocol.OriginCredentials.Given;
import dev.ast.protocol.OriginCredentials.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The exec credentials of client-go, versions v1 and v1beta1, which are alike but for their name. The request is in a
 * variable. It names the cluster's server where kubeconfig says {@code provideClusterInfo: true}; then the token is given
 * for that server only.
 */
final class KubectlProtocol implements HelperProtocol {
    private static final String REQUEST = "KUBERNETES_EXEC_INFO";
    private static final String GROUP = "client.authentication.k8s.io/";
    private static final Set<String> VERSIONS = Set.of(GROUP + "v1", GROUP + "v1beta1");
    private static final int LARGEST = 1024 * 1024;

    private final OriginCredentials credentials;
    private final Environment environment;

    KubectlProtocol(OriginCredentials credentials, Environment environment) {
        this.credentials = credentials;
        this.environment = environment;
    }

    @Override
    public Description description() {
        return new Description(
                "kubectl",
                "Give kubectl the id_token for a cluster",
                "For the exec section of a user in kubeconfig. With provideClusterInfo the token is given for a server"
                        + " that the profile answers for only.",
                List.of(),
                Optional.empty(),
                List.of(new Parameter("access-token", "", "The access token instead")),
                true);
    }

    @Override
    public boolean mayAsk() {
        return request()
                .flatMap(info -> info.object("spec"))
                .map(spec -> !Boolean.FALSE.equals(spec.get("interactive")))
                .orElse(true);
    }

    @Override
    public Setup setup() {
        return new KubectlSetup();
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        Optional<JsonObject> info = request();
        String version = info.flatMap(request -> request.text("apiVersion")).orElse(GROUP + "v1");
        if (!VERSIONS.contains(version)) {
            throw Failure.usage(
                    REQUEST + " asks for another version than v1 and v1beta1",
                    "name client.authentication.k8s.io/v1 in kubeconfig");
        }
        Kind kind = question.option("access-token").isPresent() ? Kind.ACCESS : Kind.ID;
        Optional<String> server = info.flatMap(request -> request.object("spec"))
                .flatMap(spec -> spec.object("cluster"))
                .flatMap(cluster -> cluster.text("server"));
        Given given = server.isPresent()
                ? credentials.require(question.selection(), server.get(), kind)
                : credentials.chosen(question.selection(), kind);
        JsonObject status = new JsonObject()
                .put("expirationTimestamp", given.expiresAt().map(HelperAnswer::time))
                .put("token", given.token());
        return HelperAnswer.json(new JsonObject()
                .put("kind", "ExecCredential")
                .put("apiVersion", version)
                .put("spec", new JsonObject())
                .put("status", status));
    }

    private Optional<JsonObject> request() {
        return environment.get(REQUEST).map(text -> {
            Optional<JsonObject> request = text.length() > LARGEST
                    ? Optional.empty()
                    : LocalJson.tryObject(text.getBytes(StandardCharsets.UTF_8));
            return request.orElseThrow(() -> Failure.usage(REQUEST + " holds no JSON object", "unset " + REQUEST));
        });
    }
}
