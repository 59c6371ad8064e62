package dev.ast.api;

import dev.ast.domain.Failure;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.SelectedContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code {account}}, {@code {organization}} and {@code {workspace}} in the path of a request. */
public final class Placeholders {
    private static final Pattern ONE = Pattern.compile("\\{(account|organization|workspace)}");

    private Placeholders() {}

    /** Whether a path has one. */
    public static boolean in(String path) {
        return ONE.matcher(path).find();
    }

    /**
     * The path with the ids of what is selected in their place; where nothing of a kind is selected, of the only one that
     * is known.
     *
     * @throws dev.ast.domain.FailureException (usage) when that is unknown
     */
    public static String fill(String path, Profile profile) {
        return ONE.matcher(path)
                .replaceAll(found ->
                        Matcher.quoteReplacement(URLEncoder.encode(id(found.group(1), profile), StandardCharsets.UTF_8)
                                .replace("+", "%20")));
    }

    private static String id(String kind, Profile profile) {
        Optional<String> selected =
                profile.context().filter(context -> context.kind().equals(kind)).map(SelectedContext::id);
        List<SelectedContext> known = profile.contexts().stream()
                .filter(context -> context.kind().equals(kind))
                .toList();
        return selected.or(() -> known.size() == 1 ? Optional.of(known.get(0).id()) : Optional.empty())
                .or(() -> kind.equals(SelectedContext.ACCOUNT) && known.isEmpty()
                        ? profile.identity().flatMap(Identity::account)
                        : Optional.empty())
                .orElseThrow(() -> Failure.usage(
                        "no " + kind + " is selected in profile " + profile.name() + ", which {" + kind
                                + "} stands for",
                        "ast context use"));
    }
}
