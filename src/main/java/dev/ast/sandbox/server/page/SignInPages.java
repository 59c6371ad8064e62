package dev.ast.sandbox.server.page;

import dev.ast.sandbox.server.grant.DemoUser;
import dev.ast.sandbox.server.grant.DemoUsers;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.core.OAuth2UserCode;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The pages on the way from a code to a signed-in terminal. */
@RestController
public class SignInPages {

    private static final OAuth2TokenType STATE = new OAuth2TokenType(OAuth2ParameterNames.STATE);

    private static final int LONGEST_CODE = 20;
    private static final Map<String, String> MEANING = new LinkedHashMap<>();

    static {
        MEANING.put("openid", "Know who you are");
        MEANING.put("profile", "See your name");
        MEANING.put("email", "See your e-mail address");
        MEANING.put("offline_access", "Keep you signed in");
    }

    private final DemoUsers users;
    private final RegisteredClientRepository clients;
    private final OAuth2AuthorizationService authorizations;

    /** Shows what waits in that service. */
    public SignInPages(DemoUsers users, RegisteredClientRepository clients, OAuth2AuthorizationService authorizations) {
        this.users = users;
        this.clients = clients;
        this.authorizations = authorizations;
    }

    /** What this server is, and who is signed in to it. */
    @GetMapping("/")
    public ResponseEntity<String> home(@Nullable Principal principal, CsrfToken csrf) {
        String who = principal == null
                ? "<p>Nobody is signed in to these pages.</p>"
                : "<p>Signed in to these pages as <strong>" + escaped(nameOf(principal))
                        + "</strong>.</p><form method=\"post\" action=\"/logout\">" + hidden("_csrf", csrf.getToken())
                        + "<button class=\"quiet\">Sign out</button></form>";
        return new Page("ast sandbox", "home").html("who", who).answer(HttpStatus.OK);
    }

    /** Asks for the code that the terminal shows; filled in already when the address carries it. */
    @GetMapping("/device")
    public ResponseEntity<String> device(
            @RequestParam(name = "user_code", defaultValue = "") String userCode,
            @RequestParam(name = "unknown", required = false) @Nullable String unknown) {
        String problem = unknown == null
                ? ""
                : "<p class=\"problem\" role=\"alert\" id=\"problem\">This code is not known, has expired or was used"
                        + " already. Compare it with your terminal.</p>";
        String filled = userCode.length() > LONGEST_CODE ? "" : userCode;
        return new Page("Connect a terminal", "device")
                .text("user_code", filled)
                // A code that is filled in already is to be compared, not edited.
                .html("focus", filled.isEmpty() ? "autofocus" : "")
                .html("problem", problem)
                .html("described", unknown == null ? "hint" : "hint problem")
                .answer(HttpStatus.OK);
    }

    /** Asks who is there. */
    @GetMapping("/login")
    public ResponseEntity<String> login(
            @RequestParam(name = "failed", required = false) @Nullable String failed, CsrfToken csrf) {
        String problem =
                failed == null ? "" : "<p class=\"problem\" role=\"alert\">User name or password is wrong.</p>";
        return new Page("Sign in", "login")
                .text("name", users.ada().name())
                .text("username", users.ada().username())
                .text("password", DemoUser.PASSWORD)
                .text("csrf", csrf.getToken())
                .html("problem", problem)
                .answer(HttpStatus.OK);
    }

    /** Asks whether the program may act for the user; shows the stored request, not the parameters of the address. */
    @GetMapping("/consent")
    public ResponseEntity<String> consent(@RequestParam("state") String state, Principal principal) {
        OAuth2Authorization waiting = state.isBlank() ? null : authorizations.findByToken(state, STATE);
        RegisteredClient client = waiting == null ? null : clients.findById(waiting.getRegisteredClientId());
        if (waiting == null || client == null || !waiting.getPrincipalName().equals(principal.getName())) {
            return new Page("That did not work", "error")
                    .text("title", "That did not work")
                    .text("advice", "This sign-in was already answered. Start again from your terminal.")
                    .answer(HttpStatus.BAD_REQUEST);
        }
        OAuth2Authorization.Token<OAuth2UserCode> userCode = waiting.getToken(OAuth2UserCode.class);
        Optional<String> code = userCode == null
                ? Optional.empty()
                : Optional.of(userCode.getToken().getTokenValue());
        Set<String> scopes = scopes(waiting);
        StringBuilder list = new StringBuilder();
        StringBuilder fields = new StringBuilder();
        for (String scope : scopes) {
            list.append("<li>")
                    .append(escaped(MEANING.getOrDefault(scope, scope)))
                    .append(" <code>")
                    .append(escaped(scope))
                    .append("</code></li>");
            fields.append(hidden("scope", scope));
        }
        String form = hidden("client_id", client.getClientId())
                + hidden("state", state)
                + code.map(value -> hidden("user_code", value)).orElse("");
        return new Page("Allow " + client.getClientName() + "?", "consent")
                .text("client", client.getClientName())
                .text("client_id", client.getClientId())
                .text("name", nameOf(principal))
                .html("scopes", list.toString())
                .html("fields", form)
                .html("scope_fields", fields.toString())
                .text("action", code.isPresent() ? "/oauth2/device_verification" : "/oauth2/authorize")
                .html("code", code.map(SignInPages::codeBlock).orElse(""))
                .text(
                        "warning",
                        code.isPresent()
                                ? "Go on only if you started this sign-in yourself and your terminal shows this same"
                                        + " code. Never enter a code that someone sent you."
                                : "Go on only if you started this sign-in yourself, just now, on this computer.")
                .answer(HttpStatus.OK);
    }

    /** The end of the way after "Allow". */
    @GetMapping("/device/allowed")
    public ResponseEntity<String> allowed() {
        return new Page("You are signed in", "allowed").answer(HttpStatus.OK);
    }

    /** The end of the way after "Deny". */
    @GetMapping("/device/denied")
    public ResponseEntity<String> denied() {
        return new Page("Access denied", "denied").answer(HttpStatus.OK);
    }

    private static Set<String> scopes(OAuth2Authorization waiting) {
        OAuth2AuthorizationRequest request = waiting.getAttribute(OAuth2AuthorizationRequest.class.getName());
        Set<String> scopes = request != null ? request.getScopes() : waiting.getAttribute(OAuth2ParameterNames.SCOPE);
        Set<String> ordered = new LinkedHashSet<>(MEANING.keySet());
        ordered.retainAll(scopes == null ? Set.of() : scopes);
        return ordered;
    }

    private String nameOf(Principal principal) {
        return users.named(principal.getName()).name();
    }

    private static String codeBlock(String code) {
        return "<p class=\"label\">Code in your terminal</p><p class=\"code\">" + escaped(code) + "</p>";
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escaped(value) + "\">";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
