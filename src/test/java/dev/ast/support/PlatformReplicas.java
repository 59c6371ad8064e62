package dev.ast.support;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The three platforms of the pages as their programs see them, each with its own authorization server: what they check
 * of a request, and what they answer. A token that none of them has issued is answered with 401.
 */
public final class PlatformReplicas implements AutoCloseable {
    /** The one redirect address that Astronomer's authorization server has registered. */
    public static final String ASTRONOMER_REDIRECT = "http://localhost:12345/callback";

    /** The redirect address of Seqera's own program. */
    public static final String SEQERA_REDIRECT = "http://127.0.0.1:53682/callback";

    /** Tokens that a user or a machine already has. */
    public static final String ASTRO_ACCESS_TOKEN = "canary-astropods-token";

    public static final String ASTRO_API_TOKEN = "canary-astronomer-api-token";
    public static final String ASTRO_USER_TOKEN = "canary-astronomer-user-token";
    public static final String SEQERA_PAT = "canary-seqera-pat";
    public static final String KEY_ID = "key-1";
    public static final String KEY_SECRET = "canary-key-secret";

    private final ScriptedServer workOs = ScriptedServer.http();
    private final ScriptedServer astropods = ScriptedServer.http();
    private final ScriptedServer astronomer = ScriptedServer.http();
    private final ScriptedServer auth0 = ScriptedServer.http();
    private final ScriptedServer seqera = ScriptedServer.http();

    /** Starts all of them. */
    public PlatformReplicas() {
        astropods();
        astronomer();
        seqera();
    }

    /** {@code config.yml} that has the platforms' addresses replaced by these, and nothing else. */
    public String addresses() {
        return "ast:\n  providers:\n    astropods:\n      server: " + astropods.origin()
                + "\n      device-authorization-uri: " + workOs.uri("/user_management/authorize/device")
                + "\n      token-uri: " + workOs.uri("/user_management/authenticate")
                + "\n    astronomer:\n      server: " + astronomer.origin()
                + "\n    seqera:\n      server: " + seqera.origin() + "\n";
    }

    /** Astropods' API. */
    public ScriptedServer astropodsApi() {
        return astropods;
    }

    /** WorkOS, which signs Astropods' users in. */
    public ScriptedServer workOs() {
        return workOs;
    }

    /** Astronomer's API. */
    public ScriptedServer astronomerApi() {
        return astronomer;
    }

    /** Astronomer's authorization server. */
    public ScriptedServer auth0() {
        return auth0;
    }

    /** Seqera's API, which is its own authorization server. */
    public ScriptedServer seqeraApi() {
        return seqera;
    }

    private void astropods() {
        workOs.on("POST /user_management/authorize/device", request -> {
            boolean asWorkOsWants = request.form().keySet().equals(java.util.Set.of("client_id"));
            return asWorkOsWants
                    ? Answer.json("{\"device_code\":\"canary-device-code\",\"user_code\":\"ABCD-EFGH\","
                            + "\"verification_uri\":\"" + workOs.uri("/device")
                            + "\",\"verification_uri_complete\":\"" + workOs.uri("/device?user_code=ABCD-EFGH")
                            + "\",\"expires_in\":300,\"interval\":1}")
                    : Answer.json(400, "{\"error\":\"invalid_request\"}");
        });
        workOs.on(
                "POST /user_management/authenticate",
                Answer.json(400, "{\"error\":\"authorization_pending\"}"),
                Answer.json("{\"access_token\":\"" + ASTRO_ACCESS_TOKEN + "\",\"refresh_token\":\"canary-refresh-1\","
                        + "\"token_type\":\"Bearer\",\"user\":{\"id\":\"user_1\",\"email\":\"ada@example.com\","
                        + "\"first_name\":\"Ada\",\"last_name\":\"Lovelace\"}}"));
        astropods.on(
                "GET /api/v1/me",
                request -> bearer(
                        request,
                        List.of(ASTRO_ACCESS_TOKEN),
                        "{\"id\":\"user_1\",\"email\":\"ada@example.com\",\"first_name\":\"Ada\","
                                + "\"last_name\":\"Lovelace\",\"accounts\":["
                                + "{\"id\":\"a1\",\"name\":\"ada\",\"type\":\"personal\"}]}"));
    }

