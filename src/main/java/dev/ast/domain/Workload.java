package dev.ast.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How a machine without a user gets access tokens: its CI or cloud gives it a token of its own, which the authorization
 * server exchanges. What is empty is left to the settings of the platform, then to the defaults.
 *
 * @param source where the machine's token is; without it nothing is exchanged
 * @param grant how it is exchanged; a token exchange by default
 * @param type what kind of token it is for a token exchange; a JWT by default
 * @param audience whom the CI is to issue it for, where it is asked for one
 */
public record Workload(
        Optional<Source> source, Optional<Grant> grant, Optional<TokenType> type, Optional<String> audience) {
    /** The variable with the address at which a job of GitHub Actions asks for its token. */
    public static final String GITHUB_URL = "ACTIONS_ID_TOKEN_REQUEST_URL";

    /** Nothing is exchanged. */
    public static final Workload NONE =
            new Workload(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Where the machine's token is. It is read again for each exchange, and never stored. */
    public enum Kind {
        /** A file, as Kubernetes and clouds write it. */
        FILE,
        /** An environment variable, as GitLab sets it. */
        VARIABLE,
        /** A request to the address that GitHub gives its jobs. */
        GITHUB
    }

    /**
     * A place of a token.
     *
     * @param name the path of the file, or the name of the variable
     */
    public record Source(Kind kind, String name) {
        /** The token of a job of GitHub Actions. */
        public static final Source GITHUB = new Source(Kind.GITHUB, "github");

        private static final String OF_VARIABLE = "env:";
        private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
        private static final int LONGEST = 4096;

        /**
         * Reads {@code github}, {@code @FILE} or {@code env:NAME}.
         *
         * @throws IllegalArgumentException for anything else
         */
        public static Source parse(String text) {
            if (text.equals(GITHUB.name)) {
                return GITHUB;
            }
            if (text.startsWith("@") && text.length() > 1 && text.length() <= LONGEST && text.indexOf('\0') < 0) {
                return new Source(Kind.FILE, text.substring(1));
            }
            if (text.startsWith(OF_VARIABLE)
                    && VARIABLE.matcher(text.substring(OF_VARIABLE.length())).matches()) {
                return new Source(Kind.VARIABLE, text.substring(OF_VARIABLE.length()));
            }
            throw new IllegalArgumentException("one of github, @FILE, env:NAME");
        }

        /** The form that {@link #parse} reads. */
        public String text() {
            return switch (kind) {
                case GITHUB -> name;
                case FILE -> "@" + name;
                case VARIABLE -> OF_VARIABLE + name;
            };
        }

        /** What it is, for the user. */
        public String label() {
            return switch (kind) {
                case GITHUB -> "GitHub Actions";
                case FILE -> "the file " + name;
                case VARIABLE -> "the variable " + name;
            };
        }
    }

    /** How the machine's token is exchanged. */
    public enum Grant {
        /** As {@code subject_token} (RFC 8693). */
        TOKEN_EXCHANGE,
        /** As {@code assertion} (RFC 7523 section 2.1). */
        JWT_BEARER,
        /** As {@code client_assertion} in place of the client's own (RFC 7523 section 2.2). */
        CLIENT_ASSERTION;

        /** The name among options and settings. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * The grant of a name.
         *
         * @throws IllegalArgumentException for another name
         */
        public static Grant require(String word) {
            return one(values(), word, Grant::word);
        }
    }

    /** What kind of token the machine's is (RFC 8693 section 3). */
    public enum TokenType {
        /** Any JWT. */
        JWT,
        /** An id_token. */
        ID_TOKEN,
        /** An access token. */
        ACCESS_TOKEN;

        /** The name among options and settings. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The name in requests. */
        public String urn() {
            return "urn:ietf:params:oauth:token-type:" + word();
        }

        /**
         * The kind of a name.
         *
         * @throws IllegalArgumentException for another name
         */
        public static TokenType require(String word) {
            return one(values(), word, TokenType::word);
        }
    }

    private static <T> T one(T[] all, String word, Function<T, String> name) {
        return Arrays.stream(all)
                .filter(one -> name.apply(one).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of "
                        + String.join(", ", Arrays.stream(all).map(name).toList())));
    }

    /** Whether a token is exchanged. */
    public boolean isUsed() {
        return source.isPresent();
    }

    /** This, and the other's where something is empty here. */
    public Workload or(Workload other) {
        return new Workload(
                source.or(other::source), grant.or(other::grant), type.or(other::type), audience.or(other::audience));
    }

    /** The grant, or the default one. */
    public Grant grantOrDefault() {
        return grant.orElse(Grant.TOKEN_EXCHANGE);
    }
}
