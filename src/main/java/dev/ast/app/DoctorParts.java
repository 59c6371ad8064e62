package dev.ast.app;

import dev.ast.credential.StorageSetting;
import dev.ast.credential.file.OutputFile;
import dev.ast.diagnosis.Bundle;
import dev.ast.diagnosis.Check;
import dev.ast.diagnosis.Diagnosis;
import dev.ast.diagnosis.Doctor;
import dev.ast.diagnosis.Examination;
import dev.ast.diagnosis.Finding;
import dev.ast.diagnosis.HelperChecks;
import dev.ast.diagnosis.HomeChecks;
import dev.ast.diagnosis.MachineChecks;
import dev.ast.diagnosis.ServerChecks;
import dev.ast.diagnosis.StoreChecks;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.host.Launcher;
import dev.ast.output.Coloring;
import dev.ast.output.Screen;
import dev.ast.output.Version;
import dev.ast.profile.EventLog;
import dev.ast.session.Recipients;
import dev.ast.session.Selection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The checks of {@code doctor}. A new one is a {@link Check} in the list of {@link #local} or {@link #run}. */
final class DoctorParts implements Examination {
    private static final ServerOrigin ANY = ServerOrigin.parse("https://example.com");

    private final Foundation base;
    private final StoreParts store;
    private final SessionParts session;
    private final OnlineParts online;

    DoctorParts(Foundation base, StoreParts store, SessionParts session, OnlineParts online) {
        this.base = base;
        this.store = store;
        this.session = session;
        this.online = online;
    }

    @Override
    public Diagnosis run(Request request, Consumer<String> running) {
        request.profile().ifPresent(this::require);
        Optional<String> file = request.bundle().map(name -> base.environment().expand(name));
        file.ifPresent(OutputFile::requireFree);
        ServerChecks servers = online.serverChecks();
        List<Check> local = new ArrayList<>(local(request.writeTest()));
        local.addAll(servers.local());
        Diagnosis found = new Doctor(local, () -> servers.of(request.profile()))
                .examine(request.offline(), request.fix(), running);
        if (file.isEmpty()) {
            return found;
        }
        OutputFile.create(file.get(), Bundle.of(found, facts()).getBytes(StandardCharsets.UTF_8));
        return found.bundledIn(file.get());
    }

    // A store that cannot be read is a finding.
    private void require(ProfileName profile) {
        try {
            store.profiles().require(profile);
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.Storage)) {
                throw e;
            }
        }
    }

    private List<Check> local(boolean writeTest) {
        StoreChecks stores = new StoreChecks(
                store.profiles(), store.sessions(), store::keyringTokens, store::helpers, setting(), base.clock());
        List<Check> checks = new ArrayList<>();
        checks.addAll(new HomeChecks(base.home(), store.file(), store.locks()).all());
        checks.add(new Check("config", this::config));
        checks.addAll(stores.all());
        checks.add(new Check("log", this::log));
        if (writeTest) {
            checks.add(StoreChecks.writingToHome(store.files(), base.home()));
            if (keyringWanted()) {
                checks.add(stores.writing("keyring-write", store::keyringTokens));
            }
            setting()
                    .store()
                    .filter(StorageKind::isHelper)
                    .ifPresent(kind -> checks.add(
                            stores.writing("helper-write", () -> store.helpers().of(kind))));
        }
        checks.addAll(new MachineChecks(base.environment(), Launcher.ofProcess()).all());
        checks.add(new Check("terminal", this::terminal));
        checks.addAll(new HelperChecks(
                        base.environment(),
                        session::programs,
                        host -> session.recipients()
                                .find(Selection.NONE, Recipients.named(host))
                                .isPresent())
                .all());
        checks.add(new Check("proxy", this::proxy));
        return checks;
    }

    private boolean keyringWanted() {
        return setting().mayUseKeyring();
    }

    private StorageSetting setting() {
        return StorageSetting.parse(
                base.environment().get("AST_STORAGE").or(online::storage).orElse(StorageSetting.AUTO.word()));
    }

    private List<Finding> config() {
        ConfigFile file = store.configFile();
        if (!Files.exists(file.path())) {
            return List.of(Finding.ok("does not exist, so the packaged settings hold"));
        }
        try {
            SealedEnvironment read = SealedEnvironment.of(file.path()); // says most about a file that cannot be read
            UserConfig.check(file.text());
            List<Finding> found = new ArrayList<>();
            for (String key : SettingsReader.unknownKeys(read)) {
                String meant = KnownSettings.near(key)
                        .map(near -> "you may mean " + near + ": ")
                        .orElse("");
                found.add(Finding.warning("an unknown key has no effect", meant + "ast config edit")
                        .about(key));
            }
            return found.isEmpty() ? List.of(Finding.ok("can be read").about(file.path())) : found;
        } catch (FailureException e) {
            Finding failed = Finding.of(e.failure(), "cannot be used").about(file.path());
            return List.of(failed.next("ast config edit"
                    + e.failure().hint().map(hint -> "; or " + hint).orElse("")));
        }
    }

    private List<Finding> log() {
        EventLog log = store.log();
        if (!log.isEnabled()) {
            return List.of(Finding.ok("is off"));
        }
        // A home that does not exist yet is made by what writes there first.
        boolean fine = log.isWritable() || !Files.exists(base.home().directory());
        return List.of(
                fine
                        ? Finding.ok("can be written")
                        : Finding.warning("cannot be written, so entries are lost", "check its owner and mode: ls -l")
                                .about(base.home().logFile()));
    }

    private List<Finding> terminal() {
        Screen screen = base.screen();
        List<Finding> found = new ArrayList<>();
        found.add(
                screen.isTerminal(Screen.Stream.OUT)
                        ? Finding.ok("has " + screen.width() + " columns")
                        : Finding.ok("standard output is none"));
        if (!screen.unicode()) {
            found.add(Finding.ok("signs beyond ASCII are not used").next("set LANG to a locale with UTF-8"));
        }
        if (!screen.colors(Coloring.AUTO, Screen.Stream.OUT)) {
            found.add(Finding.ok("colours are not used"));
        }
        return found;
    }

    private List<Finding> proxy() {
        Optional<String> proxy = online.http().proxyFor(ANY);
        return List.of(
                proxy.map(address -> Finding.ok("is set in the environment").about(address))
                        .orElse(Finding.ok("none is set")));
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("ast", Version.ofBuild().version());
        for (String name : List.of("java.version", "java.vendor", "os.name", "os.version", "os.arch")) {
            facts.put(name.replace('.', '_'), System.getProperty(name, ""));
        }
        facts.put("launcher", Launcher.ofProcess().isPresent());
        facts.put("home_is_usual", base.home().standard());
        facts.put("profiles", profiles());
        facts.put("keyring_wanted", keyringWanted());
        return facts;
    }

    private int profiles() {
        try {
            return store.profiles().names().size();
        } catch (FailureException e) {
            return 0;
        }
    }
}