    private void astronomer() {
        String place = auth0.origin().toString();
        astronomer.on(
                "GET /private/v1alpha1/cli/auth-config",
                request -> request.header("X-Astro-Client-Identifier")
                                .filter("cli"::equals)
                                .isPresent()
                        ? Answer.json("{\"clientId\":\"client-a\",\"audience\":\"astronomer-ee\",\"domainUrl\":\""
                                + place + "/\"}")
                        : Answer.status(400));
        List<String> known = List.of(ASTRO_API_TOKEN, ASTRO_USER_TOKEN, "canary-key-token");
        astronomer.on(
                "GET /v1/users/self", request -> bearer(request, List.of(ASTRO_USER_TOKEN), "{\"id\":\"cluser\"}"));
        astronomer.on(
                "GET /v1/organizations",
                request -> bearer(request, known, "{\"organizations\":[{\"id\":\"clorg\",\"name\":\"Acme\"}]}"));
        astronomer.on(
                "GET /v1/organizations/clorg/workspaces",
                request -> bearer(request, known, "{\"workspaces\":[{\"id\":\"clws\",\"name\":\"Research\"}]}"));
        auth0.on(
                "GET /userinfo",
                request -> bearer(
                        request,
                        List.of(ASTRO_USER_TOKEN),
                        "{\"sub\":\"auth0|1\",\"email\":\"ada@example.com\",\"name\":\"Ada Lovelace\"}"));
        auth0.on(
                "GET /authorize",
                request -> authorize(request, ASTRONOMER_REDIRECT, Map.of("audience", "astronomer-ee")));
        auth0.on("POST /oauth/token", PlatformReplicas::astronomerToken);
        auth0.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + place + "/\",\"authorization_endpoint\":\"" + place
                        + "/authorize\",\"token_endpoint\":\"" + place + "/oauth/token\",\"revocation_endpoint\":\""
                        + place + "/oauth/revoke\"}"));
        auth0.on("POST /oauth/revoke", Answer.status(200));
    }

    private static Answer astronomerToken(Request request) {
        Map<String, String> form = request.form();
        String grant = form.getOrDefault("grant_type", "");
        if (grant.equals("authorization_code")
                && ASTRONOMER_REDIRECT.equals(form.get("redirect_uri"))
                && form.containsKey("code_verifier")) {
            return tokens(ASTRO_USER_TOKEN);
        }
        boolean pair = grant.equals("client_credentials")
                && KEY_ID.equals(form.get("client_id"))
                && KEY_SECRET.equals(form.get("client_secret"))
                && "astronomer-ee".equals(form.get("audience"));
        return pair
                ? Answer.json("{\"access_token\":\"canary-key-token\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
                : Answer.json(401, "{\"error\":\"access_denied\"}");
    }

    private void seqera() {
        String place = seqera.origin().toString();
        seqera.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + place + "\",\"authorization_endpoint\":\"" + place
                        + "/authorize\",\"token_endpoint\":\"" + place + "/token\",\"revocation_endpoint\":\"" + place
                        + "/revoke\"}"));
        seqera.on("GET /authorize", request -> authorize(request, SEQERA_REDIRECT, Map.of("audience", "platform")));
        seqera.on("POST /token", tokens(SEQERA_PAT));
        seqera.on("POST /revoke", Answer.status(200));
        seqera.on(
                "GET /user-info",
                request -> bearer(
                        request,
                        List.of(SEQERA_PAT),
                        "{\"user\":{\"id\":7,\"userName\":\"ada\",\"email\":\"ada@example.com\"}}"));
        seqera.on(
                "GET /user/7/workspaces",
                request -> bearer(request, List.of(SEQERA_PAT), "{\"orgsAndWorkspaces\":[]}"));
    }

    // Compared to the letter, as the platforms' servers do; any other address is refused with a page here.
    private static Answer authorize(Request request, String registered, Map<String, String> wanted) {
        Map<String, String> query = request.query();
        boolean right = registered.equals(query.get("redirect_uri"))
                && query.entrySet().containsAll(wanted.entrySet())
                && "S256".equals(query.get("code_challenge_method"));
        return right
                ? Answer.redirect(302, URI.create(registered + "?code=canary-code&state=" + query.get("state")))
                : Answer.text(403, "Callback URL mismatch");
    }

    private static Answer tokens(String access) {
        return Answer.json("{\"access_token\":\"" + access + "\",\"refresh_token\":\"canary-refresh-1\","
                + "\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    private static Answer bearer(Request request, List<String> known, String body) {
        Optional<String> sent = request.header("Authorization");
        return known.stream().anyMatch(token -> sent.equals(Optional.of("Bearer " + token)))
                ? Answer.json(body)
                : Answer.json(401, "{\"error\":\"invalid token\"}");
    }

    @Override
    public void close() {
        List.of(workOs, astropods, astronomer, auth0, seqera).forEach(ScriptedServer::close);
    }
}
