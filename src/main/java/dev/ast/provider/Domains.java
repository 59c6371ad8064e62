package dev.ast.provider;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.domain.ServerOrigin;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Astronomer's domains: which platform, and which server of it, a domain means. */
public final class Domains {
    /** The provider of Astronomer's cloud. */
    public static final String CLOUD = "astronomer";

    /** The provider of installations of one's own. */
    public static final String PRIVATE = "astronomer-private-cloud";

    private static final Pattern CLOUD_DOMAIN =
            Pattern.compile("(?:(pr[0-9]{4,6})\\.)?(?:cloud\\.)?(astronomer(?:-dev|-stage|-perf)?\\.io)");
    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.0\\.0\\.1)(?::([0-9]{1,5}))?");
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,200}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+");
    private static final int LOCAL_PORT = 8888;

    private Domains() {}

    /** What a domain means. */
    public record Meant(String domain, String provider, ServerOrigin server) {}

    /**
     * Reads a domain as the user types it.
     *
     * @throws dev.ast.domain.FailureException (usage) when it is not a domain
     */
    public static Meant of(String text) {
        String domain = text.strip().toLowerCase(Locale.ROOT);
        Matcher cloud = CLOUD_DOMAIN.matcher(domain);
        if (cloud.matches()) {
            String preview = cloud.group(1) == null ? "" : cloud.group(1) + ".";
            return new Meant(domain, CLOUD, ServerOrigin.parse("https://" + preview + "api." + cloud.group(2)));
        }
        Matcher local = LOCAL.matcher(domain);
        if (local.matches()) {
            String port = local.group(2) == null ? String.valueOf(LOCAL_PORT) : local.group(2);
            return new Meant(domain, CLOUD, ServerOrigin.parse("http://" + local.group(1) + ":" + port));
        }
        if (!HOST.matcher(domain).matches()) {
            throw Failure.usage("not a domain: " + SecretShape.quoted(text, 80), "give one such as astronomer.io");
        }
        return new Meant(domain, PRIVATE, ServerOrigin.parse("https://houston." + domain));
    }
}
