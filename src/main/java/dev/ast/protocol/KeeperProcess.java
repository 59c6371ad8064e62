package dev.ast.protocol;

import dev.ast.credential.file.TokenFiles;
import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.host.Interrupts;
import dev.ast.host.Launcher;
import dev.ast.host.Programs;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.session.Credential;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process that keeps a token file for a program which the launcher has become: it lives as long as that process, in a
 * session of its own, and removes the file when it ends.
 */
public final class KeeperProcess {
    /** The word that the program is started with to keep a token file; no command of the user's. */
    public static final String WORD = "__keep";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST = 1024 * 1024;

    private final Launcher launcher;
    private final Supplier<Programs> programs;
    private final Interrupts interrupts;

    /** Processes of the given launcher. */
    public KeeperProcess(Launcher launcher, Supplier<Programs> programs, Interrupts interrupts) {
        this.launcher = launcher;
        this.programs = programs;
        this.interrupts = interrupts;
    }

    /**
     * Starts one, and waits for its file.
     *
     * @param owner the process that it lives as long as
     * @return the file, which has the token of the access
     * @throws FailureException (storage) when there is no file within half a minute
     */
    public Path start(ProgramAccess access, long owner) {
        Process process = programs.get().ask(List.of(launcher.program().toString(), WORD));
        try {
            @Nullable
            String answer = interrupts.call(
                    () -> {
                        try (OutputStream to = process.getOutputStream()) {
                            to.write(written(access, owner));
                        }
                        try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
                            return from.readLine();
                        }
                    },
                    PATIENCE);
            Optional<Path> file = Optional.ofNullable(answer)
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .flatMap(LocalJson::tryObject)
                    .flatMap(json -> json.parsed("file", Path::of));
            if (file.isPresent()) {
                return file.get();
            }
        } catch (ExecutionException e) {
            process.destroy();
        }
        throw Failure.storage("the token file could not be written", "check the disk, or leave out --token-file");
    }

    private static byte[] written(ProgramAccess access, long owner) {
        return LocalJson.write(new JsonObject()
                        .put("owner", owner)
                        .put(
                                "profile",
                                access.renewable()
                                        ? Optional.of(access.target().profile().name())
                                        : Optional.empty())
                        .put("context", access.selection().context())
                        .put("server", access.selection().server())
                        .put("token", access.credential().tokens().access().reveal())
                        .put("ahead", access.ahead().toSeconds())
                        .members())
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What such a process does.
     *
     * @param in the request
     * @param out gets a line with the path of the file
     * @param now the time
     * @return whether there was a request and a process that it is for
     * @throws FailureException (storage) when the file cannot be written
     */
    public static boolean keep(
            InputStream in,
            OutputStream out,
            TokenFiles files,
            Targets targets,
            TokenKeeper keeper,
            Instant now,
            Interrupts interrupts)
            throws IOException {
        Optional<JsonObject> read = LocalJson.tryObject(in.readNBytes(LONGEST));
        Optional<Secret> token = read.flatMap(request -> request.parsed("token", Secret::of));
        Optional<ProcessHandle> owner =
                read.flatMap(request -> request.number("owner")).flatMap(ProcessHandle::of);
        if (token.isEmpty() || owner.isEmpty()) {
            return false;
        }
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<Void> watched = owner.get().onExit().thenRun(ended::countDown);
        try (TokenFiles.Kept file = files.create();
                Interrupts.Registration ending = interrupts.onInterrupt(ended::countDown)) {
            assert watched != null && ending != null;
            file.write(token.get());
            String answer = LocalJson.write(
                    new JsonObject().put("file", file.path().toString()).members());
            out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (read.get().has("profile")) {
                keeper.keep(file, access(read.get(), token.get(), targets, now), ended);
            }
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private static ProgramAccess access(JsonObject request, Secret token, Targets targets, Instant now) {
        Selection selection = new Selection(
                request.parsed("profile", ProfileName::new),
                request.text("context"),
                request.parsed("server", ServerOrigin::parse),
                Optional.empty());
        Target target = targets.resolve(selection);
        return new ProgramAccess(
                selection,
                target,
                new Credential(
                        new CredentialSource.StoredLogin(),
                        TokenSet.given(target.server(), token, now, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(request.number("ahead").orElse(0L)));
    }
}
