package dev.ast.credential.helper;

import dev.ast.credential.keyring.UserPrompt;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of docker's credential-helper protocol: a program {@code docker-credential-NAME} in PATH, one process for
 * each call, a word as its argument, JSON or an address on its standard input, JSON or a message on its standard output
 * (<a href="https://github.com/docker/docker-credential-helpers">docker-credential-helpers</a>). "Not found" is an empty
 * result; everything else that is not success is a storage failure. Secrets are in pipes only.
 */
final class HelperProgram {
    /** How long a call may take: the first use of a store can start its agent. */
    static final Duration ALONE = Duration.ofSeconds(10);
    /** The same where the user can be asked for a passphrase. */
    static final Duration ASKED = Duration.ofSeconds(60);
    /** The largest answer, in bytes. */
    static final int LARGEST = 1024 * 1024;

    private static final Duration NOTICE = Duration.ofSeconds(3);
    // One that hung is not asked again at once: a command that looks at many profiles must not wait for each.
    private static final Duration REST = Duration.ofSeconds(2);
    private static final String USER = "ast";
    private static final String NOT_FOUND = "credentials not found in native keychain";

    /**
     * What it needs of this process.
     *
     * @param prompt whether the user may be asked, and what tells that something is waited for
     * @param nanoClock {@link System#nanoTime}
     * @param alone how long a call may take without a user
     */
    record Surroundings(
            Supplier<Programs> programs,
            Environment environment,
            Interrupts interrupts,
            UserPrompt prompt,
            LongSupplier nanoClock,
            Duration alone) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int code, byte[] output) {
        String message() {
            return new String(output, StandardCharsets.UTF_8).strip();
        }
    }

    private final String name;
    private final Surroundings around;
    private @Nullable FailureException hung;
    private long hungAt;

    /** @param name of the program, without a path */
    HelperProgram(String name, Surroundings around) {
        this.name = name;
        this.around = around;
    }

    /** The secret of an address; empty when there is none, which some helpers tell by an empty secret. */
    Optional<String> get(String server) {
        Answer answer = run("get", server);
        if (answer.code() != 0) {
            if (answer.message().equals(NOT_FOUND)) {
                return Optional.empty();
            }
            throw failed("get", answer);
        }
        JsonObject json = json(answer);
        Optional<String> secret = json.text("Secret");
        boolean same = json.text("ServerURL").map(server::equals).orElse(true)
                && json.text("Username").map(USER::equals).orElse(false);
        if (secret.isPresent() && !same) {
            throw storage("answered with another item than the one that was asked for");
        }
        return secret;
    }

    /** Stores a secret under an address, in place of the one that is there. */
    void store(String server, String secret) {
        Map<String, String> item = new LinkedHashMap<>();
        item.put("ServerURL", server);
        item.put("Username", USER);
        item.put("Secret", secret);
        Answer answer = run("store", LocalJson.write(item));
        if (answer.code() != 0) {
            throw failed("store", answer);
        }
    }

    /** Removes the secret of an address. @throws FailureException (storage) also when there is none, with some helpers */
    void erase(String server) {
        Answer answer = run("erase", server);
        if (answer.code() != 0) {
            throw failed("erase", answer);
        }
    }

    /** Whether it works, without a look at a secret. @throws FailureException (storage) when it does not */
    void list() {
        Answer answer = run("list", "");
        if (answer.code() != 0) {
            throw failed("list", answer);
        }
        json(answer);
    }

    private Answer run(String operation, String input) {
        FailureException before = hung;
        if (before != null && around.nanoClock().getAsLong() - hungAt < REST.toNanos()) {
            throw before;
        }
        hung = null;
        Process process = start(operation);
        boolean asking = around.prompt().present().getAsBoolean();
        Duration limit = asking && ASKED.compareTo(around.alone()) > 0 ? ASKED : around.alone();
        CompletableFuture<Process> waiting = process.onExit().orTimeout(NOTICE.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Process> notice = waiting.whenComplete((ended, late) -> {
            if (asking && late instanceof TimeoutException) {
                around.prompt().tell().accept("waiting for " + name + ", Ctrl-C cancels");
            }
        });
        try {
            return around.interrupts().call(() -> exchange(process, input), limit);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                FailureException failure = Failure.storage(
                        name + " does not answer within " + limit.toSeconds() + " seconds",
                        "unlock its store (pass: that of gpg-agent), then run the command again");
                hung = failure;
                hungAt = around.nanoClock().getAsLong();
                throw failure;
            }
            throw storage("answered more than " + LARGEST + " bytes, or broke off");
        } finally {
            waiting.cancel(false);
            notice.cancel(false);
            // What it has started may hold the pipes open, and would live on.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(String operation) {
        Path program = Programs.find(name, around.environment())
                .orElseThrow(() -> Failure.storage(
                        "there is no program " + name + " in PATH",
                        "install it, or choose another store: ast login --storage auto"));
        try {
            return around.programs().get().ask(List.of(program.toString(), operation));
        } catch (FailureException e) {
            throw Failure.storage(name + " cannot be started", "try it: " + name + " list");
        }
    }

    private static Answer exchange(Process process, String input) throws IOException, InterruptedException {
        write(process, input);
        byte[] output = process.getInputStream().readNBytes(LARGEST + 1);
        if (output.length > LARGEST) {
            throw new IOException("too long");
        }
        return new Answer(process.waitFor(), output);
    }

    private static void write(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return; // it has not read all of it; its answer and its code tell the rest
        }
    }

    private JsonObject json(Answer answer) {
        return LocalJson.tryObject(answer.output()).orElseThrow(() -> storage("gave no answer of a credential helper"));
    }

    private FailureException failed(String operation, Answer answer) {
        String line = answer.message().lines().findFirst().orElse("");
        String why = line.isEmpty() ? "" : ": " + SecretShape.quoted(line, 200);
        return storage(operation + " ended with code " + answer.code() + why);
    }

    private FailureException storage(String what) {
        return Failure.storage(name + " " + what, "see whether its store works: " + name + " list");
    }
}
