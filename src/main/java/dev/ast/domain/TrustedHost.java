package dev.ast.domain;

import java.util.Locale;

/**
 * A server that the user trusts beside the issuer's: {@code login.example.com}, {@code *.example.com} for all below it,
 * {@code example.com:8443} or the origin {@code https://example.com}. Without a port it is the usual one; on loopback
 * any.
 *
 * @param text as it was written
 */
public record TrustedHost(String text) {

    /**
     * Reads what the user writes.
     *
     * @throws FailureException (usage) when it is no host, or one that stands for a whole top-level domain
     */
    public static TrustedHost parse(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String name = trimmed.substring(trimmed.indexOf("://") + 1).replaceFirst("^//", "");
        boolean wild = name.startsWith("*.");
        try {
            String tested = wild ? name.substring(2) : name;
            ServerOrigin origin = ServerOrigin.parse(
                    trimmed.contains("://") ? trimmed.replaceFirst("\\*\\.", "") : "https://" + tested);
            if (!wild || origin.host().indexOf('.') > 0) {
                return new TrustedHost(trimmed);
            }
        } catch (FailureException e) {
            // Reported below.
        }
        throw Failure.usage("not a host: " + SecretShape.quoted(written, 200), "give a name such as login.example.com");
    }

    /** Whether this is the server of an address. */
    public boolean covers(ServerOrigin origin) {
        int slashes = text.indexOf("://");
        if (slashes >= 0 && !text.startsWith(origin.scheme() + "://")) {
            return false;
        }
        String rest = slashes < 0 ? text : text.substring(slashes + 3);
        int colon = rest.indexOf(':', Math.max(0, rest.indexOf(']')));
        String host = colon < 0 ? rest : rest.substring(0, colon);
        boolean sameHost =
                host.startsWith("*.") ? origin.host().endsWith(host.substring(1)) : host.equals(origin.host());
        if (colon >= 0) {
            return sameHost && rest.substring(colon + 1).equals(String.valueOf(origin.port()));
        }
        return sameHost
                && ((slashes < 0 && origin.isLoopback())
                        || origin.toString().equals(origin.scheme() + "://" + origin.host()));
    }

    @Override
    public String toString() {
        return text;
    }
}
