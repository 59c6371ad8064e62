package dev.ast.sandbox.server.grant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;

/** The people of the sandbox: Ada, who is signed in with one click, and Grace, to try a second identity. */
public final class DemoUsers implements UserDetailsService {

    private static final DemoUser ADA = new DemoUser("ada", "Ada Lovelace", "ada@example.com");
    private static final List<DemoUser> ALL = List.of(ADA, new DemoUser("grace", "Grace Hopper", "grace@example.com"));

    /** The user that the approval without a browser signs in. */
    public DemoUser ada() {
        return ADA;
    }

    /**
     * The user of that name.
     *
     * @throws UsernameNotFoundException if there is none
     */
    public DemoUser named(String username) {
        return ALL.stream()
                .filter(user -> user.username().equals(username))
                .findFirst()
                .orElseThrow(() -> new UsernameNotFoundException("no such demo user"));
    }

    /** The user as somebody who has just signed in. */
    public Authentication signedIn(DemoUser user) {
        UserDetails details = loadUserByUsername(user.username());
        return UsernamePasswordAuthenticationToken.authenticated(details, null, details.getAuthorities());
    }

    /** What these scopes let a client know about the user (OpenID Connect Core 5.4); always the subject. */
    public Map<String, Object> claims(String username, Set<String> scopes) {
        DemoUser user = named(username);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put(StandardClaimNames.SUB, user.username());
        if (scopes.contains(OidcScopes.PROFILE)) {
            claims.put(StandardClaimNames.NAME, user.name());
            claims.put(StandardClaimNames.GIVEN_NAME, user.givenName());
            claims.put(StandardClaimNames.FAMILY_NAME, user.familyName());
            claims.put(StandardClaimNames.PREFERRED_USERNAME, user.username());
        }
        if (scopes.contains(OidcScopes.EMAIL)) {
            claims.put(StandardClaimNames.EMAIL, user.email());
            claims.put(StandardClaimNames.EMAIL_VERIFIED, true);
        }
        return claims;
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        DemoUser user = named(username);
        return new User(user.username(), "{noop}" + DemoUser.PASSWORD, AuthorityUtils.createAuthorityList("ROLE_USER"));
    }
}
