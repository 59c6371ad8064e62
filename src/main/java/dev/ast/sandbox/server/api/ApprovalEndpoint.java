package dev.ast.sandbox.server.api;

import dev.ast.sandbox.server.grant.DeviceDecisions;
import dev.ast.sandbox.server.grant.DeviceDecisions.Decision;
import dev.ast.sandbox.server.grant.DeviceDecisions.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Approves a waiting device as the demo user Ada, for places without a browser. The caller must send the secret that
 * the server printed when it started: 401 without it, 404 for an unknown code, 409 for one decided about before.
 */
@RestController
public class ApprovalEndpoint {

    private final DeviceDecisions decisions;
    private final byte[] adminToken;

    /** Accepts callers that send that secret. */
    public ApprovalEndpoint(DeviceDecisions decisions, String adminToken) {
        this.decisions = decisions;
        this.adminToken = adminToken.getBytes(StandardCharsets.UTF_8);
    }

    /** Decides about a user code: approves it, or with {@code deny=true} or {@code expire=true} does that. */
    @PostMapping("/sandbox/approve")
    public ResponseEntity<Map<String, String>> approve(
            @RequestHeader(name = "X-Admin-Token", defaultValue = "") String token,
            @RequestParam("user_code") String userCode,
            @RequestParam(name = "deny", defaultValue = "false") boolean deny,
            @RequestParam(name = "expire", defaultValue = "false") boolean expire) {
        if (!MessageDigest.isEqual(adminToken, token.getBytes(StandardCharsets.UTF_8))) {
            return answer(HttpStatus.UNAUTHORIZED, "error", "the header X-Admin-Token is missing or wrong");
        }
        Decision decision = expire ? Decision.EXPIRED : deny ? Decision.DENIED : Decision.APPROVED;
        Outcome outcome = decisions.decide(userCode, decision);
        return switch (outcome) {
            case DONE -> answer(HttpStatus.OK, "result", decision.name().toLowerCase(Locale.ROOT));
            case UNKNOWN -> answer(HttpStatus.NOT_FOUND, "error", "no sign-in waits with this code");
            case ALREADY_DECIDED -> answer(HttpStatus.CONFLICT, "error", "this code was decided about or has expired");
        };
    }

    private static ResponseEntity<Map<String, String>> answer(HttpStatus status, String key, String text) {
        return ResponseEntity.status(status).body(Map.of(key, text));
    }
}
