package dev.ast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.command.CommandSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The launcher starts without Spring the commands that can run without it. */
class FastStartTest {

    @Test
    void theLauncherKnowsTheCommandsThatRunWithoutSpring() throws IOException {
        String launcher = Files.readString(Path.of("src/main/launcher/ast"));
        Set<String> known = new TreeSet<>();
        Matcher words = Pattern.compile("(?m)^    ([a-z_ |?']+)\\) start=(?:token|helper|fast) ;;$")
                .matcher(launcher);
        while (words.find()) {
            known.addAll(Arrays.asList(words.group(1).replace("'", "").split(" \\| ", -1)));
        }
        Matcher second = Pattern.compile("(?m)^    auth\\) case \\$second in ([a-z |]+)\\) start=fast ;;")
                .matcher(launcher);
        assertThat(second.find()).isTrue();
        for (String word : second.group(1).split(" \\| ", -1)) {
            known.add("auth " + word);
        }

        assertThat(known)
                .isEqualTo(ProgramCatalog.create().all().stream()
                        .filter(CommandSpec::local)
                        .flatMap(FastStartTest::beginnings)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Stream<String> beginnings(CommandSpec command) {
        return Stream.concat(Stream.of(command.name()), command.aliases().stream())
                .map(name -> name.startsWith("auth ") ? name : name.split(" ", -1)[0]);
    }
}
