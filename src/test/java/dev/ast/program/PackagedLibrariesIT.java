package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.Case;
import dev.ast.support.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every library of the packaged program is allowed by name in {@code src/test/resources/libraries} and stands in its
 * bill of materials (CycloneDX) with a licence. A library that comes in by way of another one fails here too.
 */
class PackagedLibrariesIT {
    private static final Path PACKAGED = Path.of(System.getProperty("ast.dir", "target/ast"));
    /** Jars of the build itself. */
    private static final Set<String> OWN = Set.of("ast.jar", "fast.jar", "ast-sandbox.jar");

    @Test
    @Case("J07")
    void theProgramHasTheAllowedLibrariesAndNoOther() throws IOException {
        assertThat(libraries("../libraries")).isEqualTo(allowed("program"));
        assertThat(libraries("lib")).isNotEmpty().isSubsetOf(allowed("program"));
    }

    @Test
    @Case("J07")
    void theSandboxHasTheAllowedLibrariesAndNoOther() throws IOException {
        assertThat(libraries("sandbox/lib")).isEqualTo(allowed("sandbox"));
    }

    @Test
    @Case("J07")
    void theProgramHasNoServerAndNoScriptingLanguage() throws IOException {
        assertThat(allowed("program"))
                .noneMatch(name -> name.matches(".*(tomcat|jetty|undertow|netty|servlet|webmvc|webflux|groovy|sshd).*"))
                .noneMatch(name -> name.matches("org\\.jline:.+") && !name.equals("org.jline:jline"));
    }

    @Test
    @Case("J07")
    void theBillOfMaterialsNamesTheLicenceOfTheProgramAndOfEveryLibrary() throws IOException {
        JsonObject bill = bill();
        JsonObject program =
                bill.object("metadata").orElseThrow().object("component").orElseThrow();

        assertThat(program.text("name")).contains("ast");
        assertThat(licences(program)).containsExactly("Apache-2.0");
        assertThat(Files.readString(Path.of("LICENSE"))).contains("Apache License", "Version 2.0, January 2004");
        assertThat(bill.objects("components"))
                .isNotEmpty()
                .allSatisfy(library ->
                        assertThat(licences(library)).as(name(library)).isNotEmpty());
    }

    @Test
    void everyPackagedLibraryIsInTheNotice() throws IOException {
        Set<String> packaged = new TreeSet<>(libraries("../libraries"));
        packaged.addAll(libraries("sandbox/lib"));

        assertThat(Notice.read().keySet()).isEqualTo(packaged);
    }

    @Test
    void licenceAndNoticeArePackaged() throws IOException {
        for (String file : List.of("LICENSE", "NOTICE")) {
            assertThat(PACKAGED.resolve(file)).hasSameTextualContentAs(Path.of(file));
        }
    }

    /** Group and name of each library in a folder, by the bill of materials. */
    private static Set<String> libraries(String folder) throws IOException {
        Map<String, String> names = new TreeMap<>();
        for (JsonObject library : bill().objects("components")) {
            names.put(
                    library.text("name").orElseThrow() + "-"
                            + library.text("version").orElseThrow() + ".jar",
                    name(library));
        }
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.list(PACKAGED.resolve(folder))) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".jar") && !OWN.contains(file))
                    .forEach(file ->
                            found.add(names.getOrDefault(file, file + ", which is not in the bill of materials")));
        }
        return found;
    }

    private static Set<String> allowed(String list) throws IOException {
        try (InputStream in = PackagedLibrariesIT.class.getResourceAsStream("/libraries/" + list + ".txt")) {
            return new TreeSet<>(List.of(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\n")));
        }
    }

    private static JsonObject bill() throws IOException {
        return Json.readObject(Files.readAllBytes(PACKAGED.resolve("ast.cdx.json")));
    }

    private static String name(JsonObject library) {
        return library.text("group").orElse("") + ":" + library.text("name").orElseThrow();
    }

    private static List<String> licences(JsonObject component) {
        return component.objects("licenses").stream()
                .map(choice -> choice.object("license")
                        .flatMap(licence -> licence.text("id").or(() -> licence.text("name")))
                        .or(() -> choice.text("expression"))
                        .orElse(""))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
