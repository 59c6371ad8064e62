package dev.ast.shell.interactive;

import dev.ast.host.Environment;
import dev.ast.output.Screen;
import dev.ast.output.Visible;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.OSUtils;

/** The terminal of this process as the line editor uses it, with its original settings. */
public final class ShellTerminal implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.jline");

    private static final String PASTE_MODE_ON = "\u001b[?2004h";
    private static final String PASTE_MODE_OFF = "\u001b[?2004l";

    // The stack of titles of xterm (XTWINOPS 22 and 23), which terminals without one ignore.
    private static final String SAVE_TITLE = "\u001b[22;2t";
    private static final String RESTORE_TITLE = "\u001b]2;\u0007\u001b[23;2t";
    private static final int LONGEST_TITLE = 80;
    private static final List<String> TITLED =
            List.of("xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty");

    private static final int DEFAULT_WIDTH = 80;
    private static final int DEFAULT_HEIGHT = 24;

    private final Terminal terminal;
    private final Attributes original;
    private final boolean colors;
    private final Size size;
    private final boolean titled;
    private String title = "";

    ShellTerminal(Terminal terminal, Environment environment) {
        this.terminal = terminal;
        this.original = terminal.getAttributes();
        this.colors = !dumb() && environment.get("NO_COLOR").isEmpty();
        this.size = terminal.getSize();
        String type = terminal.getType();
        this.titled = TITLED.stream().anyMatch(type::startsWith);
        if (!dumb() && (size.getColumns() <= 0 || size.getRows() <= 0)) {
            // A serial line has no size, and the line editor needs one.
            terminal.setSize(Size.of(DEFAULT_WIDTH, DEFAULT_HEIGHT));
        }
    }

    /** The width, as it is now; 0 for unknown. */
    public int columns() {
        return terminal.getSize().getColumns();
    }

    /** Erases what stands below the cursor: the line editor leaves the bar there when it ends without a line. */
    void clearBelow() {
        if (!dumb()) {
            terminal.puts(Capability.clr_eos);
            terminal.flush();
        }
    }

    /** Opens the terminal of this process; where there is none, plain lines are read and written. */
    public static ShellTerminal open(Environment environment) {
        pinPrograms();
        // What the line editor logs about a terminal would be written into it.
        LOG.setLevel(Level.OFF);
        boolean dumb = Screen.isPlain(environment)
                || environment.get("TERM").map(Terminal.TYPE_DUMB::equals).orElse(!OSUtils.IS_WINDOWS);
        environment.get("TERM").ifPresent(ShellTerminal::describe);
        try {
            return new ShellTerminal(build(dumb), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * In order of cost: the native library, the programs of the system, and where there is no library, the foreign functions
     * of Java 22. Each is requested separately, because JLine tries all that it is given, and a program takes 20 ms. The
     * library is only used where the launcher sets its path, because JLine would unpack it into the temporary directory.
     */
    private static Terminal build(boolean dumb) throws IOException {
        boolean unpacked = !System.getProperty("library.jline.path", "").isEmpty();
        if (unpacked || OSUtils.IS_WINDOWS) {
            try {
                return builder(dumb, "jni").dumb(dumb).build();
            } catch (IllegalStateException e) {
                // There is no library for this machine, or no terminal.
                return builder(dumb, "exec").dumb(true).build();
            }
        }
        return builder(dumb, "exec,ffm").dumb(true).build(); // a dumb one without a warning if there is no other
    }

    private static TerminalBuilder builder(boolean dumb, String byCost) {
        String named = System.getProperty("org.jline.terminal.provider", "");
        String providers = named.isEmpty() ? byCost : named;
        TerminalBuilder builder = TerminalBuilder.builder()
                .name("ast")
                .system(true)
                .providers(providers)
                // The query takes a quarter of a second and loses what is typed meanwhile.
                .graphemeCluster(false)
                .jni(providers.contains("jni"))
                .exec(providers.contains("exec"))
                .ffm(providers.contains("ffm")); // otherwise it is tried anyway, which takes 100 ms
        return dumb ? builder.type(Terminal.TYPE_DUMB) : builder; // a terminal without a type is treated as dumb
    }

    // JLine has descriptions of the usual terminals; no program needs to run for these. It would read them letter by
    // letter.
    private static void describe(String type) {
        try (InputStream known = InfoCmp.class.getResourceAsStream(type + ".caps")) {
            if (known != null) {
                InfoCmp.setLoadedInfoCmp(type, new String(known.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return; // JLine reads it
        }
    }

    /** Sets the full paths of the programs, so that none is found in the current directory through PATH. */
    private static void pinPrograms() {
        OSUtils.TTY_COMMAND = pinned(OSUtils.TTY_COMMAND);
        OSUtils.STTY_COMMAND = pinned(OSUtils.STTY_COMMAND);
        OSUtils.TEST_COMMAND = pinned(OSUtils.TEST_COMMAND);
        OSUtils.INFOCMP_COMMAND = pinned(OSUtils.INFOCMP_COMMAND);
    }

    private static String pinned(String found) {
        // JLine has searched PATH already, and has a full path or a bare name.
        String program = found.substring(found.lastIndexOf('/') + 1);
        for (String folder : new String[] {"/usr/bin", "/bin"}) {
            Path path = Path.of(folder, program);
            if (Files.isExecutable(path)) {
                return path.toString();
            }
        }
        return OSUtils.IS_WINDOWS ? program : "/usr/bin/" + program;
    }

    /** JLine's terminal. */
    Terminal jline() {
        return terminal;
    }

    /** Whether it has no cursor and no colours. */
    boolean dumb() {
        String type = terminal.getType();
        return Terminal.TYPE_DUMB.equals(type) || Terminal.TYPE_DUMB_COLOR.equals(type);
    }

    /** Whether colours may be used. */
    boolean colors() {
        return colors;
    }

    /** The width in columns, with a default for a terminal that has none. */
    int width() {
        int columns = terminal.getSize().getColumns();
        return columns > 0 ? columns : DEFAULT_WIDTH;
    }

    /** The height in rows, with a default for a terminal that has none. */
    int height() {
        int rows = terminal.getSize().getRows();
        return rows > 0 ? rows : DEFAULT_HEIGHT;
    }

    /** Clears the screen, if the terminal can. */
    void clear() {
        if (!dumb()) {
            terminal.puts(Capability.clear_screen);
            terminal.flush();
        }
    }

    /** Sets the title of the window, until {@link #restore}, where the terminal is of a kind that has one. */
    void title(String text) {
        if (titled) {
            String shown = Visible.field(text, LONGEST_TITLE);
            if (!shown.equals(title)) {
                terminal.writer().write((title.isEmpty() ? SAVE_TITLE : "") + "\u001b]2;" + shown + "\u0007");
                terminal.flush();
                title = shown;
            }
        }
    }

    /** Lets another program use the terminal as it was before, until the work ends. */
    <T> T lend(Supplier<T> work) {
        Attributes edited = terminal.getAttributes();
        terminal.writer().println();
        terminal.writer().write(PASTE_MODE_OFF);
        terminal.puts(Capability.keypad_local);
        terminal.flush();
        terminal.setAttributes(original);
        try {
            return work.get();
        } finally {
            boolean interrupted = Thread.interrupted(); // an interrupted thread cannot set the terminal
            terminal.setAttributes(edited);
            terminal.puts(Capability.keypad_xmit);
            terminal.writer().write(PASTE_MODE_ON);
            terminal.flush();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives the terminal back as it was: echo, line mode, cursor, paste mode. Called also just before a halt. */
    void restore() {
        // An interrupted thread does not wait for the programs that set the terminal.
        Thread.interrupted();
        try {
            putBack();
        } catch (IOError | RuntimeException e) {
            if (!isInterruption(e)) {
                throw e;
            }
            Thread.interrupted();
            putBack();
        }
    }

    /** Whether the line editor failed because its thread was interrupted. */
    static boolean isInterruption(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedIOException || cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    private void putBack() {
        if (!dumb()) {
            terminal.writer().write(PASTE_MODE_OFF);
            terminal.puts(Capability.keypad_local);
            terminal.puts(Capability.cursor_normal);
            if (!title.isEmpty()) {
                terminal.writer().write(RESTORE_TITLE);
                title = "";
            }
            terminal.flush();
        }
        terminal.setAttributes(original);
        if (!dumb() && (size.getColumns() <= 0 || size.getRows() <= 0)) {
            terminal.setSize(size);
        }
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
