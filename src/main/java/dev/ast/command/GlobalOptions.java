package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options that can be anywhere in any line.
 *
 * @param profile the profile of this command
 * @param context the context of this command, as typed
 * @param server the server of this command
 * @param format how results are written; text when absent
 * @param fields the only fields of the result that are shown; all when empty
 * @param jq a filter for the result, as typed
 * @param token a token, {@code -} or {@code @FILE}, as typed; for this command only
 * @param noInput nothing is asked, even on a terminal
 * @param quiet notices are left out; errors stay
 * @param verbose stack traces and one line per request, never a secret
 * @param color when colours are used
 */
public record GlobalOptions(
        Optional<ProfileName> profile,
        Optional<String> context,
        Optional<ServerOrigin> server,
        Optional<Format> format,
        List<String> fields,
        Optional<String> jq,
        Optional<String> token,
        boolean noInput,
        boolean quiet,
        boolean verbose,
        Color color) {

    private static final String PLAIN = "plain";

    /** The same for this profile, whatever else selects one. */
    GlobalOptions of(ProfileName name) {
        return new GlobalOptions(
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                format,
                fields,
                jq,
                Optional.empty(),
                noInput,
                quiet,
                verbose,
                color);
    }

    /** How results are written. */
    public enum Format {
        TEXT,
        JSON,
        YAML,
        CSV
    }

    /** When colours are used. */
    public enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** The options as the grammar, help and completion see them. */
    public static final List<OptionSpec> SPECS = List.of(
            OptionSpec.value("profile", "NAME", "Use this profile").from(Values.PROFILE),
            OptionSpec.value("context", "NAME", "Use this account, organization or workspace")
                    .from(Values.CONTEXT),
            OptionSpec.value("server", "URL", "Use this server"),
            OptionSpec.value("output", "FORMAT", "Write results as text (or table), json, yaml or csv")
                    .letter('o')
                    .from(Values.words("text", "table", "json", "yaml", "csv")
                            .meaning(
                                    "for people",
                                    "the same as text",
                                    "one JSON document",
                                    "one YAML document",
                                    "comma-separated values, for lists")),
            OptionSpec.value("fields", "NAME,NAME", "Show only these fields of the result"),
            OptionSpec.value("jq", "FILTER", "Show what a jq filter makes of the result"),
            OptionSpec.value("token", "TOKEN|-|@FILE", "Use this token, for this command only")
                    .from(Values.TEXT_OR_FILE)
                    .asSecret(),
            OptionSpec.flag("no-input", "Never ask anything"),
            OptionSpec.flag("quiet", "Print only results and errors").letter('q'),
            OptionSpec.flag("verbose", "Print each request, and the stack trace of an error")
                    .letter('v'),
            OptionSpec.value("color", "WHEN", "Use colours")
                    .from(Values.words("auto", "always", "never")
                            .meaning("on a terminal", "also into a pipe or file", "not at all")),
            OptionSpec.flag(PLAIN, "Only lines: no colours, and nothing is redrawn"),
            OptionSpec.flag("help", "Show help").letter('h'),
            OptionSpec.flag("version", "Show the version"));

    /** No option given. */
    public static final GlobalOptions NONE = new GlobalOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            false,
            Color.AUTO);

    /** The same with the profile, server and context that another line named. */
    public GlobalOptions at(Optional<ProfileName> named, Map<String, List<String>> other) {
        return new GlobalOptions(
                named,
                value(other, "context"),
                value(other, "server").map(ServerOrigin::parse),
                format,
                fields,
                jq,
                token,
                noInput,
                quiet,
                verbose,
                color);
    }

    /**
     * Reads the parsed options.
     *
     * @param options values by long name; flags have one empty value; values of fixed lists are already checked
     * @throws dev.ast.domain.FailureException (usage) for a value that is not a name or address
     */
    public static GlobalOptions from(Map<String, List<String>> options) {
        if (options.isEmpty()) {
            return NONE;
        }
        return new GlobalOptions(
                value(options, "profile").map(ProfileName::new),
                value(options, "context").filter(text -> {
                    if (text.isEmpty()) {
                        throw Failure.usage("--context has an empty value");
                    }
                    return true;
                }),
                value(options, "server").map(ServerOrigin::parse),
                value(options, "output")
                        .map(text -> text.equals("table")
                                ? Format.TEXT
                                : Format.valueOf(text.toUpperCase(java.util.Locale.ROOT))),
                value(options, "fields").map(GlobalOptions::fields).orElse(List.of()),
                value(options, "jq"),
                value(options, "token"),
                options.containsKey("no-input"),
                options.containsKey("quiet"),
                options.containsKey("verbose"),
                value(options, "color")
                        .map(text -> Color.valueOf(text.toUpperCase(java.util.Locale.ROOT)))
                        .orElse(options.containsKey(PLAIN) ? Color.NEVER : Color.AUTO));
    }

    /** Whether the words of a command line have {@code --plain}, which concerns the terminal before they are read. */
    public static boolean isPlain(List<String> words) {
        for (String word : words) {
            if (word.equals("--")) {
                return false;
            }
            if (word.equals("--" + PLAIN)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> fields(String text) {
        List<String> names = List.of(text.split(",", -1));
        if (names.contains("")) {
            throw Failure.usage("--fields needs names with commas between them", "--fields name,email");
        }
        return names;
    }

    private static Optional<String> value(Map<String, List<String>> options, String name) {
        List<String> values = options.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }
}
