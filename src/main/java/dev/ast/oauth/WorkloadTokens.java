package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.SecretShape;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.Workload;
import dev.ast.host.Environment;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the token that its platform gives this machine: from a file, a variable, or GitHub Actions. It is read for each
 * exchange, because platforms replace it, and is never kept. At most 64 KiB.
 */
final class WorkloadTokens {
    private static final String GITHUB_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final int LARGEST = 64 * 1024;

    private final Environment environment;
    private final Http http;

    WorkloadTokens(Environment environment, Http http) {
        this.environment = environment;
        this.http = http;
    }

    /**
     * The token of a client's machine as it is now.
     *
     * @throws FailureException (not_signed_in) when this machine has none, or one that cannot be used; (unreachable)
     *     when GitHub does not give it; (denied) when GitHub refuses to
     */
    Secret read(OAuthClient client) {
        Workload.Source source = client.options().workload().source().orElseThrow();
        return switch (source.kind()) {
            case FILE -> usable(ofFile(source), source);
            case VARIABLE ->
                usable(
                        environment
                                .get(source.name())
                                .orElseThrow(() -> missing(
                                        source.label() + " is not set",
                                        "set it, in GitLab by id_tokens of the job, or name another source with"
                                                + " --workload")),
                        source);
            case GITHUB -> usable(ofGitHub(client), source);
        };
    }

    private static String ofFile(Workload.Source source) {
        Path file = Path.of(source.name());
        String hint = "mount the token there, or name another source with --workload";
        if (!Files.isRegularFile(file)) {
            throw missing(source.label() + (Files.exists(file) ? " is no file" : " does not exist"), hint);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST + 1), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw missing(source.label() + " cannot be read", "let this user read it");
        }
    }

    // "OpenID Connect reference" of GitHub: the audience is a parameter, the token is the answer's member "value".
    private String ofGitHub(OAuthClient client) {
        Optional<String> address = environment.get(Workload.GITHUB_URL);
        Optional<String> permit = environment.get(GITHUB_TOKEN);
        if (address.isEmpty() || permit.isEmpty()) {
            throw missing(
                    "GitHub Actions gives none here: " + (address.isEmpty() ? Workload.GITHUB_URL : GITHUB_TOKEN)
                            + " is not set",
                    "run it in a job of GitHub Actions that has \"permissions: id-token: write\"");
        }
        URI place = address(address.get(), audience(client));
        HttpAnswer answer = http.send(HttpCall.get(place)
                .header(
                        "Authorization",
                        "Bearer " + secret(permit.get(), GITHUB_TOKEN).reveal())
                .header("Accept", "application/json; api-version=2.0")
                .maxBody(2 * LARGEST));
        ServerOrigin origin = answer.origin();
        if (answer.status() == 401 || answer.status() == 403) {
            throw Failure.denied(
                    origin + " gives this job no token (HTTP " + answer.status() + ")",
                    "check \"permissions: id-token: write\" of the job");
        }
        if (answer.isRedirect()) {
            throw Failure.unreachable(answer.redirectMessage(), "check " + Workload.GITHUB_URL);
        }
        if (!answer.isSuccess()) {
            throw Failure.unreachable(
                    origin + " answered the request for the job's token with HTTP " + answer.status(),
                    "try again later");
        }
        return Json.tryObject(answer.body())
                .flatMap(body -> body.text("value"))
                .orElseThrow(() -> Failure.unreachable(
                        origin + " answered the request for the job's token without one",
                        "check " + Workload.GITHUB_URL));
    }

    private static Optional<String> audience(OAuthClient client) {
        return client.options().workload().audience().or(() -> client.issuer().map(URI::toString));
    }

    private static URI address(String text, Optional<String> audience) {
        try {
            String more = audience.map(name -> "audience=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .orElse("");
            String joined = more.isEmpty() ? "" : text.indexOf('?') < 0 ? "?" : "&";
            URI place = new URI(text.strip() + joined + more);
            ServerOrigin.of(place);
            return place;
        } catch (URISyntaxException | FailureException e) {
            throw missing(Workload.GITHUB_URL + " is not an address with https", "run it in a job of GitHub Actions");
        }
    }

    private static Secret usable(String text, Workload.Source source) {
        if (text.isBlank()) {
            throw missing(source.label() + " is empty", "wait until the platform has written the token");
        }
        if (text.length() > LARGEST) {
            throw missing(source.label() + " holds more than 64 KiB", "name the place of a token");
        }
        return secret(text.strip(), source.label());
    }

    private static Secret secret(String text, String place) {
        try {
            return Secret.of(text).requireBearer();
        } catch (FailureException e) {
            throw missing(place + " holds something that is no token", "name the place of a token");
        }
    }

    private static FailureException missing(String why, String hint) {
        return new Failure.TokenRefused("there is no workload token: " + why, Optional.of(hint)).asException();
    }

    /** What a token says about itself, for the user who has to have the server trust it; nothing for another kind. */
    static String described(Secret token) {
        return UnverifiedJwt.claims(token)
                .map(claims -> " (the token is of issuer " + shown(claims.get("iss")) + ", subject "
                        + shown(claims.get("sub")) + ", audience " + shown(claims.get("aud")) + ")")
                .orElse("");
    }

    private static String shown(@Nullable Object claim) {
        return claim == null ? "none" : SecretShape.cut(claim.toString(), 200);
    }
}
