package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.Secret;
import dev.ast.domain.SecretShape;
import dev.ast.oauth.ClientOptions;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The values of a platform that only the user knows, where the line does not give them: which server, and which client
 * there. The user is asked; where nobody can be, one failure names all of them with the command to give them by.
 */
final class MissingValues {
    private final Provider provider;
    private final Optional<PlatformOptions.Tenant> tenant;
    private final boolean secret;

    /**
     * The values of a platform.
     *
     * @param given the secret that the line or the environment gives
     */
    MissingValues(Provider provider, LoginRequest request, Optional<Secret> given) {
        this.provider = provider;
        this.tenant = provider.options().tenant();
        ClientOptions client = provider.options().client();
        this.secret = client.lacksSecret()
                && given.isEmpty()
                && request.client().key().isEmpty();
    }

    /**
     * The profile with all of them.
     *
     * @throws FailureException (usage) when one is missing and nobody can be asked, or the answer is none
     */
    Profile asked(Profile profile, SignInScreen screen) {
        boolean server = lacksServer(profile);
        boolean client = lacksClient(profile);
        if (!server && !client) {
            return profile;
        }
        if (!screen.canAsk()) {
            throw missing(profile, server, client);
        }
        Optional<URI> issuer = profile.issuer();
        if (server) {
            String name = tenant.get().name();
            issuer = screen.ask(capital(name)).map(answer -> issuer(provider, tenant.get(), answer));
        }
        Optional<String> id = client ? screen.ask("Client id") : profile.clientId();
        if ((server && issuer.isEmpty()) || (client && id.isEmpty())) {
            throw missing(profile, server && issuer.isEmpty(), client && id.isEmpty());
        }
        return profile.setUp(provider.id(), profile.server(), issuer, id, profile.scopes());
    }

    /**
     * Makes sure that nothing is missing, where nobody is to be asked.
     *
     * @throws FailureException (usage) when one is
     */
    void require(Profile profile) {
        if (tenant.isPresent() && (lacksServer(profile) || lacksClient(profile))) {
            throw missing(profile, lacksServer(profile), lacksClient(profile));
        }
    }

    private boolean lacksServer(Profile profile) {
        return tenant.isPresent()
                && profile.issuer().isEmpty()
                && provider.issuer().isEmpty();
    }

    private boolean lacksClient(Profile profile) {
        return profile.clientId().isEmpty()
                && provider.clientId().isEmpty()
                && provider.options().api().isEmpty();
    }

    private FailureException missing(Profile profile, boolean server, boolean client) {
        List<String> names = new ArrayList<>();
        StringBuilder command = new StringBuilder(profile.name().loginCommand() + " --provider " + provider.id());
        if (server) {
            names.add("the " + tenant.orElseThrow().name());
            command.append(' ').append(tenant.get().option());
        }
        if (client) {
            names.add("the client id");
            command.append(" --client-id ID");
        }
        if (secret) {
            names.add("the client secret");
            command.append(" --client-secret @FILE");
        }
        return Failure.usage("provider " + provider.id() + " needs " + joined(names), command.toString());
    }

    private static String joined(List<String> names) {
        int last = names.size() - 1;
        String and = names.get(0).contains(",") ? ", and " : " and ";
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + and + names.get(last);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /**
     * The issuer that a name stands for.
     *
     * @throws FailureException (usage) when it stands for none
     */
    static URI issuer(Provider provider, PlatformOptions.Tenant of, String name) {
        try {
            return of.issuer(name);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    SecretShape.quoted(name, 200) + " is not the " + of.name(),
                    "ast login --provider " + provider.id() + " " + of.option());
        }
    }
}
