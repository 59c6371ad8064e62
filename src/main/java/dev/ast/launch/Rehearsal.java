package dev.ast.launch;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What the express lane's cache is trained with: every command of the lane once, in one process. Run by the packaging
 * step in a throw-away home, and of no use to anybody else.
 */
public final class Rehearsal {
    private static final List<List<String>> CALLS = List.of(
            List.of("token"),
            List.of("whoami"),
            List.of("status"),
            List.of("profile", "list"),
            List.of("version"),
            List.of("token", "--profile", "default", "-o", "json"),
            List.of("whoami", "--output=json"),
            List.of("status", "-o", "json"),
            List.of("profile", "list", "-o", "json"));

    private static final String KEYRING = "dev/ast/credential/keyring/";

    private Rehearsal() {}

    /**
     * Runs the commands one after the other.
     *
     * @param args further words are ignored
     * @throws IOException when the program's own jar cannot be read
     * @throws URISyntaxException when it has no place
     * @throws ClassNotFoundException when it lacks a class
     */
    public static void main(String[] args) throws IOException, URISyntaxException, ClassNotFoundException {
        Class.forName(ExpressMain.class.getName());
        CALLS.forEach(ExpressLane::run);
        loadKeyring();
    }

    // There is no keyring where programs are built; its classes are loaded all the same.
    private static void loadKeyring() throws IOException, URISyntaxException, ClassNotFoundException {
        URI jar = Rehearsal.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (JarFile entries = new JarFile(Path.of(jar).toFile())) {
            List<String> names = entries.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(KEYRING) && name.endsWith(".class"))
                    .filter(name -> !name.startsWith(KEYRING + "macos/") && !name.startsWith(KEYRING + "windows/"))
                    .filter(name ->
                            !name.contains("Windows") && !name.contains("Mac") && !name.contains("package-info"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
            for (String name : names) {
                Class.forName(name);
            }
        }
    }
}
