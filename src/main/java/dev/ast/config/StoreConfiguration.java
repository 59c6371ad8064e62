package dev.ast.config;

import dev.ast.credential.StorageSetting;
import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.credential.keyring.KeyringTokenRepository;
import dev.ast.credential.keyring.Keyrings;
import dev.ast.credential.keyring.UserPrompt;
import dev.ast.domain.StorageKind;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Sleeper;
import dev.ast.login.LoginStorage;
import dev.ast.profile.ProfileEditor;
import dev.ast.profile.Profiles;
import dev.ast.profile.StorageMigration;
import dev.ast.profile.StoredSessions;
import dev.ast.shell.interactive.ShellConversations;
import java.time.InstantSource;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Profiles, and the stores of their tokens. */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {

    @Bean
    PrivateFiles privateFiles(AstHome home) {
        return new PrivateFiles(home.directory());
    }

    @Bean
    LockFiles lockFiles(AstHome home, PrivateFiles files, InstantSource clock, Sleeper sleeper) {
        return new LockFiles(home, files, clock, sleeper);
    }

    @Bean
    CredentialsFile credentialsFile(AstHome home, PrivateFiles files, LockFiles locks) {
        return new CredentialsFile(home, files, locks);
    }

    @Bean
    FileTokenRepository fileTokenRepository(CredentialsFile file) {
        return new FileTokenRepository(file);
    }

    @Bean
    KeyringTokenRepository keyringTokenRepository(
            Environment environment, ShellConversations conversations, Interrupts interrupts, AstHome home) {
        UserPrompt userPrompt = new UserPrompt(conversations::canAsk, conversations::tell);
        return new KeyringTokenRepository(
                Keyrings.forThisMachine(System.getProperty("os.name", ""), environment, userPrompt, interrupts, home),
                home,
                System::nanoTime);
    }

    @Bean
    Stores stores(FileTokenRepository file, ObjectProvider<KeyringTokenRepository> keyring) {
        return kind -> kind == StorageKind.FILE ? file : keyring.getObject();
    }

    @Bean
    LoginStorage loginStorage(
            Environment environment,
            ConfigurableEnvironment settings,
            ObjectProvider<KeyringTokenRepository> keyring,
            ShellConversations conversations) {
        return new LoginStorage(
                () -> StorageSetting.parse(environment
                        .get("AST_STORAGE")
                        .orElseGet(() -> settings.getProperty("ast.storage", StorageSetting.AUTO.word()))),
                () -> keyring.getObject().prepare(),
                conversations::tell);
    }

    @Bean
    StorageMigration storageMigration(
            Profiles profiles,
            StoredSessions sessions,
            Stores stores,
            ObjectProvider<KeyringTokenRepository> keyring,
            Interrupts interrupts) {
        return new StorageMigration(
                profiles, sessions, stores, () -> keyring.getObject().prepare(), interrupts);
    }

    /** The repository of each kind, asked only when it is needed. */
    interface Stores extends Function<StorageKind, TokenRepository> {}

    @Bean
    Profiles profiles(CredentialsFile file) {
        return new Profiles(file);
    }

    @Bean
    StoredSessions storedSessions(Profiles profiles, Stores stores, LockFiles locks, InstantSource clock) {
        return new StoredSessions(profiles, stores, locks, clock);
    }

    @Bean
    ProfileEditor profileEditor(Profiles profiles, StoredSessions sessions, Stores stores) {
        return new ProfileEditor(profiles, sessions, stores);
    }
}
