package dev.ast.api;

import dev.ast.domain.TokenSet;
import dev.ast.host.ShellText;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as a command line of {@code curl} for a POSIX shell. The token is not in it: {@code ast token} gives it when
 * the line is run, and a pipe takes it to {@code curl}, so that it is in no argument.
 */
public final class CurlCommand {
    private CurlCommand() {}

    /**
     * The command line.
     *
     * @param tokens what would be sent, for the form of the header; absent when nobody is signed in
     * @param file the file with the body, where that is one
     */
    public static String of(
            ApiRequest request, Selection selection, Target target, Optional<TokenSet> tokens, Optional<String> file) {
        List<String> words = new ArrayList<>(List.of("curl", "-g", "-H", "@-"));
        if (request.method().equals("HEAD")) {
            words.add("--head");
        } else if (!request.method().equals("GET") || request.body().isPresent()) {
            words.addAll(List.of("-X", request.method()));
        }
        for (Map.Entry<String, String> header : request.sentHeaders()) {
            words.addAll(List.of("-H", ShellText.quoted(header.getKey() + ": " + header.getValue())));
        }
        if (request.body().isPresent()) {
            words.addAll(List.of("-H", ShellText.quoted("Content-Type: " + request.sentType())));
            if (file.isPresent()) {
                words.addAll(List.of("-T", ShellText.word(file.get())));
            } else {
                words.addAll(List.of("--data-raw", ShellText.quoted(text(request))));
            }
        }
        words.add(ShellText.quoted(request.on(target.server()).toString()));
        boolean bare =
                tokens.filter(known -> known.type().equals(TokenSet.BARE)).isPresent();
        return "printf 'Authorization: " + (bare ? "" : "Bearer ") + "%s\\n' \"$(" + token(selection) + ")\" | "
                + String.join(" ", words);
    }

    private static String token(Selection selection) {
        StringBuilder line = new StringBuilder("ast token");
        selection.profile().ifPresent(name -> line.append(" --profile ").append(name));
        selection.context().ifPresent(name -> line.append(" --context ").append(ShellText.word(name)));
        selection.server().ifPresent(server -> line.append(" --server ").append(server));
        return line.toString();
    }

    private static String text(ApiRequest request) {
        try (InputStream in = request.body().orElseThrow().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is in memory
        }
    }
}
