package dev.ast.api;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.HttpAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API's demand for a stronger or more recent sign-in (RFC 9470 section 3). At most 4 KiB of each challenge are read;
 * values that are no such are left out.
 *
 * @param acr how strongly the user is to sign in, in the server's words
 * @param maxAge how many seconds ago the user may have signed in at most
 */
public record StepUp(Optional<String> acr, Optional<String> maxAge) {
    private static final String ERROR = "insufficient_user_authentication";
    private static final int LONGEST = 4096;
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)([a-z_]{1,40})\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.){0,1000}+)\"|([^\\s,\"]{1,1000}+))");
    // What can stand in a command line as it is; names of levels are words, URNs and addresses.
    private static final Pattern LEVELS =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._/+~-]{0,199}(?: [A-Za-z0-9][A-Za-z0-9:._/+~-]{0,199}){0,9}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    /** The demand in an answer; empty when it is another one. */
    static Optional<StepUp> of(HttpAnswer answer) {
        return answer.status() != 401
                ? Optional.empty()
                : answer.headers().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("WWW-Authenticate"))
                        .flatMap(header -> read(header.getValue()).stream())
                        .findFirst();
    }

    private static Optional<StepUp> read(String challenges) {
        Matcher parameter = PARAMETER.matcher(challenges.substring(0, Math.min(LONGEST, challenges.length())));
        boolean demanded = false;
        Optional<String> acr = Optional.empty();
        Optional<String> age = Optional.empty();
        while (parameter.find()) {
            String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
            switch (parameter.group(1).toLowerCase(Locale.ROOT)) {
                case "error" -> demanded |= value.equals(ERROR);
                case "acr_values" ->
                    acr = Optional.of(value.strip())
                            .filter(text -> LEVELS.matcher(text).matches());
                case "max_age" ->
                    age = Optional.of(value)
                            .filter(text -> SECONDS.matcher(text).matches());
                default -> {}
            }
        }
        return demanded ? Optional.of(new StepUp(acr, age)) : Optional.empty();
    }

    /** What the server wants, in a sentence. */
    public String described(ServerOrigin server) {
        return server + " asks for another sign-in of the user"
                + acr.map(values -> ", acr_values " + values).orElse("")
                + maxAge.map(seconds -> ", at most " + seconds + " s ago").orElse("");
    }

    /** The options of {@code login} for the sign-in that the server asks for. */
    public Map<String, List<String>> options() {
        Map<String, List<String>> options = new LinkedHashMap<>();
        acr.ifPresent(values -> options.put("acr", List.of(values)));
        maxAge.ifPresent(seconds -> options.put("max-age", List.of(seconds + "s")));
        return options.isEmpty() ? Map.of("prompt", List.of("login")) : options;
    }

    /** The failure with the sign-in that the server asks for. */
    FailureException failure(ServerOrigin server, ProfileName profile) {
        StringBuilder line = new StringBuilder(profile.loginCommand());
        options().forEach((option, values) -> {
            String value = values.get(0);
            line.append(" --").append(option).append(' ').append(value.indexOf(' ') < 0 ? value : "\"" + value + "\"");
        });
        return new Failure.TokenRefused(described(server), Optional.of(line.toString())).asException();
    }
}
