package dev.ast.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The licences and notices that libraries carry in their jars. Whoever passes a library on passes them on, too (Apache
 * License 2.0, section 4; Eclipse Public License 2.0, section 3.2).
 */
final class LicenceTexts {
    private static final Pattern TEXT = Pattern.compile("(?i)(META-INF/)?(licen[cs]e|notice)[^/]*");
    private static final int LARGEST = 1024 * 1024;

    private LicenceTexts() {}

    /**
     * The texts of the jars in some directories, by the name of the jar and the file. The Apache License is left out: the
     * program has it itself.
     *
     * @throws IOException when a jar cannot be read
     */
    static Map<String, String> of(List<Path> directories) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path directory : directories) {
            for (Path jar : jars(directory)) {
                read(jar, texts);
            }
        }
        return texts;
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static void read(Path jar, Map<String, String> texts) throws IOException {
        String name = String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "");
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (!entry.isDirectory() && TEXT.matcher(entry.getName()).matches()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
                        boolean apache = text.stripLeading().startsWith("Apache License");
                        if (!apache) {
                            texts.put(name + "/" + entry.getName().replaceFirst("^META-INF/", ""), text);
                        }
                    }
                }
            }
        }
    }
}
