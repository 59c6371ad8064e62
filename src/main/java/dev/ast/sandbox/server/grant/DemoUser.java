package dev.ast.sandbox.server.grant;

/**
 * Somebody who can sign in to the sandbox.
 *
 * @param username the name to sign in with, and the subject of tokens
 * @param name first and last name
 * @param email the mail address, unused anywhere else
 */
public record DemoUser(String username, String name, String email) {

    /** The password of every demo user; it protects nothing and is printed on the sign-in page. */
    public static final String PASSWORD = "sandbox";

    /** The first name. */
    public String givenName() {
        return name.substring(0, name.indexOf(' '));
    }

    /** The last name. */
    public String familyName() {
        return name.substring(name.indexOf(' ') + 1);
    }
}
