package dev.ast.reliability;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.support.AstWorld;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Looks at the home of a command from outside: is it whole and private, and what has been left in it? */
final class HomeCheck {
    /** What every token of the scripted server has in it. */
    static final String SECRET = "secret-of-the-test";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private HomeCheck() {}

    /** All that is stored of a profile. */
    static String profile(AstWorld world, String name) {
        return LocalJson.write(Sessions.profile(world, name).members());
    }

    /**
     * What is wrong with the store; empty where it is whole.
     *
     * @param before all that is to be stored of that profile
     */
    static List<String> tears(AstWorld world, String profile, String before) {
        List<String> found = new ArrayList<>();
        if (!Files.exists(Sessions.file(world))) {
            return List.of("credentials.json is missing");
        }
        try {
            JsonObject document = Json.readObject(Files.readAllBytes(Sessions.file(world)));
            if (document.number("version").orElse(0L) != 1) {
                found.add("no version");
            }
            String after = document.object("profiles")
                    .flatMap(profiles -> profiles.object(profile))
                    .map(record -> LocalJson.write(record.members()))
                    .orElse("nothing");
            if (!after.equals(before)) {
                found.add("profile " + profile + " changed from " + before + " to " + after);
            }
        } catch (IOException | RuntimeException e) {
            found.add("credentials.json cannot be read: " + e);
        }
        found.addAll(looseModes(world));
        return found;
    }

    private static List<String> looseModes(AstWorld world) {
        try (Stream<Path> all = Files.walk(world.astHome())) {
            List<String> loose = new ArrayList<>();
            for (Path path : all.toList()) {
                String modes = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                if (!modes.equals(Files.isDirectory(path) ? "rwx------" : "rw-------")) {
                    loose.add(path + " has " + modes);
                }
            }
            return loose;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files that no later command needs: temporary ones, those outside of the home, and tokens in another file. */
    static List<String> leftovers(AstWorld world) {
        List<String> left = new ArrayList<>();
        for (String name : world.files()) {
            if (!name.startsWith("ast-home/")
                    || name.endsWith(".tmp")
                    || (!name.equals("ast-home/credentials.json") && hasSecret(world, name))) {
                left.add(name);
            }
        }
        return left;
    }

    /** Whether a token stands in any file of the world. */
    static boolean hasSecret(AstWorld world) {
        return world.files().stream().anyMatch(name -> hasSecret(world, name));
    }

    private static boolean hasSecret(AstWorld world, String name) {
        try {
            return Files.readString(world.astHome().resolveSibling(name), StandardCharsets.ISO_8859_1)
                    .contains(SECRET);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Waits until no process of this home is left; those that stay are ended. @return how they were called */
    static List<String> processesLeft(AstWorld world) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<ProcessHandle> left = processes(world);
        while (!left.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            left = processes(world);
        }
        left.forEach(ProcessHandle::destroyForcibly);
        return left.stream()
                .map(process -> "process " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private static List<ProcessHandle> processes(AstWorld world) {
        String home = "AST_HOME=" + world.astHome();
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process.pid()).contains(home))
                .toList();
    }

    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It has ended, or is another user's.
            return "";
        }
    }
}
