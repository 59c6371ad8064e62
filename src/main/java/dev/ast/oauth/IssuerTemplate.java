package dev.ast.oauth;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of issuers with the place holder <code>{tenantid}</code>, as the metadata of Entra writes them for several
 * tenants: each id_token names its own, by its claim {@code tid}.
 */
final class IssuerTemplate {
    private static final String HOLDER = "{tenantid}";
    private static final String TENANT = "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,126}[A-Za-z0-9])?";

    private IssuerTemplate() {}

    /**
     * Whether metadata with this name is that of the issuer that was asked for: the same to the letter, or but for the
     * tenant. Host and path around the tenant are the same in any case.
     *
     * @param loosely whether a slash at the end may be there or not, as where the address of the metadata was given
     * @param template the form that the provider's settings name
     */
    static boolean means(String written, URI asked, Optional<String> template, boolean loosely) {
        String text = asked.toString();
        // RFC 3986 section 6.2.3: without a path, the slash makes no difference.
        boolean slash =
                loosely || asked.getRawPath().isEmpty() || asked.getRawPath().equals("/");
        if (written.equals(text) || (slash && (written.equals(text + "/") || text.equals(written + "/")))) {
            return true;
        }
        // A tenant may be asked for by one of its domains, while the document names its id.
        return tenant(Optional.of(written), text).isPresent()
                || (template.isPresent()
                        && tenant(template, text).isPresent()
                        && tenant(template, written).isPresent());
    }

    /** The tenant in a name of this form; empty when it is not of this form. */
    static Optional<String> tenant(Optional<String> template, String name) {
        if (template.isEmpty() || !pathHolds(template.get())) {
            return Optional.empty();
        }
        int at = template.get().indexOf(HOLDER);
        String before = template.get().substring(0, at);
        String after = template.get().substring(at + HOLDER.length());
        Matcher matcher = Pattern.compile(Pattern.quote(before) + "(" + TENANT + ")" + Pattern.quote(after))
                .matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The name of one tenant's issuer; empty when the tenant is not known or is none. */
    static Optional<String> filled(String template, Optional<String> tenant) {
        if (!template.contains(HOLDER)) {
            return Optional.of(template);
        }
        return tenant.filter(id -> id.matches(TENANT)).map(id -> template.replace(HOLDER, id));
    }

    // In the host it would stand for every server.
    private static boolean pathHolds(String template) {
        int host = template.indexOf("://");
        int path = host < 0 ? -1 : template.indexOf('/', host + 3);
        return path > 0 && template.indexOf(HOLDER) > path;
    }
}
