package dev.ast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The metadata of the settings, in the form of Spring Boot, names what the program has; the tables of the page are made of
 * it by {@code ./mvnw -q test -Dtest=ConfigurationReferenceTest -Dsettings.write=true}.
 */
class ConfigurationReferenceTest {
    private static final String METADATA = "/META-INF/additional-spring-configuration-metadata.json";
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String OF_PROVIDER = "ast.providers.NAME.";

    private static final Map<String, String> KINDS = Map.of(
            "java.lang.String", "text",
            "java.lang.Integer", "number",
            "java.lang.Boolean", "`true` or `false`",
            "java.time.Duration", "duration",
            "java.util.List<java.lang.String>", "list",
            "java.util.Map<java.lang.String,java.lang.String>", "names with values");

    private static List<JsonObject> metadata() throws IOException {
        try (InputStream in = ConfigurationReferenceTest.class.getResourceAsStream(METADATA)) {
            assertThat(in).isNotNull();
            return Json.readObject(in.readAllBytes()).objects("properties");
        }
    }

    private static String text(JsonObject property, String member) {
        return property.text(member).orElse("");
    }

    @Test
    void theMetadataHasEverySettingOfAProvider() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        for (RecordComponent component : ProviderProperties.class.getRecordComponents()) {
            String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            expected.put(
                    OF_PROVIDER + name, component.getGenericType().getTypeName().replace(", ", ","));
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (JsonObject property : metadata()) {
            if (text(property, "name").startsWith(OF_PROVIDER)) {
                found.put(text(property, "name"), text(property, "type"));
            }
            assertThat(text(property, "description"))
                    .as(text(property, "name"))
                    .isNotBlank()
                    .doesNotEndWith(".");
        }
        assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void theMetadataHasEveryGeneralSetting() throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonObject property : metadata()) {
            if (!text(property, "name").startsWith(OF_PROVIDER)) {
                Object usual = property.get("defaultValue");
                found.add(text(property, "name") + " " + text(property, "type") + " " + (usual == null ? "" : usual)
                        + " " + text(property, "description"));
            }
        }
        assertThat(found)
                .containsExactlyElementsOf(KnownSettings.GENERAL.stream()
                        .map(one -> one.key() + " "
                                + (one.type() == KnownSettings.Type.FLAG ? "java.lang.Boolean" : "java.lang.String")
                                + " " + one.usual() + " " + one.meaning())
                        .toList());
    }

    @Test
    void theTablesOfThePageAreMadeOfIt() throws IOException {
        StringBuilder general = new StringBuilder("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
        StringBuilder providers = new StringBuilder("| key | value | meaning |\n| --- | --- | --- |\n");
        for (JsonObject property : metadata()) {
            String name = text(property, "name");
            String kind = KINDS.get(text(property, "type"));
            String meaning = text(property, "description").replace("|", "\\|");
            if (name.startsWith(OF_PROVIDER)) {
                String key = name.substring(OF_PROVIDER.length());
                providers.append("| `%s` | %s | %s |\n".formatted(key, kind, meaning));
            } else {
                Object usual = property.get("defaultValue");
                String shown = usual == null ? "" : "`" + usual + "`";
                general.append("| `%s` | %s | %s | %s |\n".formatted(name, kind, shown, meaning));
            }
        }
        String page = Files.readString(PAGE);
        String made = with(with(page, "general", general.toString()), "providers", providers.toString());
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    private static String with(String page, String name, String table) {
        String begin = "<!-- " + name + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end -->", from);
        assertThat(from).as(name).isGreaterThanOrEqualTo(begin.length());
        return page.substring(0, from) + "\n" + table + "\n" + page.substring(to);
    }
}
