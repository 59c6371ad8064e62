package dev.ast.output.view;

import dev.ast.login.StartedSignIn;
import dev.ast.oauth.DeviceAuthorization;
import dev.ast.output.Page;
import dev.ast.output.View;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the user needs to approve a sign-in that nobody waits for, and the id to finish it. */
public final class StartedSignInView implements View<StartedSignIn> {
    @Override
    public Object document(StartedSignIn started) {
        DeviceAuthorization authorization = started.authorization();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", started.id());
        document.put("profile", started.profile().value());
        document.put("user_code", authorization.userCode());
        document.put("verification_uri", authorization.verificationUri());
        document.put("verification_uri_complete", authorization.complete());
        document.put("expires_at", authorization.expiresAt());
        return document;
    }

    @Override
    public void text(StartedSignIn started, Page page) {
        DeviceAuthorization authorization = started.authorization();
        page.line("  Code: " + authorization.userCode());
        page.line("  Open: " + authorization.complete().orElse(authorization.verificationUri()));
        page.line("Afterwards: " + page.typed("ast login --resume " + started.id()));
    }
}
