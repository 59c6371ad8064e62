package dev.ast.shell;

import dev.ast.domain.Exit;
import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of help about something that is more than one command.
 *
 * @param name the word behind {@code help}
 * @param title one line
 * @param text paragraphs
 * @param terms words with their explanations, shown after the text; may be empty
 */
public record HelpTopic(String name, String title, List<String> text, Map<String, String> terms) {
    private static final String LIST = "topics";

    /**
     * The topic that the words behind {@code help} name; {@code topics} is the list of them.
     *
     * @return empty when they name none, perhaps a command
     */
    public static Optional<HelpTopic> named(List<String> words) {
        String name = String.join("-", words);
        if (name.equals(LIST)) {
            Map<String, String> titles = new LinkedHashMap<>();
            all().forEach(topic -> titles.put(topic.name(), topic.title()));
            return Optional.of(new HelpTopic(
                    LIST, "Topics", List.of("Shown by help and the topic's name, as: ast help keys"), titles));
        }
        return all().stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    /** All topics but the list of them. */
    public static List<HelpTopic> all() {
        return List.of(profiles(), storage(), scripting(), environment(), exitCodes(), security(), keys());
    }

    private static HelpTopic profiles() {
        return new HelpTopic(
                "profiles",
                "Which profile a command uses",
                List.of(
                        "A profile is a server with one identity. The first of these that names one counts; ast why tells"
                                + " which it was."),
                terms(
                        "--profile NAME", "for one command",
                        "profile use NAME", "in the shell where it was typed, and for programs started later",
                        "AST_PROFILE", "the environment variable",
                        "profile bind NAME", "in a directory and those below it",
                        "active profile", "the last one that profile use named; at first it is default"));
    }

    private static HelpTopic storage() {
        return new HelpTopic(
                "storage",
                "Where tokens are stored",
                List.of(
                        "Tokens are stored in the system keyring. Where there is none, they are stored in a file in the home"
                                + " of ast that only you can read, which is reported once.",
                        "A profile stays with the store of its sign-in; ast auth migrate --to keyring moves the tokens.",
                        "With helper:pass, tokens are stored by docker-credential-pass, which uses pass and GnuPG; any other"
                                + " program of that protocol will do. This needs no desktop."),
                terms(
                        "--storage WHERE", "of a sign-in: keyring, file, auto or helper:NAME",
                        "AST_STORAGE", "the same as an environment variable",
                        "AST_HOME", "the home of ast, ~/.ast if it is not set"));
    }

    private static HelpTopic scripting() {
        return new HelpTopic(
                "scripting",
                "Scripts and results for programs",
                List.of(
                        "A script has a command on each line, as typed in the shell. It ends at the first one that fails, with"
                                + " its exit code. A file that begins with #!/usr/bin/env -S ast --script can be executed."),
                terms(
                        "ast --script FILE", "runs a script; - is standard input",
                        "--keep-going", "goes on after a failure",
                        "-o json", "one document for each command",
                        "set NAME VALUE", "a variable, used as $NAME",
                        "expect CODE COMMAND", "succeeds if the command ends with this code",
                        "COMMAND | PROGRAM", "gives the result to a program",
                        "COMMAND > FILE", "writes the result to a file; >> appends"));
    }

    private static HelpTopic environment() {
        return new HelpTopic(
                "environment",
                "Environment variables",
                List.of("An option goes before a variable, and a variable before the profile and config.yml."),
                terms(
                        "AST_HOME", "the directory of the files, instead of ~/.ast",
                        "AST_PROFILE", "the profile",
                        "AST_SERVER, ASTRO_SERVER_URL", "the server of the profile; the second for astropods only",
                        "AST_STORAGE", "where login keeps tokens: auto, keyring or file",
                        "AST_TOKEN", "a token for the profile's server; it is never stored or renewed",
                        "ASTRO_ACCESS_TOKEN, ASTRO_API_TOKEN, SEQERA_ACCESS_TOKEN, TOWER_ACCESS_TOKEN",
                                "the same, for their platforms only",
                        "ASTRONOMER_KEY_ID, ASTRONOMER_KEY_SECRET", "a key pair of astronomer, exchanged for a token",
                        "AST_PROVIDER, AST_ISSUER, AST_CLIENT_ID, AST_CLIENT_SECRET, AST_SCOPE, AST_AUDIENCE",
                                "describe the profile where none is stored",
                        "AST_WORKLOAD, AST_WORKLOAD_GRANT, AST_WORKLOAD_TOKEN_TYPE, AST_WORKLOAD_AUDIENCE",
                                "the source of this machine's own token, and how it is exchanged",
                        "AST_CLIENT_KEY_PASSWORD", "the password of an encrypted client key or certificate",
                        "AST_CA_BUNDLE, SSL_CERT_FILE, SSL_CERT_DIR", "certificate authorities",
                        "HTTPS_PROXY, ALL_PROXY, NO_PROXY", "the proxy, and servers that are reached without it",
                        "BROWSER", "the program that opens addresses",
                        "NO_COLOR, CLICOLOR_FORCE, TERM", "whether colours are used",
                        "ACCESSIBLE", "no colours, nothing is redrawn, lists are numbered questions",
                        "AST_JAVA_HOME", "the Java runtime to use",
                        "AST_CACHE", "off: start without caches; make: create them now and exit"));
    }

    private static HelpTopic exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(Exit.values()).forEach(exit -> codes.put(Integer.toString(exit.code()), meaning(exit)));
        return new HelpTopic("exit-codes", "What the exit codes mean", List.of(), codes);
    }

