package dev.ast.domain;

import java.util.Optional;

/** Where the token of one command comes from. */
public sealed interface CredentialSource {

    /** As shown to people and in JSON, for example {@code stored login}. */
    String label();

    /**
     * The failure when a server does not accept the token (401).
     *
     * @param why the server's reason, as {@code https://api.example.com does not accept the token}
     */
    Failure refused(ProfileName profile, String why);

    /** The failure when the token's end has come and nothing can renew it. */
    Failure expired(ProfileName profile);

    /** The {@code --token} option. */
    record Option() implements CredentialSource {
        private static final Optional<String> INSTEAD = Optional.of("ast login");

        @Override
        public String label() {
            return "option --token";
        }

        @Override
        public Failure refused(ProfileName profile, String why) {
            return new Failure.TokenRefused("the token of the option --token is not accepted: " + why, INSTEAD);
        }

        @Override
        public Failure expired(ProfileName profile) {
            return new Failure.TokenRefused("the token of the option --token has expired", INSTEAD);
        }
    }

    /** An environment variable. */
    record Variable(String name) implements CredentialSource {
        @Override
        public String label() {
            return "environment " + name;
        }

        @Override
        public Failure refused(ProfileName profile, String why) {
            return new Failure.TokenRefused("the token in " + name + " is not accepted: " + why, instead());
        }

        @Override
        public Failure expired(ProfileName profile) {
            return new Failure.TokenRefused("the token in " + name + " has expired", instead());
        }

        private Optional<String> instead() {
            return Optional.of("unset " + name);
        }
    }

    /** The token of the machine, exchanged for this process alone. */
    record MachineToken(Workload.Source source) implements CredentialSource {
        private static final String LABEL = "workload token of ";

        /** Whether this is the label of one. */
        public static boolean isLabel(String text) {
            return text.startsWith(LABEL);
        }

        @Override
        public String label() {
            return LABEL + source.label();
        }

        @Override
        public Failure refused(ProfileName profile, String why) {
            return new Failure.TokenRefused(
                    "the token for the " + label() + " is not accepted: " + why, Optional.of("ast why"));
        }

        @Override
        public Failure expired(ProfileName profile) {
            return new Failure.TokenRefused("the token for the " + label() + " has expired", Optional.of("ast why"));
        }
    }

    /** The session that {@code login} stored. */
    record StoredLogin() implements CredentialSource {
        @Override
        public String label() {
            return "stored login";
        }

        @Override
        public Failure refused(ProfileName profile, String why) {
            return new Failure.SessionEnded(profile, why);
        }

        @Override
        public Failure expired(ProfileName profile) {
            return new Failure.SessionEnded(profile, "the token has expired and the server gave no refresh token");
        }
    }
}
