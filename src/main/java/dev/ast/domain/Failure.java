package dev.ast.domain;

import java.util.Collection;
import java.util.Optional;

/**
 * An expected way for a command to fail. Each kind decides what went wrong ({@link #message()}), what to do next
 * ({@link #hint()}) and the exit code; bugs are ordinary exceptions instead.
 */
public sealed interface Failure {

    /** Which exit code the failure has. */
    Exit exit();

    /** What went wrong and why, one line without a full stop, for the user. Never holds a secret. */
    String message();

    /** The command or action that helps, where there is one. */
    Optional<String> hint();

    /** This failure as an exception. */
    default FailureException asException() {
        return new FailureException(this);
    }

    /** The command line or a value in it is wrong; nothing was run. */
    record Usage(String message, Optional<String> hint) implements Failure {
        @Override
        public Exit exit() {
            return Exit.USAGE;
        }
    }

    /** The user or the server refused. */
    record Denied(String message, Optional<String> hint) implements Failure {
        @Override
        public Exit exit() {
            return Exit.DENIED;
        }
    }

    /** A command names a profile that does not exist. */
    record NoSuchProfile(String message, Optional<String> hint) implements Failure {
        private static final Optional<String> LIST = Optional.of("ast profile list");

        /**
         * For a name.
         *
         * @param known the names that exist, for one that was perhaps meant
         */
        public static NoSuchProfile of(ProfileName name, Collection<String> known) {
            // A name that looks like a token was perhaps meant to be one.
            if (SecretShape.matches(name.value())) {
                return new NoSuchProfile("there is no profile of that name", LIST);
            }
            String meant = Nearest.to(name.value(), known)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            return new NoSuchProfile("there is no profile " + name + meant, LIST);
        }

        /** The same with a next step for a sign-in, which could make it. */
        public NoSuchProfile atLogin(ProfileName name) {
            return new NoSuchProfile(message, Optional.of(name.loginCommand() + " --provider NAME"));
        }

        @Override
        public Exit exit() {
            return Exit.NOT_SIGNED_IN;
        }
    }

    /** There is no credential for the profile. */
    record NotSignedIn(ProfileName profile, Optional<String> domain) implements Failure {
        /** For a profile that was not named by its domain. */
        public NotSignedIn(ProfileName profile) {
            this(profile, Optional.empty());
        }

        @Override
        public Exit exit() {
            return Exit.NOT_SIGNED_IN;
        }

        @Override
        public String message() {
            return "not signed in to " + domain.orElseGet(() -> shown("the profile of that name", profile.value()));
        }

        @Override
        public Optional<String> hint() {
            return Optional.of(domain.map(name -> "ast login " + name)
                    .orElseGet(() -> shown("ast profile list", profile.loginCommand())));
        }

        // Where nobody is signed in, what stands as the profile's name may be a token in the wrong place.
        private String shown(String instead, String text) {
            return SecretShape.matches(profile.value()) ? instead : text;
        }
    }

    /** The profile has a credential, but it belongs to another origin than the one asked for. */
    record OtherOrigin(ProfileName profile, ServerOrigin owner, ServerOrigin target) implements Failure {
        @Override
        public Exit exit() {
            return Exit.NOT_SIGNED_IN;
        }

        @Override
        public String message() {
            return "not signed in to " + target + ": the credential of profile " + profile + " belongs to " + owner
                    + " and is not sent elsewhere";
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("ast login --profile NAME --server " + target);
        }
    }

    /** No profile's token may be given to the origin. */
    record NoRecipient(ServerOrigin origin) implements Failure {
        @Override
        public Exit exit() {
            return Exit.NOT_SIGNED_IN;
        }

        @Override
        public String message() {
            return "no profile that is signed in answers for " + origin;
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("ast profile set NAME --also-for " + origin);
        }
    }

    /** There is a credential for the profile, but no id_token. */
    record NoIdToken(ProfileName profile, String why, Optional<String> hint) implements Failure {
        @Override
        public Exit exit() {
            return Exit.NOT_SIGNED_IN;
        }

        @Override
        public String message() {
            return "there is no id_token of " + profile + ": " + why;
        }
    }

    /** A token that was given for this command, by an option or a variable, is not accepted or has expired. */
    record TokenRefused(String message, Optional<String> hint) implements Failure {
        @Override
        public Exit exit() {
            return Exit.NOT_SIGNED_IN;
        }
    }

    /** The session expired or was revoked and cannot be renewed. */
    record SessionEnded(ProfileName profile, String why) implements Failure {
        @Override
        public Exit exit() {
            return Exit.SESSION_ENDED;
        }

        @Override
        public String message() {
            return "the session of " + profile + " has ended: " + why;
        }

        @Override
        public Optional<String> hint() {
            return Optional.of(profile.loginCommand());
        }
    }

    /** Network, TLS, proxy, a 5xx answer, or an answer that breaks the protocol. */
    record Unreachable(String message, Optional<String> hint) implements Failure {
        @Override
        public Exit exit() {
            return Exit.UNREACHABLE;
        }
    }

    /** The keyring or a file is locked, failing, corrupt, unsafe or not writable. */
    record Storage(String message, Optional<String> hint) implements Failure {
        @Override
        public Exit exit() {
            return Exit.STORAGE;
        }
    }

    /** A wait ran out. */
    record TimedOut(String message, Optional<String> hint) implements Failure {
        @Override
        public Exit exit() {
            return Exit.TIMED_OUT;
        }
    }

    /**
     * A program of the user's cannot be run, with the exit codes of POSIX shells.
     *
     * @param exit {@link Exit#NOT_FOUND} or {@link Exit#NOT_EXECUTABLE}
     */
    record NotRun(String message, Optional<String> hint, Exit exit) implements Failure {}

    /** Anything else that is expected to happen. */
    record Failed(String message, Optional<String> hint) implements Failure {
        @Override
        public Exit exit() {
            return Exit.FAILURE;
        }
    }

    /** The user pressed Ctrl-C, or a signal ended the process. */
    record Interrupted(Exit exit) implements Failure {
        @Override
        public String message() {
            return exit == Exit.TERMINATED ? "terminated" : "interrupted";
        }

        @Override
        public Optional<String> hint() {
            return Optional.empty();
        }
    }

    /** The user left a list without choosing: nothing needs to be said. */
    record Left(Exit exit) implements Failure {
        @Override
        public String message() {
            return "nothing was chosen";
        }

        @Override
        public Optional<String> hint() {
            return Optional.empty();
        }
    }

    /** A usage failure without a next step. */
    static FailureException usage(String message) {
        return new Usage(message, Optional.empty()).asException();
    }

    /** A usage failure with a next step. */
    static FailureException usage(String message, String hint) {
        return new Usage(message, Optional.of(hint)).asException();
    }

    /** A refusal. */
    static FailureException denied(String message, String hint) {
        return new Denied(message, Optional.of(hint)).asException();
    }

    /** An unreachable or misbehaving server. */
    static FailureException unreachable(String message, String hint) {
        return new Unreachable(message, Optional.of(hint)).asException();
    }

    /** A store that cannot be used. */
    static FailureException storage(String message, String hint) {
        return new Storage(message, Optional.of(hint)).asException();
    }

    /** A wait that ran out. */
    static FailureException timedOut(String message, String hint) {
        return new TimedOut(message, Optional.of(hint)).asException();
    }

    /** A failure without a code of its own. */
    static FailureException failed(String message, String hint) {
        return new Failed(message, Optional.of(hint)).asException();
    }
}
