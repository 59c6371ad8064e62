package dev.ast.app;

import dev.ast.credential.KeyringState;
import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.EventFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.credential.file.TokenFiles;
import dev.ast.credential.helper.HelperStores;
import dev.ast.credential.keyring.KeyringTokenRepository;
import dev.ast.credential.keyring.Keyrings;
import dev.ast.credential.keyring.UserPrompt;
import dev.ast.domain.StorageKind;
import dev.ast.host.AskingProgram;
import dev.ast.host.Programs;
import dev.ast.profile.Directories;
import dev.ast.profile.EventLog;
import dev.ast.profile.ProfileEditor;
import dev.ast.profile.Profiles;
import dev.ast.profile.StorageMigration;
import dev.ast.profile.StoredSessions;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where profiles and tokens are kept. What is costly is made when it is first asked for. */
public final class StoreParts {
    private final Foundation base;
    private final PrivateFiles files;
    private final LockFiles locks;
    private final CredentialsFile file;
    private final FileTokenRepository fileTokens;
    private final Profiles profiles;
    private final Directories directories;
    private @Nullable KeyringTokenRepository keyring;
    private @Nullable HelperStores helpers;
    private @Nullable Supplier<Programs> programs;
    private boolean logging = true;

    /** Parts for the given home. */
    public StoreParts(Foundation base) {
        this.base = base;
        this.files = new PrivateFiles(base.home().directory());
        this.locks = new LockFiles(base.home(), files, base.clock(), base.sleeper());
        this.file = new CredentialsFile(base.home(), files, locks);
        this.fileTokens = new FileTokenRepository(file);
        this.profiles = new Profiles(file);
        this.directories = new Directories(file, () -> Path.of(""));
        if (base.home().tokenFiles().toFile().exists()) {
            tokenFiles().sweep();
        }
    }

    /** Token files for programs. */
    TokenFiles tokenFiles() {
        return new TokenFiles(base.home().directory(), base.home().tokenFiles());
    }

    /** The files of the home, which only the user can read. */
    public PrivateFiles files() {
        return files;
    }

    /** The locks between processes. */
    public LockFiles locks() {
        return locks;
    }

    /** The file of profiles and of tokens that no keyring holds. */
    public CredentialsFile file() {
        return file;
    }

    /** The list of profiles. */
    public Profiles profiles() {
        return profiles;
    }

    /** The directories that are bound to a profile. */
    public Directories directories() {
        return directories;
    }

    /** The tokens in the file. */
    public FileTokenRepository fileTokens() {
        return fileTokens;
    }

    /** The tokens in the system keyring. One for all profiles: it keeps its connection, and asks only once what hangs. */
    public synchronized KeyringTokenRepository keyringTokens() {
        if (keyring == null) {
            keyring = new KeyringTokenRepository(
                    Keyrings.forThisMachine(
                            System.getProperty("os.name", ""),
                            base.environment(),
                            prompt(),
                            base.interrupts(),
                            base.home()),
                    base.home(),
                    System::nanoTime);
        }
        return keyring;
    }

    private UserPrompt prompt() {
        return new UserPrompt(base.conversations()::canAsk, base.conversations()::tell);
    }

    /** Starts credential helpers in this way, once it is known which variables hold tokens. */
    synchronized void programs(Supplier<Programs> starting) {
        programs = starting;
    }

    /** Sets whether the log gets entries; it does if nothing is set. */
    public void logging(boolean wanted) {
        logging = wanted;
    }

    /** The log of what happens to the sessions. */
    public EventLog log() {
        return new EventLog(
                new EventFile(base.home().logFile()),
                () -> logging,
                base.clock(),
                base.redactor()::redact,
                AskingProgram::name);
    }

    /** The stores behind credential helpers. One for all profiles, as the keyring. */
    public synchronized HelperStores helpers() {
        if (helpers == null) {
            Supplier<Programs> starting = programs;
            if (starting == null) {
                throw new IllegalStateException("a helper is asked before it is known what to keep from it");
            }
            helpers = new HelperStores(starting, base.environment(), base.interrupts(), prompt(), base.home());
        }
        return helpers;
    }

    /** The repository of a kind. */
    public TokenRepository tokens(StorageKind kind) {
        if (kind.isHelper()) {
            return helpers().of(kind);
        }
        return kind.equals(StorageKind.FILE) ? fileTokens() : keyringTokens();
    }

    /**
     * Looks whether a store can take tokens, before a server is asked for them.
     *
     * @return the state of the keyring, which {@code auto} may do without
     * @throws dev.ast.domain.FailureException (storage) when a helper does not work
     */
    KeyringState prepare(StorageKind kind) {
        if (kind.equals(StorageKind.KEYRING)) {
            return keyringTokens().prepare();
        }
        if (kind.isHelper()) {
            helpers().of(kind).check();
        }
        return KeyringState.READY;
    }

    /** The sessions of all profiles. */
    public StoredSessions sessions() {
        return new StoredSessions(profiles, this::tokens, locks, base.clock(), log());
    }

    /** Changes profiles. */
    public ProfileEditor profileEditor() {
        return new ProfileEditor(profiles, sessions(), this::tokens);
    }

    /** Moves tokens between the stores. */
    public StorageMigration migration() {
        return new StorageMigration(profiles, sessions(), this::tokens, this::prepare, base.interrupts());
    }

    /** The settings of the shell. */
    public ShellSettings shellSettings() {
        return new ShellSettings(configFile());
    }

    /** The user's settings as a file. */
    ConfigFile configFile() {
        return new ConfigFile(base.home().configFile(), files, locks::settings);
    }
}
