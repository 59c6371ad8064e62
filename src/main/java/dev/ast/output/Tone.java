package dev.ast.output;

/** What a piece of text means, shown by colour where there are colours. The words alone must be enough. */
public enum Tone {
    GOOD("32"),
    WARN("33"),
    BAD("31"),
    DIM("2"),
    BOLD("1"),
    /** A name in data. */
    NAME("34"),
    /** A text in data. */
    TEXT("32"),
    /** A number or another word in data. */
    NUMBER("36");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    /** A text in this tone, for {@link Page}. */
    public Styled of(String text) {
        return new Styled(this, text);
    }

    /** Wraps a text, that is visible already, into the escape sequence. */
    String paint(String text) {
        return text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    /**
     * A text with a tone.
     *
     * @param tone what it means
     * @param text any text; it is made visible when printed
     */
    public record Styled(Tone tone, String text) {}
}
