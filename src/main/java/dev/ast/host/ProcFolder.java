package dev.ast.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process as Linux describes it in {@code /proc} (proc(5)). Java's own description looks up the user of the process too,
 * which takes a helper of another program a twentieth of its time.
 *
 * @param folder that of the process
 */
record ProcFolder(String folder) implements AskingProgram.Running {
    private static final String ROOT = "/proc/";
    private static final int LARGEST = 4096;

    /** Whether the system has such folders. */
    static boolean isHere() {
        return Files.exists(Path.of(ROOT, "self", "stat"));
    }

    /** This process. */
    static ProcFolder self() {
        return new ProcFolder(ROOT + "self");
    }

    @Override
    public Optional<String> program() {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of(folder, "exe")).toString());
        } catch (IOException e) {
            return Optional.empty(); // that of another user, or it has ended
        }
    }

    @Override
    public List<String> arguments() {
        List<String> words = List.of(text("cmdline").split("\0"));
        return words.subList(1, words.size());
    }

    // PID (NAME) STATE PARENT: the name can hold spaces and parentheses.
    @Override
    public Optional<ProcFolder> parent() {
        String state = text("stat");
        String[] words = state.substring(state.lastIndexOf(')') + 1).split(" ", 4);
        return words.length < 4 || words[2].equals("0")
                ? Optional.empty()
                : Optional.of(new ProcFolder(ROOT + words[2]));
    }

    private String text(String name) {
        try (FileInputStream file = new FileInputStream(folder + "/" + name)) {
            return new String(file.readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
