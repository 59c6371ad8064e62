package dev.ast.shell.grammar;

import java.util.List;

/**
 * Makes words into a call, the same way for the shell, a single command and a script. Global options stand anywhere;
 * a command's own ones after its name; {@code --} ends options. Whatever is not understood is a usage failure.
 */
public final class CallParser {
    private final Catalog catalog;

    /** @param catalog the commands there are */
    public CallParser(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Reads the words of one line. {@code --help} before {@code --} wins over everything but an unknown command, and
     * {@code --version} makes the call one of the command {@code version}.
     *
     * @throws dev.ast.domain.FailureException (usage) naming the first thing that is wrong; it repeats no literal value
     *     of a secret option and no word after one
     */
    public ParsedCall parse(List<String> words) {
        return new CallReading(catalog, words).call();
    }
}
