package dev.ast.sandbox;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.credential.file.TemporaryFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.AstHome;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.host.Sleeper;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.profile.Profiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A sandbox server that runs, and the throw-away home that is set up for it. Both are gone when it is closed. */
final class RunningSandbox implements AutoCloseable {
    /** The profile that the home holds, and the provider of that profile. */
    static final String NAME = "sandbox";

    private final Process server;
    private final SandboxNote note;
    private final Path home;
    private final Optional<Path> published;

    private RunningSandbox(Process server, SandboxNote note, Path home, Optional<Path> published) {
        this.server = server;
        this.note = note;
        this.home = home;
        this.published = published;
    }

    /**
     * Starts a server and makes the home.
     *
     * @param outer the home of the user, where the note for other terminals is left
     */
    static RunningSandbox start(
            SandboxFolder folder,
            Programs programs,
            AstHome outer,
            InstantSource clock,
            Sleeper sleeper,
            Interrupts interrupts,
            List<String> options) {
        // Standard input ties the two together: when this process ends, however it ends, the server ends too.
        Process server = programs.ask(folder.server(options));
        try (Interrupts.Registration starting = interrupts.onInterrupt(server::destroy)) {
            SandboxNote note = SandboxNote.read(firstLine(server));
            Path directory = TemporaryFiles.directory("ast-sandbox-home-");
            AstHome home = new AstHome(directory, false);
            PrivateFiles files = new PrivateFiles(directory);
            LockFiles locks = new LockFiles(home, files, clock, sleeper);
            Profiles profiles = new Profiles(new CredentialsFile(home, files, locks));
            ProfileName name = new ProfileName(NAME);
            profiles.create(Profile.fresh(name, NAME)
                    .setUp(
                            NAME,
                            Optional.of(ServerOrigin.of(note.issuer())),
                            Optional.of(note.issuer()),
                            Optional.of(note.clientId()),
                            Optional.empty()));
            profiles.activate(name);
            files.replace(directory.resolve(Nesting.MARKER), new byte[0]);
            files.replace(directory.resolve(SandboxNote.FILE), note.bytes());
            noteEnd(server, () -> files.remove(directory.resolve(SandboxNote.FILE)));
            Optional<Path> published = Optional.empty();
            if (!outer.directory().equals(directory)) {
                published = Optional.of(outer.directory().resolve(SandboxNote.FILE));
                new PrivateFiles(outer.directory()).replace(published.get(), note.bytes());
            }
            return new RunningSandbox(server, note, directory, published);
        } catch (IOException | RuntimeException e) {
            server.destroy();
            interrupts.check();
            if (e instanceof RuntimeException failure) {
                throw failure;
            }
            throw Failure.failed("the sandbox server did not start", "ast sandbox --verbose");
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a server that nobody has ended
    private static void noteEnd(Process server, Runnable note) {
        server.onExit().thenRun(note);
    }

    private static String firstLine(Process server) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("no line");
        }
        return line;
    }

    SandboxNote note() {
        return note;
    }

    Path home() {
        return home;
    }

    @Override
    public void close() {
        // Before the end of the server is noted, or the note would vanish while its folder is walked.
        TemporaryFiles.deleteIf(home.resolve(SandboxNote.FILE), note.bytes());
        try {
            server.getOutputStream().close();
        } catch (IOException e) {
            // It is ended below in any case.
        }
        server.destroy();
        published.ifPresent(file -> {
            TemporaryFiles.deleteIf(file, note.bytes());
            TemporaryFiles.deleteIfEmpty(file.resolveSibling(""));
        });
        TemporaryFiles.deleteTree(home);
    }

    /**
     * How a running sandbox is found from another terminal.
     *
     * @param issuer the server
     * @param clientId its client
     * @param adminToken lets one approve without a browser
     */
    record SandboxNote(URI issuer, String clientId, String adminToken) {
        static final String FILE = "sandbox.json";

        static SandboxNote read(String json) {
            JsonObject object = Json.readObject(json.getBytes(StandardCharsets.UTF_8));
            return new SandboxNote(
                    object.parsed("issuer", URI::create).orElseThrow(SandboxNote::unusable),
                    object.text("client_id").orElseThrow(SandboxNote::unusable),
                    object.text("admin_token").orElseThrow(SandboxNote::unusable));
        }

        private static RuntimeException unusable() {
            return Failure.failed("the sandbox server sent an unexpected response", "start it again: ast sandbox");
        }

        byte[] bytes() {
            return LocalJson.write(new JsonObject()
                            .put("issuer", issuer)
                            .put("client_id", clientId)
                            .put("admin_token", adminToken)
                            .members())
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "SandboxNote[" + issuer + "]";
        }
    }
}
