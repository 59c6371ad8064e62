package dev.ast.shell.interactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jline.utils.InfoCmp;
import org.jline.utils.InfoCmp.Capability;
import org.junit.jupiter.api.Test;

/** The list of capabilities in our resources stands for JLine's, and must have what is read of a terminal. */
class TerminalCapabilitiesTest {
    private static final String LIST = "org/jline/utils/capabilities.txt";

    @Test
    void everyCapabilityThatJLineAndTheShellReadIsListed() {
        Set<String> read = new ClassFileImporter()
                .importPackages("org.jline", "dev.ast").stream()
                        .filter(type -> !type.getName().startsWith(InfoCmp.class.getName()))
                        .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                        .map(JavaFieldAccess::getTarget)
                        .filter(field -> field.getOwner().isEquivalentTo(Capability.class))
                        .map(field -> field.getName())
                        .collect(Collectors.toSet());

        assertThat(read).contains("cursor_address", "clr_eol", "max_colors");
        assertThat(InfoCmp.getCapabilitiesByName()).containsKeys(read.toArray(String[]::new));
    }

    @Test
    void eachLineIsOneOfJLine() throws IOException {
        List<URL> lists = Collections.list(InfoCmp.class.getClassLoader().getResources(LIST));
        assertThat(lists).as("ours before that of JLine").hasSize(2);

        assertThat(lines(lists.get(1))).containsAll(lines(lists.get(0)));
        assertThat(lines(lists.get(0))).hasSizeLessThan(lines(lists.get(1)).size() / 4);
    }

    private static List<String> lines(URL list) throws IOException {
        try (InputStream in = list.openStream()) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
