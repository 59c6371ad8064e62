package dev.ast.support;

import dev.ast.app.CommandParts;
import dev.ast.app.Foundation;
import dev.ast.app.OnlineParts;
import dev.ast.app.SealedEnvironment;
import dev.ast.app.SessionParts;
import dev.ast.app.Settings;
import dev.ast.app.SettingsReader;
import dev.ast.app.StoreParts;
import dev.ast.command.CredentialCommands;
import dev.ast.command.Selections;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.ChildEnvironment;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.login.TokenText;
import dev.ast.output.Views;
import dev.ast.protocol.HelperProtocols;
import dev.ast.protocol.OriginCredentials;
import dev.ast.protocol.SetupPlace;
import dev.ast.session.Selection;
import dev.ast.shell.PlainExecution;
import dev.ast.shell.grammar.Catalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** The {@code credential} commands as they are wired, in this JVM, each asked with a standard input of its own. */
public final class HelperDesk {
    private final Path home;
    private final Map<String, String> environment = new TreeMap<>();
    private final JsonObject document = new JsonObject().put("version", 1);
    private Instant now = Instant.parse("2026-11-26T12:00:00Z");

    /** A desk with an empty home in a folder. */
    public HelperDesk(Path folder) {
        home = folder.resolve("desk");
        environment.put("HOME", folder.toString());
        environment.put("AST_HOME", home.toString());
        environment.put("AST_STORAGE", "file");
    }

    /** Sets a variable. */
    public HelperDesk env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Takes a variable away. */
    public HelperDesk withoutEnv(String name) {
        environment.remove(name);
        return this;
    }

    /** {@code AST_HOME}. */
    public Path home() {
        return home;
    }

    /** The time. */
    public Instant now() {
        return now;
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        now = now.plus(duration);
    }

    /**
     * Signs a profile in whose access token ends in an hour, with the name of the profile in it.
     *
     * @param more members of the profile and, as {@code tokens}, of its tokens
     */
    public HelperDesk profile(String name, String server, Map<String, Object> more, Map<String, Object> tokens) {
        JsonObject profile = document.objectOrNew("profiles").objectOrNew(name);
        profile.put("provider", "oidc")
                .put("server", server)
                .put("issuer", server)
                .put("client_id", "ast-test");
        profile.put("scope", List.of("openid")).put("storage", "file");
        more.forEach(profile::put);
        JsonObject kept = profile.objectOrNew("tokens");
        kept.put("access_token", "at-" + name)
                .put("token_type", "Bearer")
                .put("issued_at", now)
                .put("expires_at", now.plus(Duration.ofHours(1)))
                .put("origin", server)
                .put("authority", server);
        tokens.forEach(kept::put);
        return store();
    }

    /** The same with nothing more. */
    public HelperDesk profile(String name, String server, String... alsoFor) {
        return profile(name, server, alsoFor.length == 0 ? Map.of() : Map.of("also_for", List.of(alsoFor)), Map.of());
    }

    /** Makes a profile the active one. */
    public HelperDesk active(String name) {
        document.put("active_profile", name);
        return store();
    }

    private HelperDesk store() {
        try {
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = home.resolve("credentials.json");
            Files.writeString(file, LocalJson.write(document.members()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is stored. */
    public String stored() {
        try {
            return Files.readString(home.resolve("credentials.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks: {@code credential} and the words, with this standard input. */
    public AstResult ask(String input, String... words) {
        return ask(input.getBytes(StandardCharsets.UTF_8), words);
    }

    /** The same with any bytes. */
    public AstResult ask(byte[] input, String... words) {
        RecordedScreen screen = RecordedScreen.piped();
        Interrupts interrupts = new Interrupts();
        Foundation base = new Foundation(
                Environment.of(environment),
                screen.screen(),
                () -> now,
                Sleeper.real(interrupts),
                interrupts,
                new Signals(interrupts, () -> now, code -> {}));
        StoreParts store = new StoreParts(base);
        Settings settings = SettingsReader.prepared(SealedEnvironment.of(base.home()));
        AtomicReference<OnlineParts> online = new AtomicReference<>();
        SessionParts session = new SessionParts(base, store, settings.platforms(), online::get);
        online.set(new OnlineParts(base, store, session, settings));
        CredentialCommands commands = new CredentialCommands(
                HelperProtocols.all(
                        session.originCredentials(),
                        base.environment(),
                        () -> online.get().http()),
                new Selections(new TokenText(base::input)),
                () -> new ByteArrayInputStream(input),
                Runnable::run,
                selection -> new Setting(session.originCredentials(), selection));
        CommandParts parts = new CommandParts(base, store, session, online::get);
        Catalog catalog = new Catalog(Set.of("credential"), word -> commands.specs());
        PlainExecution execution = new PlainExecution(
                catalog,
                new Views(base.screen(), result -> null),
                base.redactor(),
                interrupts,
                base.conversations()::of);
        String[] line = new String[words.length + 1];
        line[0] = "credential";
        System.arraycopy(words, 0, line, 1, words.length);
        int code = parts.runner(execution).run(List.of(line));
        return new AstResult(code, screen.out(), screen.err());
    }

    /** Sets up for a program in {@code /opt/ast}, which is not there. */
    private final class Setting implements CredentialCommands.Setting {
        private final OriginCredentials origins;
        private final Selection selection;

        private Setting(OriginCredentials origins, Selection selection) {
            this.origins = origins;
            this.selection = selection;
        }

        @Override
        public SetupPlace place(Optional<String> host, Map<String, String> options) {
            return new SetupPlace(
                    Path.of("/opt/ast/bin/ast"),
                    origins.setUpFor(selection, host),
                    selection.profile(),
                    Environment.of(environment),
                    () -> new Programs(new ChildEnvironment(Set.of())),
                    options);
        }

        @Override
        public boolean answers(ServerOrigin origin) {
            return origins.answers(selection, origin);
        }
    }
}
