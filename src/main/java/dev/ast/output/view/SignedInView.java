package dev.ast.output.view;

import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.StorageKind;
import dev.ast.login.SignedIn;
import dev.ast.output.Page;
import dev.ast.output.View;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The end of a sign-in. */
public final class SignedInView implements View<SignedIn> {
    @Override
    public Object document(SignedIn signedIn) {
        Profile profile = signedIn.profile();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("profile", profile.name().value());
        document.put("provider", profile.provider());
        document.put("server", signedIn.server().toString());
        document.put("subject", profile.identity().flatMap(Identity::subject));
        document.put("name", profile.identity().flatMap(Identity::name));
        document.put("email", profile.identity().flatMap(Identity::email));
        document.put("account", StatusView.account(profile));
        document.put("storage", signedIn.storage().map(StorageKind::word));
        document.put("already_signed_in", signedIn.already());
        return document;
    }

    @Override
    public void text(SignedIn signedIn, Page page) {
        Profile profile = signedIn.profile();
        String who = profile.identity()
                .flatMap(Identity::label)
                .map(label -> " as " + label)
                .orElse("");
        String account = StatusView.account(profile)
                .map(name -> " (account " + name + ")")
                .orElse("");
        if (signedIn.already()) {
            page.done("Already signed in" + who + account);
            return;
        }
        page.done("Successfully authenticated" + who + account
                + signedIn.storage()
                        .map(kind -> ", tokens in the " + StatusView.storage(kind))
                        .orElse(", no token is stored: each command exchanges the one of this machine"));
        if (signedIn.activated()) {
            page.line("Profile " + profile.name() + " is the active one now");
        }
    }
}
