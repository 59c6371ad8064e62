package dev.ast.shell.line;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;

/** Where {@code !PROGRAM} may run a program. */
public enum ProgramsAllowed {
    /** Nowhere. */
    NEVER("false"),
    /** In the shell. */
    SHELL("true"),
    /** In scripts, too. */
    ALWAYS("always");

    /** The setting. */
    public static final String KEY = "ast.shell.programs";

    private final String word;

    ProgramsAllowed(String word) {
        this.word = word;
    }

    /**
     * The value of a setting.
     *
     * @throws dev.ast.domain.FailureException (usage) when it is none of {@code true}, {@code false} and {@code always}
     */
    public static ProgramsAllowed of(String text) {
        for (ProgramsAllowed one : values()) {
            if (one.word.equals(text)) {
                return one;
            }
        }
        throw Failure.usage(
                "config.yml: " + KEY + " is true, false or always, not " + SecretShape.quoted(text, 40), "correct it");
    }

    /**
     * Refuses a program where it is not allowed.
     *
     * @param shell whether the line was typed in the shell
     * @throws dev.ast.domain.FailureException (usage) naming the setting
     */
    void require(boolean shell) {
        if (this == NEVER || (this == SHELL && !shell)) {
            throw Failure.usage(
                    "programs are not run " + (shell ? "from the shell" : "by scripts") + " with !",
                    "ast config set " + KEY + " " + (shell ? SHELL : ALWAYS).word);
        }
    }
}
