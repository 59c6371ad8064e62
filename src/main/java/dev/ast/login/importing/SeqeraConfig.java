package dev.ast.login.importing;

import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Secret;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nextflow's {@code seqera-auth.config}: a personal access token and its endpoint, as assignments in a block. */
final class SeqeraConfig {
    private SeqeraConfig() {}

    static List<Found> read(Path file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Optional<Secret> token = ForeignTexts.token(value(text, "accessToken"));
        if (token.isEmpty()) {
            return List.of();
        }
        Optional<URI> endpoint = value(text, "endpoint").flatMap(SeqeraConfig::address);
        Optional<SelectedContext> workspace =
                value(text, "workspaceId").map(id -> new SelectedContext(SelectedContext.WORKSPACE, id, id));
        return List.of(new Found(
                file.toString(),
                "seqera",
                "seqera",
                endpoint.map(ServerOrigin::of),
                // An installation of one's own answers below a path.
                endpoint.filter(uri -> uri.getPath() != null && uri.getPath().length() > 1),
                token.get(),
                Optional.empty(),
                Optional.empty(),
                Identity.UNKNOWN,
                workspace.map(List::of).orElse(List.of()),
                workspace));
    }

    private static Optional<String> value(String text, String name) {
        Matcher matcher = Pattern.compile("(?m)^\\s*(?:tower\\.)?" + name + "\\s*=\\s*['\"]?([^'\"\\s]+)['\"]?\\s*$")
                .matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<URI> address(String text) {
        try {
            URI uri = URI.create(text);
            ServerOrigin.of(uri);
            return Optional.of(uri);
        } catch (FailureException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
