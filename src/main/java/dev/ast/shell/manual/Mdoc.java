package dev.ast.shell.manual;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The text of one manual page in the language mdoc, as mandoc and groff read it. All that is not a macro of this class is
 * escaped, and each sentence begins a line, as mdoc(7) asks.
 */
final class Mdoc {
    private static final int WIDTH = 76;
    private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?;:][)'\"]?) +");
    private static final Pattern OPTIONS = Pattern.compile("(?<![A-Za-z0-9])-");

    private final StringBuilder text = new StringBuilder();

    /**
     * Begins a page.
     *
     * @param title one line without a full stop
     * @param date what the foot of the page names, that of the release
     */
    Mdoc(String name, int section, String title, LocalDate date) {
        text.append(".\\\" Written by the build from the descriptions of the commands.\n");
        macro("Dd "
                + DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH).format(date));
        macro("Dt " + name.toUpperCase(Locale.ROOT) + " " + section);
        macro("Os");
        section("NAME");
        macro("Nm " + word(name));
        macro("Nd " + word(title));
    }

    Mdoc section(String heading) {
        return macro("Sh " + heading);
    }

    Mdoc subsection(String heading) {
        return macro("Ss " + heading);
    }

    Mdoc macro(String line) {
        text.append('.').append(line).append('\n');
        return this;
    }

    /** Paragraphs, with space between them. */
    Mdoc paragraphs(List<String> paragraphs) {
        for (int i = 0; i < paragraphs.size(); i++) {
            if (i > 0) {
                macro("Pp");
            }
            paragraph(paragraphs.get(i));
        }
        return this;
    }

    Mdoc paragraph(String paragraph) {
        for (String sentence : SENTENCES.split(paragraph.strip(), -1)) {
            StringBuilder line = new StringBuilder();
            for (String part : sentence.split(" ", -1)) {
                if (!line.isEmpty() && line.length() + part.length() >= WIDTH) {
                    prose(line);
                }
                line.append(line.isEmpty() ? "" : " ").append(part);
            }
            prose(line);
        }
        return this;
    }

    private void prose(StringBuilder line) {
        String escaped = OPTIONS.matcher(escaped(line.toString())).replaceAll("\\\\-");
        text.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
        line.setLength(0);
    }

    /** A list of words with their explanations. */
    Mdoc terms(Map<String, String> terms) {
        return list(terms, Mdoc::word);
    }

    /** The same with tags that are macros already. */
    Mdoc tagged(Map<String, String> terms) {
        return list(terms, tag -> tag);
    }

    private Mdoc list(Map<String, String> terms, UnaryOperator<String> tag) {
        if (!terms.isEmpty()) {
            macro("Bl -tag -width Ds");
            terms.forEach((term, explanation) -> macro("It " + tag.apply(term)).paragraph(explanation));
            macro("El");
        }
        return this;
    }

    /** Lines as they are typed; a long one goes on behind a backslash, as a shell reads it. */
    Mdoc examples(List<String> lines) {
        if (!lines.isEmpty()) {
            macro("Bd -literal -offset indent");
            for (String example : lines) {
                StringBuilder line = new StringBuilder();
                for (String part : example.split(" ", -1)) {
                    if (line.length() + part.length() > 70) {
                        text.append(code(line + " \\")).append('\n');
                        line.setLength(0);
                        line.append("   ");
                    }
                    line.append(line.isEmpty() ? "" : " ").append(part);
                }
                text.append(code(line.toString())).append('\n');
            }
            macro("Ed");
        }
        return this;
    }

    /** References to other pages, in the order of section and name; those of one section must be sorted. */
    Mdoc seeAlso(List<String> first, List<String> seventh) {
        section("SEE ALSO");
        int left = first.size() + seventh.size();
        for (String name : first) {
            macro("Xr " + name + " 1" + (--left > 0 ? " ," : ""));
        }
        for (String name : seventh) {
            macro("Xr " + name + " 7" + (--left > 0 ? " ," : ""));
        }
        return this;
    }

    /** One argument of a macro. */
    static String word(String text) {
        return "\"\\&" + code(text).replace("\"", "\\(dq") + "\"";
    }

    /** What a user types: hyphens stay hyphens when the page is copied from. */
    private static String code(String text) {
        String escaped = escaped(text).replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '\\' -> escaped.append("\\e");
                case '~' -> escaped.append("\\(ti");
                case '^' -> escaped.append("\\(ha");
                case '`' -> escaped.append("\\(ga");
                case '\'' -> escaped.append("\\(aq");
                default -> {
                    if (c < 0x7f) {
                        escaped.append((char) c);
                    } else {
                        escaped.append("\\[u%04X]".formatted(c));
                    }
                }
            }
        });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
