package dev.ast.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A fenced block of a page of the documentation.
 *
 * @param language the word behind the fence; empty for what is shown as it is
 * @param text its lines, with line ends
 */
public record CodeBlock(String language, String text) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```([a-z]*)\n(.*?)^```$");

    /** The blocks of a page, in order. */
    public static List<CodeBlock> of(Path page) throws IOException {
        return FENCED.matcher(Files.readString(page))
                .results()
                .map(block -> new CodeBlock(block.group(1), block.group(2)))
                .toList();
    }
}
