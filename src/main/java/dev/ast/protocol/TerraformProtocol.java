package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Terraform's credentials helpers: an operation and a host as words, JSON on standard output. */
final class TerraformProtocol implements HelperProtocol {
    private final OriginCredentials credentials;

    TerraformProtocol(OriginCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Description description() {
        return new Description(
                "terraform",
                "Give terraform the token for a host",
                "For a credentials_helper block, through terraform-credentials-ast. Nothing is stored, and forget leaves"
                        + " the session as it is.",
                List.of("get", "store", "forget"),
                Optional.of("HOST"));
    }

    @Override
    public Setup setup() {
        return BlockSetup.terraform();
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        String host = question.place()
                .orElseThrow(
                        () -> Failure.usage("the host is missing", "ast credential terraform get app.terraform.io"));
        return switch (question.operation()) {
            case "get" ->
                HelperAnswer.json(credentials
                        .find(question.selection(), host)
                        .map(given -> new JsonObject().put("token", given.token()))
                        .orElseGet(JsonObject::new));
            case "forget" -> {
                question.say().accept("The session stays; to end it: ast logout");
                yield HelperAnswer.nothing();
            }
            default ->
                throw Failure.failed(
                        "no token of terraform's is stored; terraform gets the one of the session", "ast login");
        };
    }
}
