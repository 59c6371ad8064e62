package dev.ast.api;

import dev.ast.http.HttpAnswer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of an answer (RFC 8288 section 3). */
final class LinkHeader {
    private static final String PARAMETER =
            "\\s*+;\\s*+[A-Za-z0-9!#$&+.^_`|~*-]++(?:\\s*+=\\s*+(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\",;\\s]*+))?+";

    private static final Pattern LINK = Pattern.compile("<([^>]*+)>((?:" + PARAMETER + ")*+)");
    private static final Pattern REL =
            Pattern.compile("(?i);\\s*+rel\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\",;\\s]*+))");
    private static final int LONGEST = 64 * 1024;

    private LinkHeader() {}

    /** The target of the first link whose relations have {@code next}, as it is written. */
    static Optional<String> next(HttpAnswer answer) {
        for (Map.Entry<String, String> header : answer.headers()) {
            if (header.getKey().equalsIgnoreCase("link") && header.getValue().length() <= LONGEST) {
                Matcher link = LINK.matcher(header.getValue());
                while (link.find()) {
                    if (isNext(link.group(2))) {
                        return Optional.of(link.group(1).strip());
                    }
                }
            }
        }
        return Optional.empty();
    }

    // Section 3.3: only the first of several rel parameters counts.
    private static boolean isNext(String parameters) {
        Matcher rel = REL.matcher(parameters);
        return rel.find()
                && Arrays.stream((rel.group(1) == null ? rel.group(2) : rel.group(1)).split("\\s+"))
                        .anyMatch("next"::equalsIgnoreCase);
    }
}
