package dev.ast.provider;

import dev.ast.domain.ServerOrigin;
import dev.ast.oauth.ClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * What a platform does differently from OpenID Connect.
 *
 * @param api how its API reports who is signed in: {@code accounts}, {@code astronomer}, {@code houston} or
 *     {@code seqera}; empty for OpenID Connect
 * @param signIn how one signs in
 * @param redirect the address of this machine that the browser comes back to; port 0, as it should be, for a free one
 * @param tokenPage where the user can get a token in the browser; empty where there is no such page, or none known
 * @param assumedLife how long an access token lives where the server does not say; empty for unknown
 * @param claimsName whether the user without an account chooses its name at the first sign-in
 * @param serverVariables environment variables that name the server
 * @param issuerIsServer whether the server is its own issuer
 * @param bareHeader whether a token stands in the {@code Authorization} header without the word {@code Bearer}
 * @param registry its container registry, where docker takes the same tokens
 * @param keyPair how a key id and secret are exchanged for a token, where there are such
 * @param tenant what names the user's own server there, where that is not its whole address
 * @param client what a client there has beside its id
 * @param identity under which names its OpenID Connect or OAuth server says who is signed in
 */
public record PlatformOptions(
        Optional<String> api,
        SignIn signIn,
        URI redirect,
        Optional<URI> tokenPage,
        Optional<Duration> assumedLife,
        boolean claimsName,
        List<String> serverVariables,
        boolean issuerIsServer,
        boolean bareHeader,
        Optional<Registry> registry,
        Optional<KeyPair> keyPair,
        Optional<Tenant> tenant,
        ClientOptions client,

        IdentityNames identity) {
    /** The address that the browser comes back to by default (RFC 8252 section 7.3). */
    public static final URI ANY_PORT = URI.create("http://127.0.0.1:0/callback");

    /** A plain OpenID Connect server. */
    public static final PlatformOptions PLAIN = new PlatformOptions(
            Optional.empty(),
            SignIn.DEVICE,
            ANY_PORT,
            Optional.empty(),
            Optional.empty(),
            false,
            List.of(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ClientOptions.PUBLIC,
            IdentityNames.STANDARD);

    /** Copies the list. */
    public PlatformOptions {
        serverVariables = List.copyOf(serverVariables);
    }

    /** A platform's own way of signing in. */
    public enum SignIn {
        /** By a short code. */
        DEVICE,
        /** By the browser on the same machine. */
        BROWSER,
        /** By user name and password, given to the platform itself. */
        PASSWORD
    }

    /**
     * A name for one's own server, of which its issuer is made.
     *
     * @param name what it is called there, with an example
     * @param template the issuer with a place holder in braces; without one the name is the issuer itself
     */
    public record Tenant(String name, Optional<String> template) {

        /** The option of a login that takes it, with a word for its value. */
        public String option() {
            return template.isPresent() ? "--tenant NAME" : "--issuer URL";
        }

        /**
         * The issuer of a tenant.
         *
         * @throws IllegalArgumentException when it cannot be one, or a part of its address
         */
        public URI issuer(String tenant) {
            String text = tenant.strip();
            if (template.isEmpty()) {
                URI issuer = URI.create(text);
                if (ServerOrigin.tryParse(issuer.getScheme() + "://" + issuer.getRawAuthority())
                        .isEmpty()) {
                    throw new IllegalArgumentException("not an address");
                }
                return issuer;
            }
            String trimmed = text.replaceFirst("^https://", "").replaceFirst("/$", "");
            if (!trimmed.matches("[A-Za-z0-9](?:[A-Za-z0-9._:/-]{0,250}[A-Za-z0-9])?")) {
                throw new IllegalArgumentException("not a part of an address");
            }
            // The id of a user pool of Cognito begins with its region: eu-west-1_AbCdEf123.
            String region = trimmed.replaceFirst("_.*", "");
            return URI.create(template.get()
                    .replace("{region}", region)
                    .replaceFirst("\\{[a-z]+}", Matcher.quoteReplacement(trimmed)));
        }
    }

    /**
     * A container registry.
     *
     * @param pattern its host, perhaps with a port; <code>{host}</code> stands for the host of the API, and
     *     <code>{domain}</code> for that without its first label
     * @param user the user name that goes with a token
     */
    public record Registry(String pattern, String user) {

        /** The registry's host beside an API. */
        public String on(ServerOrigin server) {
            String host = server.host();
            String domain = host.substring(host.indexOf('.') + 1);
            return pattern.replace("{host}", host).replace("{domain}", domain).toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A key id and secret from the environment (RFC 6749 section 4.4).
     *
     * @param idVariable the variable of the id
     * @param secretVariable the variable of the secret
     * @param audience what the token is asked for
     */
    public record KeyPair(String idVariable, String secretVariable, String audience) {}
}
