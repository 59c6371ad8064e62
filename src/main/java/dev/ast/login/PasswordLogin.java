package dev.ast.login;

import dev.ast.domain.Profile;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Browser;
import dev.ast.provider.Houston;
import dev.ast.provider.Provider;
import java.net.URI;
import java.util.Optional;

/**
 * Signs in to an installation that has no authorization server: by user name and password where it takes them, else by
 * a token that the user gets on its own page and pastes here. Neither is stored, only the resulting token.
 */
public final class PasswordLogin {
    private static final String INSTEAD = "ast login --with-token";

    private final Houston houston;
    private final Browser browser;

    /** Signs in over the given parts. */
    public PasswordLogin(Houston houston, Browser browser) {
        this.houston = houston;
        this.browser = browser;
    }

    /**
     * Runs one sign-in to its end.
     *
     * @throws dev.ast.domain.FailureException (usage) when nobody can be asked; (denied) when the password is refused
     */
    Secret run(Profile profile, Provider provider, LoginRequest request, SignInScreen screen) {
        ServerOrigin server = provider.serverOf(profile);
        screen.asking(provider.title(), server, profile.name());
        screen.requireUser("user name and password, or a token");
        if (!request.pasted() && houston.takesPasswords(server)) {
            Optional<String> user = screen.ask("User name (Enter to paste a token)");
            if (user.isPresent()) {
                return houston.createToken(server, profile.name(), user.get(), screen.askSecret("Password", INSTEAD));
            }
        }
        URI page = Houston.tokenPage(server);
        screen.address(page.toString(), request.picture());
        if (request.openBrowser() && !browser.remote() && browser.available()) {
            screen.opening();
            browser.open(page);
        }
        return screen.askSecret("Token from that page", INSTEAD);
    }
}
