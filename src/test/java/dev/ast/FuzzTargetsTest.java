package dev.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fuzz target takes its saved inputs, and some hundred that are made of them, always the same ones. Findings of
 * the coverage-guided runs (docs/fuzzing.md) are added to the saved inputs, so that they stay fixed.
 */
class FuzzTargetsTest {
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path CORPUS = Path.of("src/fuzz/corpus");
    private static final int MADE = 300;

    static Stream<String> targets() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files
                    .map(file -> SOURCES.relativize(file).toString())
                    .filter(name -> name.endsWith("Fuzz.java"))
                    .map(name ->
                            name.substring(0, name.length() - ".java".length()).replace('/', '.'))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aTargetTakesItsSavedInputsAndWhatIsMadeOfThem(String target) throws Exception {
        List<byte[]> inputs = saved(target.substring(target.lastIndexOf('.') + 1));
        Random random = new Random(1);
        int seeds = inputs.size();
        for (int i = 0; i < MADE; i++) {
            inputs.add(changed(inputs.get(random.nextInt(seeds)), inputs.get(random.nextInt(seeds)), random));
        }
        Method run = Class.forName(target).getMethod("fuzzerTestOneInput", byte[].class);
        for (byte[] input : inputs) {
            assertThatCode(() -> run(run, input))
                    .as(() -> java.util.Base64.getEncoder().encodeToString(input))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyFolderOfInputsBelongsToATarget() throws IOException {
        List<String> folders;
        try (Stream<Path> entries = Files.list(CORPUS)) {
            folders = entries.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
        assertThat(folders)
                .containsExactlyElementsOf(targets()
                        .map(target -> target.substring(target.lastIndexOf('.') + 1))
                        .sorted()
                        .toList());
    }

    private static void run(Method target, byte[] input) throws Throwable {
        try {
            target.invoke(null, (Object) input);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static List<byte[]> saved(String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }

    // The beginning of one and the end of another, with a few bytes changed.
    private static byte[] changed(byte[] one, byte[] other, Random random) {
        int cut = random.nextInt(one.length + 1);
        int from = random.nextInt(other.length + 1);
        byte[] made = new byte[cut + other.length - from];
        System.arraycopy(one, 0, made, 0, cut);
        System.arraycopy(other, from, made, cut, other.length - from);
        for (int i = random.nextInt(4); i > 0 && made.length > 0; i--) {
            made[random.nextInt(made.length)] = (byte) random.nextInt(256);
        }
        return made;
    }
}
