package dev.ast.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.support.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts real programs that write down their arguments. */
class BrowserTest {
    private static final URI ADDRESS = URI.create("https://example.com/a?b=c&d=%20");

    @TempDir
    private Path folder;

    private Browser with(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(variables);
        all.putIfAbsent("PATH", folder.toString());
        return new Browser(Environment.of(all), new ChildEnvironment(Set.of()));
    }

    private void program(String name) throws IOException {
        Script.write(
                folder.resolve(name),
                "#!/bin/sh\nprintf '%s|' \"${0##*/}\" \"$@\" > '" + folder + "/new'\n/bin/mv '" + folder + "/new' '"
                        + folder + "/seen'\n");
    }

    private String seen() {
        return await().until(
                        () -> Files.exists(folder.resolve("seen")) ? Files.readString(folder.resolve("seen")) : "",
                        text -> !text.isEmpty())
                .replace(ADDRESS.toString(), "ADDRESS");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "FOLDER/web,                          web|ADDRESS|",
                "web,                                 web|ADDRESS|",
                "FOLDER/my web,                       my web|ADDRESS|",
                "FOLDER/my web --new,                 my web|--new|ADDRESS|",
                "\"FOLDER/my web\" --new '%s' x,      my web|--new|ADDRESS|x|",
                "FOLDER/my web --url=%s,              my web|--url=ADDRESS|",
                "FOLDER/web my web,                   web|my|web|ADDRESS|",
                "FOLDER/missing:FOLDER/my web %s a,   my web|ADDRESS|a|",
            })
    void theVariableNamesTheProgram(String variable, String expected) throws IOException {
        program("web");
        program("my web");

        assertThat(with(Map.of("BROWSER", variable.replace("FOLDER", folder.toString())))
                        .open(ADDRESS))
                .isTrue();
        assertThat(seen()).isEqualTo(expected);
    }

    @Test
    void underWslItIsTheBrowserOfWindows() throws IOException {
        program("wslview");
        program("xdg-open");

        assertThat(with(Map.of()).available()).isFalse();
        assertThat(with(Map.of("WSL_DISTRO_NAME", "Ubuntu")).open(ADDRESS)).isTrue();
        assertThat(seen()).isEqualTo("wslview|ADDRESS|");
    }

    @Test
    void onAScreenOfLinuxItIsTheDesktopsOpener() throws IOException {
        program("wslview");
        program("xdg-open");

        assertThat(with(Map.of("DISPLAY", ":0")).open(ADDRESS)).isTrue();
        assertThat(seen()).isEqualTo("xdg-open|ADDRESS|");
    }

    @Test
    void sshIsSeen() {
        assertThat(with(Map.of("SSH_TTY", "/dev/pts/1")).place()).isEqualTo(Browser.Place.SSH);
        assertThat(with(Map.of("container", "podman")).place()).isEqualTo(Browser.Place.CONTAINER);
    }
}
