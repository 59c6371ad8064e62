package dev.ast.domain;

/** Where the token of one command comes from. */
public sealed interface CredentialSource {

    /** As shown to people and in JSON, for example {@code stored login}. */
    String label();

    /** The {@code --token} option. */
    record Option() implements CredentialSource {
        @Override
        public String label() {
            return "option --token";
        }
    }

    /** An environment variable. */
    record Variable(String name) implements CredentialSource {
        @Override
        public String label() {
            return "environment " + name;
        }
    }

    /** The session that {@code login} stored. */
    record StoredLogin() implements CredentialSource {
        @Override
        public String label() {
            return "stored login";
        }
    }
}
