package dev.ast.command;

/**
 * One positional word of a command.
 *
 * @param name how help names it, for example {@code NAME}
 * @param count how many words it takes
 * @param description one line for help
 * @param values what can be proposed
 */
public record ArgumentSpec(String name, Count count, String description, Values values) {

    /** How many words an argument takes. */
    public enum Count {
        /** Exactly one. */
        ONE,
        /** One or none. */
        MAYBE,
        /** All words that are left, perhaps none; always the last argument. */
        REST,
        /** All words behind {@code --}, at least one; always the last argument. */
        PROGRAM
    }

    /** Whether it takes all words that are left. */
    public boolean isLast() {
        return count == Count.REST || count == Count.PROGRAM;
    }

    /** Exactly one word. */
    public static ArgumentSpec one(String name, String description, Values values) {
        return new ArgumentSpec(name, Count.ONE, description, values);
    }

    /** One word or none. */
    public static ArgumentSpec maybe(String name, String description, Values values) {
        return new ArgumentSpec(name, Count.MAYBE, description, values);
    }

    /** All words that are left. */
    public static ArgumentSpec rest(String name, String description, Values values) {
        return new ArgumentSpec(name, Count.REST, description, values);
    }

    /** The words of a program, all behind {@code --}, so that none of them can be an option of ours. */
    public static ArgumentSpec program(String name, String description, Values values) {
        return new ArgumentSpec(name, Count.PROGRAM, description, values);
    }
}
