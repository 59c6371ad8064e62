package dev.ast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.credential.file.TemporaryFiles;
import dev.ast.support.Case;
import dev.ast.support.Script;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged {@code bin/ast}: where it may stand, which Java it takes, and that a cache is never more than speed. */
class LauncherIT {

    private static final Path PROGRAM = Path.of(System.getProperty("ast.home"));

    /** One for all: JDK 17 requires a cache to be used where it was made, and making one takes ten seconds. */
    @TempDir
    private static Path place;

    private Path scratch;

    /** A copy of the program, in a folder with a space in its name, for the test to damage. */
    private Path app;

    private Path home;

    @BeforeEach
    void copyProgram() throws IOException {
        scratch = Files.createDirectory(place.resolve("test"));
        app = scratch.resolve("a program");
        home = scratch.resolve("home");
        copy(PROGRAM, app);
        deleteContents(app.resolve("cache"));
        // One cache of five: how they are made and found is the same for all, and it takes a tenth of the time.
        Path list = app.resolve("lib/training/list");
        Files.write(
                list,
                Files.readAllLines(list).stream()
                        .filter(line -> line.startsWith("fast "))
                        .toList());
    }

    void awaitTraining() {
        await().atMost(Duration.ofMinutes(5))
                .until(() -> ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .noneMatch(line -> line.contains(scratch.toString())));
    }

    @AfterEach
    void removeProgram() {
        awaitTraining();
        TemporaryFiles.deleteTree(scratch);
    }

