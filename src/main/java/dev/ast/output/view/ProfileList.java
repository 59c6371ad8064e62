package dev.ast.output.view;

import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The profiles in short.
 *
 * @param server where a profile's server is known from
 */
public record ProfileList(
        List<Profile> profiles, ProfileName active, Function<Profile, Optional<ServerOrigin>> server) {

    /** A table with the active profile marked. */
    public static final class Look implements View<ProfileList> {
        @Override
        public Object document(ProfileList list) {
            List<Object> documents = new ArrayList<>();
            for (Profile profile : list.profiles()) {
                Map<String, @Nullable Object> document = new LinkedHashMap<>();
                document.put("name", profile.name().value());
                document.put("provider", profile.provider());
                document.put("server", list.server().apply(profile).map(ServerOrigin::toString));
                document.put("active", profile.name().equals(list.active()));
                document.put("signed_in", profile.hasCredential());
                document.put("email", profile.identity().flatMap(identity -> identity.email()));
                documents.add(document);
            }
            return documents;
        }

        @Override
        public void text(ProfileList list, Page page) {
            if (list.profiles().isEmpty()) {
                page.line("No profiles yet. Sign in with: ", page.typed("ast login"));
                return;
            }
            List<List<?>> rows = new ArrayList<>();
            for (Profile profile : list.profiles()) {
                boolean active = profile.name().equals(list.active());
                Object state = profile.hasCredential()
                        ? Tone.GOOD.of(profile.identity()
                                .flatMap(identity -> identity.label())
                                .orElse("signed in"))
                        : profile.endedAt().isPresent() ? Tone.WARN.of("session ended") : Tone.DIM.of("signed out");
                rows.add(List.of(
                        active ? Tone.BOLD.of("*") : " ",
                        active
                                ? Tone.BOLD.of(profile.name().value())
                                : profile.name().value(),
                        profile.provider(),
                        state,
                        list.server().apply(profile).map(ServerOrigin::toString).orElse("-")));
            }
            page.table(List.of("", "NAME", "PROVIDER", "SIGNED IN AS", "SERVER"), rows);
        }
    }
}
