package dev.ast.support;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal's screen as an SVG picture. */
public final class ScreenPicture {
    private static final Pattern STYLE = Pattern.compile("\u001b\\[([0-9;]*)m");
    private static final int FONT = 14;
    private static final double ADVANCE = 8.43;
    private static final int LINE = 19;
    private static final int MARGIN = 14;
    private static final String PAPER = "#1c2128";
    private static final String INK = "#d1d7e0";
    private static final List<String> COLORS =
            List.of("#545d68", "#f47067", "#57ab5a", "#daaa3f", "#6cb6ff", "#b083f0", "#76e3ea", "#d1d7e0");
    private static final Map<Integer, String> GREYS = Map.of(8, "#768390", 7, INK, 15, "#ffffff");

    private final StringBuilder svg = new StringBuilder();
    private String color = INK;
    private boolean bold;
    private boolean inverse;
    private boolean underlined;
    private boolean faint;

    private ScreenPicture() {}

    /** Draws lines in which escape sequences set colours, as {@link Tmux#colouredScreen} gives them. */
    public static String of(String screen, int columns, int rows) {
        ScreenPicture picture = new ScreenPicture();
        picture.draw(screen.split("\n", -1), columns, rows);
        return picture.svg.toString();
    }

    private void draw(String[] lines, int columns, int rows) {
        int width = (int) Math.ceil(columns * ADVANCE) + 2 * MARGIN;
        int height = rows * LINE + 2 * MARGIN;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 "
                + width + " " + height
                + "\" font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, monospace\" font-size=\""
                + FONT + "\">\n<title>A session in the shell of ast</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"" + PAPER + "\"/>\n");
        for (int row = 0; row < lines.length; row++) {
            line(lines[row], row);
        }
        svg.append("</svg>\n");
    }

    private void line(String line, int row) {
        Matcher styles = STYLE.matcher(line);
        int at = 0;
        int column = 0;
        while (styles.find()) {
            column = text(line.substring(at, styles.start()), row, column);
            style(styles.group(1));
            at = styles.end();
        }
        text(line.substring(at), row, column);
    }

    private int text(String text, int row, int column) {
        int length = text.codePointCount(0, text.length());
        if (!text.isBlank() || inverse) {
            double x = MARGIN + column * ADVANCE;
            int y = MARGIN + row * LINE;
            if (inverse) {
                svg.append("<rect x=\"" + number(x) + "\" y=\"" + y + "\" width=\"" + number(length * ADVANCE)
                        + "\" height=\"" + LINE + "\" fill=\"" + color + "\"/>\n");
            }
            svg.append("<text x=\"" + number(x) + "\" y=\"" + (y + FONT) + "\" textLength=\""
                    + number(length * ADVANCE) + "\" fill=\"" + (inverse ? PAPER : color) + "\""
                    + (bold ? " font-weight=\"bold\"" : "")
                    + (faint ? " opacity=\"0.6\"" : "")
                    + (underlined ? " text-decoration=\"underline\"" : "")
                    + " xml:space=\"preserve\">" + text.replace("&", "&amp;").replace("<", "&lt;")
                    + "</text>\n");
        }
        return column + length;
    }

    private void style(String codes) {
        String[] all = (codes.isEmpty() ? "0" : codes).split(";", -1);
        for (int i = 0; i < all.length; i++) {
            int code = Integer.parseInt(all[i]);
            switch (code) {
                case 0 -> {
                    color = INK;
                    bold = false;
                    inverse = false;
                    underlined = false;
                    faint = false;
                }
                case 1 -> bold = true;
                case 2 -> faint = true;
                case 4 -> underlined = true;
                case 7 -> inverse = true;
                case 22 -> {
                    bold = false;
                    faint = false;
                }
                case 24 -> underlined = false;
                case 27 -> inverse = false;
                case 38 -> {
                    int index = Integer.parseInt(all[i + 2]);
                    color = index < COLORS.size() ? COLORS.get(index) : GREYS.getOrDefault(index, "#768390");
                    i += 2;
                }
                case 39 -> color = INK;
                default -> {
                    if (code >= 30 && code < 38) {
                        color = COLORS.get(code - 30);
                    } else if (code >= 90 && code < 98) {
                        color = code == 90 ? "#768390" : COLORS.get(code - 90);
                    }
                }
            }
        }
    }

    private static String number(double value) {
        return String.format(java.util.Locale.ROOT, "%.1f", value);
    }
}
