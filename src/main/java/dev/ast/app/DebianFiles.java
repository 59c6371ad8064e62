package dev.ast.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** What Debian's package has below {@code /usr/share}: the same files, with pages and changelog compressed. */
final class DebianFiles {
    private static final Map<String, String> HELPERS = Map.of(
            "bazel-credential-ast", "bazel",
            "cargo-credential-ast", "cargo",
            "docker-credential-ast", "docker",
            "git-credential-ast", "git",
            "terraform-credentials-ast", "terraform");

    private static final String OVERRIDES = """
            # The library of the line editor is that of its own release.
            ast: unstripped-binary-or-object [usr/lib/ast/lib/native/Linux/*]
            """;

    private DebianFiles() {}

    /**
     * Writes the files; part of the build.
     *
     * @param args the directory {@code share}, the time of the build in ISO 8601, the version, the maintainer
     * @throws IOException when one cannot be written
     */
    public static void main(String[] args) throws IOException {
        OffsetDateTime time = OffsetDateTime.parse(args[1]);
        Map<String, byte[]> files = new TreeMap<>();
        SharedFiles.of(ProgramCatalog.create(), time.toLocalDate()).forEach((name, text) -> {
            if (name.startsWith("man/")) {
                files.put(name + ".gz", compressed(text));
            } else if (!name.startsWith("powershell/")) { // it looks nowhere by itself
                files.put(name, text.getBytes(StandardCharsets.UTF_8));
            }
        });
        files.put("doc/ast/changelog.gz", compressed("""
                ast (%s) unstable; urgency=medium

                  * Release. The changes are in CHANGELOG.md of the archives.

                 -- %s  %s
                """.formatted(
                        args[2],
                        args[3],
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(time).replace("GMT", "+0000"))));
        HELPERS.forEach((helper, page) ->
                files.put("man/man1/" + helper + ".1.gz", compressed(".so man1/ast-credential-" + page + ".1\n")));
        files.put("lintian/overrides/ast", OVERRIDES.getBytes(StandardCharsets.UTF_8));
        SharedFiles.write(Path.of(args[0]), files);
    }

    /** As gzip -9n does: the same text is always the same bytes. */
    private static byte[] compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e); // it is memory
        }
        byte[] result = bytes.toByteArray();
        result[8] = 2; // XFL: the slowest method (RFC 1952, section 2.3)
        return result;
    }
}
