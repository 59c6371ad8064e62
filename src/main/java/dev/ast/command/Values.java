package dev.ast.command;

import java.util.List;

/**
 * The possible values of an option or argument, for completion.
 *
 * @param kind where the values come from
 * @param words the values themselves, for {@link Kind#WORDS}
 */
public record Values(Kind kind, List<String> words) {

    /** Where values come from. */
    public enum Kind {
        /** Nothing can be proposed. */
        FREE,
        /** A fixed list. */
        WORDS,
        /** The profiles' names. */
        PROFILE,
        /** The active profile's contexts. */
        CONTEXT,
        /** The known providers. */
        PROVIDER,
        /** Files of the user. */
        FILE,
        /** The commands' names. */
        COMMAND
    }

    /** Any text. */
    public static final Values FREE = new Values(Kind.FREE, List.of());
    /** The profiles' names. */
    public static final Values PROFILE = new Values(Kind.PROFILE, List.of());
    /** The active profile's contexts. */
    public static final Values CONTEXT = new Values(Kind.CONTEXT, List.of());
    /** The known providers. */
    public static final Values PROVIDER = new Values(Kind.PROVIDER, List.of());
    /** Files of the user. */
    public static final Values FILE = new Values(Kind.FILE, List.of());
    /** The commands' names. */
    public static final Values COMMAND = new Values(Kind.COMMAND, List.of());

    /** A fixed list; any other value is a usage error. */
    public static Values words(String... words) {
        return new Values(Kind.WORDS, List.of(words));
    }
}
