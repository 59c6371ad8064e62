package dev.ast.login.importing;

import dev.ast.domain.Identity;
import dev.ast.domain.Secret;
import dev.ast.domain.SelectedContext;
import dev.ast.json.JsonObject;
import dev.ast.provider.Domains;
import dev.ast.provider.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code credentials.json} of the Go program, now and as it was under {@code ~/.astro}; there the same name can also
 * be Astronomer's, whose members are domains.
 */
final class AstropodsFile {
    private AstropodsFile() {}

    static List<Found> read(Path file, JsonObject document, KeyringItems keyring) {
        List<Found> all = new ArrayList<>();
        Optional<JsonObject> profiles = document.object("profiles");
        if (profiles.isPresent()) {
            for (String name : profiles.get().members().keySet()) {
                profiles.get()
                        .object(name)
                        .flatMap(one -> profile(file, name, one, keyring))
                        .ifPresent(all::add);
            }
            return all;
        }
        for (String domain : document.members().keySet()) {
            document.object(domain).flatMap(one -> ofDomain(file, domain, one)).ifPresent(all::add);
        }
        return all;
    }

    // Where the program has a keyring its file holds no tokens, and they are two items of it.
    private static Optional<Found> profile(Path file, String name, JsonObject from, KeyringItems keyring) {
        boolean inFile = from.text("access_token").isPresent();
        Optional<Secret> access =
                ForeignTexts.token(inFile ? from.text("access_token") : keyring.text(name + "_access_token"));
        if (access.isEmpty()) {
            return Optional.empty();
        }
        Optional<Secret> refresh =
                ForeignTexts.token(inFile ? from.text("refresh_token") : keyring.text(name + "_refresh_token"));
        JsonObject user = from.object("user").orElseGet(JsonObject::new);
        List<SelectedContext> contexts = new ArrayList<>();
        List<String> organizations = new ArrayList<>();
        for (JsonObject account : from.objects("accounts")) {
            account.text("name").ifPresent(called -> {
                boolean organization =
                        account.text("type").filter("organization"::equals).isPresent();
                contexts.add(new SelectedContext(
                        organization ? SelectedContext.ORGANIZATION : SelectedContext.ACCOUNT,
                        account.text("id").orElse(called),
                        called,
                        organization ? account.text("workos_org_id") : Optional.empty()));
                if (organization) {
                    organizations.add(called);
                }
            });
        }
        Optional<String> current = from.text("current_account");
        Optional<String> named = user.text("first_name")
                .map(first ->
                        user.text("last_name").map(last -> first + " " + last).orElse(first));
        return Optional.of(new Found(
                inFile ? file.toString() : file + " and the system keyring",
                name,
                Providers.DEFAULT,
                ForeignTexts.server(from.text("server_url")),
                Optional.empty(),
                access.get(),
                refresh,
                ForeignTexts.time(from, "expires_at"),
                new Identity(user.text("id"), named, user.text("email"), user.text("account_name"), organizations),
                contexts,
                contexts.stream()
                        .filter(context -> current.filter(now -> now.equals(context.name()) || now.equals(context.id()))
                                .isPresent())
                        .findFirst()));
    }

    private static Optional<Found> ofDomain(Path file, String domain, JsonObject from) {
        return AstronomerConfig.found(
                file,
                domain,
                from.text("token"),
                from.text("refreshtoken"),
                ForeignTexts.time(from, "expires_at"),
                from.text("user_email"),
                Optional.empty());
    }

    static boolean isDomain(String text) {
        try {
            Domains.of(text);
            return true;
        } catch (dev.ast.domain.FailureException e) {
            return false;
        }
    }
}