    private static String meaning(Exit exit) {
        return switch (exit) {
            case OK -> "success";
            case FAILURE -> "a failure without a code of its own; an answer of api with status 400 or above";
            case USAGE -> "an unknown word or a bad value; nothing was run";
            case DENIED -> "the user or the server refused";
            case NOT_SIGNED_IN -> "no credential, or no such profile";
            case SESSION_ENDED -> "the session has ended and cannot be renewed";
            case UNREACHABLE -> "the network, the server, or an answer that is not understood";
            case STORAGE -> "the keyring or a file cannot be used";
            case TIMED_OUT -> "the time for an answer is over";
            case NOT_EXECUTABLE -> "exec: the program cannot be run";
            case NOT_FOUND -> "exec: there is no such program";
            case INTERRUPTED -> "Ctrl-C";
            case TERMINATED -> "the process was asked to end";
        };
    }

    private static HelpTopic security() {
        return new HelpTopic(
                "security",
                "What is done with tokens",
                List.of(
                        "A token is only sent to the server that it was issued for. Tokens are not printed, logged or kept in"
                                + " the history; only token, exec and credential give one out.",
                        "A line that begins with a space, or that contains a token, is not kept in the history.",
                        "A protected profile asks for its name before something is changed: by api with such a method, by"
                                + " logout and by profile remove. Without a terminal these need --yes."),
                terms(
                        "profile set NAME --protected", "protects a profile",
                        "profile set NAME --unprotected", "ends that",
                        "profile set NAME --also-for ORIGIN", "lets credential helpers give its token to an origin",
                        "why HOST", "shows whose token a host would get"));
    }

    private static HelpTopic keys() {
        return new HelpTopic(
                "keys",
                "The keys of the shell",
                List.of(),
                terms(
                        "Tab", "completes; again: selects from the list",
                        "Right, End", "take the suggestion",
                        "Up, Down", "earlier and later lines that begin with what is typed",
                        "Ctrl-R", "searches the history",
                        "Ctrl-X Ctrl-E", "edits the line in $VISUAL or $EDITOR",
                        "Ctrl-L", "clears the screen",
                        "Ctrl-C", "clears the line, or ends the running command",
                        "Ctrl-D", "in an empty line: leaves"));
    }

    private static Map<String, String> terms(String... pairs) {
        Map<String, String> terms = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            terms.put(pairs[i], pairs[i + 1]);
        }
        return terms;
    }

    /** The title, the paragraphs, the terms. */
    public static final class Look implements View<HelpTopic> {
        @Override
        public Object document(HelpTopic topic) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("topic", topic.name());
            document.put("title", topic.title());
            document.put("text", topic.text());
            document.put("terms", topic.terms());
            return document;
        }

        @Override
        public void text(HelpTopic topic, Page page) {
            page.line(Tone.BOLD.of(topic.title()));
            topic.text().forEach(paragraph -> page.emptyLine().paragraph(page.typed(paragraph)));
            if (!topic.terms().isEmpty()) {
                page.emptyLine().terms(topic.terms());
            }
        }
    }
}
