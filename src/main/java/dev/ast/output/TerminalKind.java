package dev.ast.output;

import dev.ast.host.Environment;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a terminal can do, by the variables of the environment. */
final class TerminalKind {
    private static final List<String> MODERN =
            List.of("xterm-kitty", "alacritty", "foot", "wezterm", "xterm-ghostty", "ghostty");
    private static final Set<String> PROGRAMS = Set.of("iTerm.app", "WezTerm", "ghostty");
    private static final Set<String> LINKING = Set.of("vscode", "Hyper", "Tabby");
    /** The first version of VTE with links, and the first one in which they are safe. */
    private static final int VTE = 5000;

    private TerminalKind() {}

    /** Whether an address can be a link (OSC 8). {@code FORCE_HYPERLINK} decides it, as for other programs. */
    static boolean links(Environment environment) {
        if (environment.get("FORCE_HYPERLINK").isPresent()) {
            return !environment.get("FORCE_HYPERLINK").get().equals("0");
        }
        return !nested(environment)
                && (modern(environment)
                        || environment
                                .get("TERM_PROGRAM")
                                .filter(LINKING::contains)
                                .isPresent()
                        || environment
                                .get("VTE_VERSION")
                                .filter(version -> version.matches("[0-9]{1,6}") && Integer.parseInt(version) >= VTE)
                                .isPresent());
    }

    /** Whether it understands escape sequences, by its type. */
    static boolean controllable(Environment environment) {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        return environment
                .get("TERM")
                .map(term -> !term.equals("dumb") && !term.equals("unknown"))
                .orElse(windows);
    }

    /** Whether symbols beyond ASCII can be shown, by the locale. */
    static boolean unicode(Environment environment) {
        return environment
                .get("LC_ALL")
                .or(() -> environment.get("LC_CTYPE"))
                .or(() -> environment.get("LANG"))
                .map(locale -> {
                    String name = locale.toLowerCase(Locale.ROOT);
                    return name.contains("utf-8") || name.contains("utf8");
                })
                .orElseGet(() -> !System.getProperty("os.name", "").startsWith("Linux"));
    }

    /** Whether a text can be put into the clipboard (OSC 52). */
    static boolean clipboard(Environment environment) {
        return !nested(environment) && modern(environment);
    }

    private static boolean modern(Environment environment) {
        return environment.get("KITTY_WINDOW_ID").isPresent()
                || environment.get("WT_SESSION").isPresent()
                || environment.get("TERM_PROGRAM").filter(PROGRAMS::contains).isPresent()
                || environment
                        .get("TERM")
                        .filter(term -> MODERN.stream().anyMatch(term::startsWith))
                        .isPresent();
    }

    // A multiplexer between passes on neither by default, but also the variables of the terminal around it.
    private static boolean nested(Environment environment) {
        return environment.get("TMUX").isPresent()
                || environment.get("STY").isPresent()
                || environment
                        .get("TERM")
                        .filter(term -> term.startsWith("tmux") || term.startsWith("screen"))
                        .isPresent();
    }
}
