package dev.ast.app;

import dev.ast.shell.completion.CompleteCommand;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.manual.ManualPages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what a package puts below {@code share}: the manual pages, and the completion of each shell where it looks for it. */
final class SharedFiles {
    private SharedFiles() {}

    /**
     * Writes the files; part of the build.
     *
     * @param args the directory {@code share}, the time of the build in ISO 8601, and directories with the libraries
     * @throws IOException when one cannot be written
     */
    public static void main(String[] args) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        of(ProgramCatalog.create(), LocalDate.parse(args[1].substring(0, 10)))
                .forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        List<Path> libraries =
                Arrays.stream(args).skip(2).map(name -> Path.of(name)).toList();
        LicenceTexts.of(libraries)
                .forEach((name, text) -> files.put("licenses/ast/" + name, text.getBytes(StandardCharsets.UTF_8)));
        write(Path.of(args[0]), files);
    }

    static void write(Path share, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = share.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            Files.write(path, file.getValue());
        }
    }

    /** The files by their place below {@code share}. */
    static Map<String, String> of(Catalog catalog, LocalDate date) {
        Map<String, String> files = new TreeMap<>();
        new ManualPages(catalog, date).all().forEach((name, page) -> files.put("man/" + name, page));
        files.put("bash-completion/completions/ast", CompleteCommand.script("bash", catalog));
        files.put("zsh/vendor-completions/_ast", CompleteCommand.script("zsh", catalog));
        files.put("fish/vendor_completions.d/ast.fish", CompleteCommand.script("fish", catalog));
        files.put("powershell/ast.ps1", CompleteCommand.script("powershell", catalog));
        return files;
    }
}
