package dev.ast.output.view;

import dev.ast.domain.Failure;
import dev.ast.login.Logout;
import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What logout did, profile by profile. */
public final class LogoutView implements View<Logout.Report> {
    private final Times times;

    /** Shows times in the given zone, which is asked only when a time is shown. */
    public LogoutView(InstantSource clock, Supplier<? extends ZoneId> zone) {
        this.times = new Times(clock, zone);
    }

    @Override
    public Object document(Logout.Report report) {
        List<Object> documents = new ArrayList<>();
        for (Logout.Outcomes one : report.profiles()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("profile", one.profile().value());
            document.put("was_signed_in", one.wasSignedIn());
            document.put("removed", one.removed());
            document.put(
                    "revoked",
                    one.wasSignedIn() && one.removed() && one.notRevoked().isEmpty());
            document.put("not_revoked_because", one.notRevoked());
            document.put("valid_until", one.validUntil());
            document.put("problem", one.failure().map(failure -> failure.message()));
            documents.add(document);
        }
        return documents;
    }

    @Override
    public void text(Logout.Report report, Page page) {
        report.copies().forEach(copy -> page.line("Removed " + copy + ", which held tokens of another program"));
        if (report.profiles().isEmpty()) {
            page.line("Nobody is signed in");
        }
        report.further()
                .filter(Failure.Storage.class::isInstance)
                .ifPresent(failure -> page.line(
                        Tone.BAD.of("The system keyring could not be searched"),
                        " for tokens that no profile names any more"));
        for (Logout.Outcomes one : report.profiles()) {
            if (!one.wasSignedIn()) {
                page.line("Not signed in to " + one.profile());
            } else if (!one.removed()) {
                page.line(
                        Tone.BAD.of("Not signed out of " + one.profile()), ": the stored tokens could not be removed");
            } else {
                page.done("Signed out of " + one.profile());
                one.notRevoked()
                        .ifPresent(why -> page.line("  The server did not revoke the tokens: " + why
                                + one.validUntil()
                                        .map(end -> "; the access token stays valid until " + times.at(end))
                                        .orElse("")));
            }
        }
    }
}