    @Test
    @Case("J10")
    void startsThroughLinksFromAnyDirectory() throws Exception {
        Path bin = Files.createDirectories(scratch.resolve("on path"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../a program/bin/ast"));
        Files.createSymbolicLink(bin.resolve("ast"), bin.resolve("first"));
        Path elsewhere = Files.createDirectories(scratch.resolve("else where"));
        String expected = runQuietly(Map.of(), "version").out();

        assertThat(expected).startsWith("ast ");
        Map<String, String> off = Map.of("AST_CACHE", "off");
        for (List<String> call : List.of(
                List.of(bin.resolve("ast").toString(), "version"),
                List.of("../on path/ast", "version"),
                List.of("./../a program/bin/ast", "version"),
                List.of("sh", "../a program/bin/ast", "version"),
                List.of("env", "PATH=" + bin + ":/usr/bin:/bin", "ast", "version"))) {
            assertThat(run(elsewhere, off, call)).as("%s", call).isEqualTo(new Result(0, expected, ""));
        }
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(home).doesNotExist();
    }

    @Test
    @Case("J10")
    void startsFromReadOnlyPlace() throws Exception {
        String expected = runQuietly(Map.of(), "version").out();
        List<Path> folders;
        try (Stream<Path> all = Files.walk(app)) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (Path folder : folders) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        assertThat(launch(Map.of("AST_CACHE", "off"), "version")).isEqualTo(new Result(0, expected, ""));
        for (Path folder : folders) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void javaVariablesOfTheUserChangeNothing() throws Exception {
        String expected = runQuietly(Map.of(), "version").out();
        Map<String, String> hostile = Map.of(
                "AST_CACHE", "off",
                "JAVA_TOOL_OPTIONS", "-XX:+PrintFlagsFinal",
                "JDK_JAVA_OPTIONS", "-version",
                "_JAVA_OPTIONS", "-Xmx1k",
                "CLASSPATH", "/nowhere");
        assertThat(launch(hostile, "version")).isEqualTo(new Result(0, expected, ""));
    }

    @Test
    void takesTheJavaThatIsAskedForAndSkipsOldOnes() throws Exception {
        Path eight = fakeJava("eight", "1.8.0_402");
        Path sixteen = fakeJava("sixteen", "16.0.2");
        Path seventeen = fakeJava("seventeen", "17");
        Path future = fakeJava("future", "30-ea");

        assertThat(chosen(Map.of("AST_JAVA_HOME", future.toString(), "JAVA_HOME", seventeen.toString())))
                .isEqualTo("future");
        assertThat(chosen(Map.of("AST_JAVA_HOME", eight.toString(), "JAVA_HOME", seventeen.toString())))
                .isEqualTo("seventeen");
        assertThat(chosen(Map.of("JAVA_HOME", sixteen.toString()))).isEqualTo("real");
        assertThat(chosen(Map.of("JAVA_HOME", scratch.resolve("absent").toString())))
                .isEqualTo("real");

        Path runtime = app.resolve("runtime");
        copy(seventeen, runtime);
        assertThat(chosen(Map.of("JAVA_HOME", future.toString()))).isEqualTo("seventeen");
    }

    @Test
    void saysThatThereIsNoJava() throws Exception {
        Path launcher = app.resolve("bin/ast");
        Files.writeString(launcher, Files.readString(launcher).replace("/usr/lib/jvm/*", "/nowhere/*"));
        Result result = run(
                scratch,
                Map.of(
                        "PATH",
                        "/nowhere",
                        "JAVA_HOME",
                        fakeJava("eleven", "11.0.2").toString()),
                List.of("/bin/sh", launcher.toString(), "version"));
        assertThat(result).isEqualTo(new Result(1, "", """
                        ast: no Java 17 or newer found
                        hint: install one, or set AST_JAVA_HOME to its folder
                        """));
    }

    @ParameterizedTest
    @MethodSource("java")
    void usesTheCacheThatTrainingMade(Path java) throws Exception {
        train(java);
        List<String> command = command(java, "version");
        String cache = cacheOf(java).toString();
        assertThat(command).anyMatch(word -> word.contains(cache));
        // With this the JVM ends in failure where it would have gone without the cache.
        command.add(1, command.toString().contains("AOTCache") ? "-XX:AOTMode=on" : "-Xshare:on");
        assertThat(run(scratch, Map.of(), command))
                .isEqualTo(runQuietly(Map.of("AST_JAVA_HOME", java.toString()), "version"));
    }

    @ParameterizedTest
    @MethodSource("java")
    void damagedCacheChangesNothing(Path java) throws Exception {
        train(java);
        Result expected = launch(Map.of("AST_CACHE", "off", "AST_JAVA_HOME", java.toString()), "version");
        Path cache = cacheOf(java);
        long size = Files.size(cache);
        FileTime time = Files.getLastModifiedTime(cache);
        byte[] noise = new byte[256];
        new Random(1).nextBytes(noise);

        // While a training seems to run, none is started.
        Path training = Files.createDirectory(app.resolve("cache/.training"));
        Files.writeString(training.resolve("pid"), ProcessHandle.current().pid() + "\n");
        for (long start : List.of(0L, 8L, 300L, size / 2, size - noise.length)) {
            damage(cache, file -> {
                file.seek(start);
                file.write(noise);
            });
            assertThat(launch(Map.of("AST_JAVA_HOME", java.toString()), "version"))
                    .as("noise at %s", start)
                    .isEqualTo(expected);
        }
        for (long length : List.of(0L, 1L, 4096L, size / 2, size - 1)) {
            damage(cache, file -> file.setLength(length));
            // As if it had been cut short in the making: nothing but the JVM can see that.
            Files.setLastModifiedTime(cache, time);
            assertThat(launch(Map.of("AST_JAVA_HOME", java.toString()), "version"))
                    .as("cut to %s", length)
                    .isEqualTo(expected);
        }
        TemporaryFiles.deleteTree(training);
        Files.setLastModifiedTime(cache, FileTime.from(Instant.now()));
        assertThat(launch(Map.of("AST_JAVA_HOME", java.toString()), "version")).isEqualTo(expected);
        awaitTraining();
        assertThat(Files.size(cacheOf(java))).as("made anew").isGreaterThan(4096);
        assertThat(Files.getLastModifiedTime(cacheOf(java))).isEqualTo(time);
    }

    @ParameterizedTest
    @MethodSource("java")
    void staleForeignOrMissingCacheChangesNothing(Path java) throws Exception {
        train(java);
        Map<String, String> with = Map.of("AST_JAVA_HOME", java.toString());
        Result expected = launch(Map.of("AST_CACHE", "off", "AST_JAVA_HOME", java.toString()), "version");

        Path cache = cacheOf(java);
        FileTime time = Files.getLastModifiedTime(cache);
        for (Path other : javas().toList()) {
            if (!other.equals(java)) {
                train(other);
                damage(cache, file -> file.setLength(0));
                Files.write(cache, Files.readAllBytes(cacheOf(other)));
                Files.setLastModifiedTime(cache, time);
                assertThat(launch(with, "version")).as("cache of %s", other).isEqualTo(expected);
            }
        }
        Files.delete(cache);
        assertThat(launch(with, "version")).as("no cache file").isEqualTo(expected);

        Path jar = app.resolve("lib/ast.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(launch(with, "version")).as("another jar").isEqualTo(expected);
        awaitTraining();
        assertThat(cacheOf(java)).as("made for the new jar").exists();
        assertThat(launch(with, "version")).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("java")
    void homeHoldsCachesOfProgramThatCannotBeWritten(Path java) throws Exception {
        Map<String, String> with = Map.of("AST_JAVA_HOME", java.toString());
        Files.delete(app.resolve("cache"));
        Result expected = launch(with, "version");
        assertThat(home).as("a home is not made for a cache").doesNotExist();

        Files.createDirectory(home);
        assertThat(launch(with, "version")).isEqualTo(expected);
        awaitTraining();
        assertThat(endsIn(".stamp")).hasSize(1);
        Path folder = endsIn(".stamp").get(0).getParent();
        assertThat(folder.getParent()).isEqualTo(home.resolve("cache"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(command(java, "version")).anyMatch(word -> word.contains(folder.toString()));
        assertThat(launch(with, "version")).isEqualTo(expected);
        assertThat(app.resolve("cache")).doesNotExist();
    }

    /** The Java that runs the tests. */
    static Stream<Path> java() {
        return Stream.of(Path.of(System.getProperty("java.home")));
    }

    /** The same, and the others on this machine that the program can run on. */
    static Stream<Path> javas() throws IOException {
        List<Path> found = new ArrayList<>();
        found.add(Path.of(System.getProperty("java.home")));
        Path folder = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> folders = Files.list(folder)) {
                folders.filter(java -> Files.isExecutable(java.resolve("bin/java")))
                        .filter(java -> !Files.isSymbolicLink(java) && !found.contains(java))
                        .filter(java -> Files.exists(java.resolve("release")))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found.stream();
    }

    private void train(Path java) throws Exception {
        Path made = place.resolve("caches of " + cacheName(java));
        if (Files.isDirectory(made)) {
            copy(made, app.resolve("cache"));
            return;
        }
        assertThat(launch(Map.of("AST_CACHE", "make", "AST_JAVA_HOME", java.toString())))
                .isEqualTo(new Result(0, "", ""));
        Files.createDirectory(made);
        String name = cacheName(java);
        try (Stream<Path> files = Files.list(app.resolve("cache"))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(name))
                    .toList()) {
                Files.copy(file, made.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static String cacheName(Path java) throws IOException {
        return buildOf(java).replaceAll("[^A-Za-z0-9.+_-]", "-");
    }

    /** The cache that {@code version} is started with. */
    private Path cacheOf(Path java) throws Exception {
        String name = cacheName(java);
        List<Path> files = Stream.concat(endsIn(".aot").stream(), endsIn(".jsa").stream())
                .filter(file -> file.getFileName().toString().startsWith(name + "-fast."))
                .sorted()
                .toList();
        assertThat(files).as("caches of %s", name).isNotEmpty();
        return files.get(0);
    }

    private static String buildOf(Path java) throws IOException {
        String vendor = "";
        String build = "";
        for (String line : Files.readAllLines(java.resolve("release"))) {
            if (line.startsWith("IMPLEMENTOR=")) {
                vendor = line.substring(line.indexOf('"') + 1, line.length() - 1);
            } else if (line.startsWith("JAVA_RUNTIME_VERSION=")) {
                build = line.substring(line.indexOf('"') + 1, line.length() - 1);
            }
        }
        return vendor + "-" + build;
    }

    private List<Path> endsIn(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(scratch)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    /** The words that {@code bin/ast} ends with when it becomes the JVM, seen by a stand-in for that Java. */
    private List<String> command(Path java, String... words) throws Exception {
        Path standIn = Files.createDirectories(scratch.resolve("stand-in/bin")).getParent();
        Files.copy(java.resolve("release"), standIn.resolve("release"), StandardCopyOption.REPLACE_EXISTING);
        script(standIn.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        command.addAll(launch(Map.of("AST_JAVA_HOME", standIn.toString()), words)
                .out()
                .lines()
                .toList());
        return command;
    }

    private Path fakeJava(String name, String version) throws IOException {
        Path java = Files.createDirectories(scratch.resolve(name));
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(java.resolve("bin/java"), "echo " + name);
        return java;
    }

    private static void script(Path file, String line) throws IOException {
        Script.write(file, "#!/bin/sh\n" + line + "\n");
    }

    /** The name of the fake Java that was started, or {@code real}. */
    private String chosen(Map<String, String> environment) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("AST_CACHE", "off");
        Result result = launch(all, "version");
        assertThat(result.code()).isZero();
        return result.out().startsWith("ast ") ? "real" : result.out().strip();
    }

    private Result runQuietly(Map<String, String> environment, String... words) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("AST_CACHE", "off");
        Result result = launch(all, words);
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        return result;
    }

    private Result launch(Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(app.resolve("bin/ast").toString());
        command.addAll(List.of(words));
        return run(scratch, environment, command);
    }

    private Result run(Path directory, Map<String, String> environment, List<String> command) throws Exception {
        Path out = Files.createTempFile("ast-out", ".txt");
        Path err = Files.createTempFile("ast-err", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("JAVA_HOME");
            builder.environment().put("AST_HOME", home.toString());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + command);
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private interface Damage {
        void to(RandomAccessFile file) throws IOException;
    }

    private static void damage(Path file, Damage damage) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            damage.to(open);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void deleteContents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private record Result(int code, String out, String err) {}
}
