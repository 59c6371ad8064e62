package dev.ast.output;

import dev.ast.host.Environment;
import java.util.List;
import java.util.Set;

/** What a terminal can do beyond its terminal type, by the variables that terminals set. */
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
