package dev.ast.command;

import java.util.List;

/**
 * The possible values of an option or argument, for completion.
 *
 * @param kind where the values come from
 * @param words the values themselves, for {@link Kind#WORDS} and {@link Kind#SUGGESTED}
 * @param meanings what each of these means, in the same order; empty where that is clear
 */
public record Values(Kind kind, List<String> words, List<String> meanings) {

    /** Where values come from. */
    public enum Kind {
        /** Nothing can be proposed. */
        FREE,
        /** A fixed list. */
        WORDS,
        /** Anything, and these are usual. */
        SUGGESTED,
        /** The profiles' names. */
        PROFILE,
        /** The active profile's contexts. */
        CONTEXT,
        /** The known providers. */
        PROVIDER,
        /** Files of the user. */
        FILE,
        /** Any text, or {@code @} and a file of the user; perhaps after a key and an equals sign. */
        TEXT_OR_FILE,
        /** Scopes of the profile's platform, separated by spaces. */
        SCOPE,
        /** A method and a path of the profile's server. */
        REQUEST,
        /** The commands' names. */
        COMMAND
    }

    /** Any text. */
    public static final Values FREE = new Values(Kind.FREE);
    /** The profiles' names. */
    public static final Values PROFILE = new Values(Kind.PROFILE);
    /** The active profile's contexts. */
    public static final Values CONTEXT = new Values(Kind.CONTEXT);
    /** The known providers. */
    public static final Values PROVIDER = new Values(Kind.PROVIDER);
    /** Files of the user. */
    public static final Values FILE = new Values(Kind.FILE);
    /** Any text, or {@code @} and a file. */
    public static final Values TEXT_OR_FILE = new Values(Kind.TEXT_OR_FILE);
    /** Scopes. */
    public static final Values SCOPE = new Values(Kind.SCOPE);
    /** A method and a path. */
    public static final Values REQUEST = new Values(Kind.REQUEST);
    /** The commands' names. */
    public static final Values COMMAND = new Values(Kind.COMMAND);

    /** Copies the lists. */
    public Values {
        words = List.copyOf(words);
        meanings = List.copyOf(meanings);
    }

    private Values(Kind kind) {
        this(kind, List.of(), List.of());
    }

    /** A fixed list; any other value is a usage error. */
    public static Values words(String... words) {
        return new Values(Kind.WORDS, List.of(words), List.of());
    }

    /** Usual values among others. */
    public static Values suggested(String... words) {
        return new Values(Kind.SUGGESTED, List.of(words), List.of());
    }

    /** The same with what each of them means. */
    public Values meaning(String... texts) {
        return new Values(kind, words, List.of(texts));
    }

    /** What a word of the list means; empty where that is not said. */
    public String meaning(String word) {
        int at = words.indexOf(word);
        return at >= 0 && at < meanings.size() ? meanings.get(at) : "";
    }
}
