package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.JsonObject;
import dev.ast.session.Recipients;
import dev.ast.session.Target;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The {@code credential_process} of AWS, version 1: the id_token is exchanged for the credentials of a role by STS
 * ({@code AssumeRoleWithWebIdentity}, version 2011-06-15). The token goes to STS, so that the profile must answer for its
 * origin as for any other. Nothing is kept: AWS's libraries ask again when the credentials end.
 */
final class AwsProtocol implements HelperProtocol {
    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;

    private final OriginCredentials credentials;
    private final Supplier<Http> http;

    AwsProtocol(OriginCredentials credentials, Supplier<Http> http) {
        this.credentials = credentials;
        this.http = http;
    }

    @Override
    public Description description() {
        return new Description(
                "aws",
                "Give AWS's libraries the credentials of a role",
                "For credential_process. Exchanges the id_token at STS, an origin that must be added by --also-for.",
                List.of(),
                Optional.empty(),
                List.of(
                        new Parameter("role-arn", "ARN", "The role"),
                        new Parameter("region", "NAME", "Exchange at the STS of this region"),
                        new Parameter("endpoint", "URL", "Exchange at this address"),
                        new Parameter("duration", "SECONDS", "How long the credentials are good, 900 to 43200")),
                false);
    }

    @Override
    public Setup setup() {
        BlockSetup block = BlockSetup.aws();
        return new Setup() {
            @Override
            public String text(SetupPlace place) {
                Map<String, String> example = new LinkedHashMap<>();
                example.put("role-arn", "ARN");
                example.put("region", "NAME");
                return block.text(place.options().isEmpty() ? place.with(example) : place);
            }

            @Override
            public List<String> apply(SetupPlace place) {
                Function<String, Optional<String>> options =
                        name -> Optional.ofNullable(place.options().get(name));
                role(options);
                endpoint(options);
                duration(options);
                return block.apply(place);
            }

            @Override
            public List<String> remove(SetupPlace place) {
                return block.remove(place);
            }
        };
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        String role = role(question::option);
        URI endpoint = endpoint(question::option);
        OriginCredentials.Given given =
                credentials.require(question.selection(), endpoint.toString(), OriginCredentials.Kind.ID);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", "AssumeRoleWithWebIdentity");
        form.put("Version", "2011-06-15");
        form.put("RoleArn", role);
        form.put("RoleSessionName", sessionName(given.target()));
        form.put("WebIdentityToken", given.token());
        duration(question::option).ifPresent(seconds -> form.put("DurationSeconds", seconds));
        HttpAnswer answer = http.get().send(HttpCall.post(endpoint).form(form));
        if (answer.isRedirect()) {
            throw Failure.unreachable(answer.redirectMessage(), "check --region or --endpoint");
        }
        StsAnswer sts = StsAnswer.read(answer.body(), answer.origin());
        if (!answer.isSuccess()) {
            throw refused(answer, sts);
        }
        return HelperAnswer.json(new JsonObject()
                .put("Version", 1)
                .put("AccessKeyId", sts.require("AccessKeyId"))
                .put("SecretAccessKey", sts.secret("SecretAccessKey").reveal())
                .put("SessionToken", sts.secret("SessionToken").reveal())
                .put("Expiration", sts.require("Expiration")));
    }

    private static RuntimeException refused(HttpAnswer answer, StsAnswer sts) {
        String why = answer.origin() + " answered with HTTP " + answer.status()
                + sts.text("Code").map(code -> ", " + code).orElse("")
                + sts.text("Message").map(message -> ": " + message).orElse("");
        return answer.status() >= 500
                ? Failure.unreachable(why, "try again later")
                : Failure.denied(why, "check the role's trust policy");
    }

    private static String role(Function<String, Optional<String>> options) {
        return options.apply("role-arn")
                .filter(arn -> arn.matches("arn:[\\x21-\\x7e]{10,2044}"))
                .orElseThrow(() -> Failure.usage(
                        "--role-arn is missing, or is no ARN",
                        "ast credential aws --role-arn arn:aws:iam::123456789012:role/NAME --region eu-central-1"));
    }

    private static URI endpoint(Function<String, Optional<String>> options) {
        Optional<String> region = options.apply("region");
        Optional<String> endpoint = options.apply("endpoint");
        if (region.isPresent() == endpoint.isPresent()) {
            throw region.isPresent()
                    ? Failure.usage("--region and --endpoint do not go together", "give one of them")
                    : Failure.usage("either --region or --endpoint is needed", "add --region eu-central-1");
        }
        if (endpoint.isPresent()) {
            ServerOrigin origin = Recipients.named(endpoint.get()).get(0);
            return origin.resolve("/");
        }
        if (!region.get().matches("[a-z]{2}(-[a-z]{2,20}){1,3}-[0-9]{1,2}")) {
            throw Failure.usage("--region is no name of a region", "add --region eu-central-1");
        }
        String domain = region.get().startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return URI.create("https://sts." + region.get() + "." + domain + "/");
    }

    private static Optional<String> duration(Function<String, Optional<String>> options) {
        return options.apply("duration").map(text -> {
            int seconds = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
            if (seconds < SHORTEST || seconds > LONGEST) {
                throw Failure.usage(
                        "--duration takes " + SHORTEST + " to " + LONGEST + " seconds", "add --duration 3600");
            }
            return text;
        });
    }

    // 2 to 64 letters, digits and a few signs; it stands in AWS's logs.
    private static String sessionName(Target target) {
        String name = target.profile()
                .identity()
                .flatMap(who -> who.email().or(who::subject))
                .orElse("")
                .replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
        return name.length() < 2
                ? "ast-" + target.profile().name().value().replaceAll("^(.{0,60}).*", "$1")
                : name.substring(0, Math.min(name.length(), 64));
    }
}
