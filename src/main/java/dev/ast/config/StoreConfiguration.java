package dev.ast.config;

import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.StorageKind;
import dev.ast.host.AstHome;
import dev.ast.host.Waiter;
import dev.ast.profile.ProfileEditor;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Profiles, and the stores of their tokens. */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {

    @Bean
    PrivateFiles privateFiles(AstHome home, InstantSource clock) {
        return new PrivateFiles(home.directory(), clock);
    }

    @Bean
    LockFiles lockFiles(AstHome home, PrivateFiles files, InstantSource clock, Waiter waiter) {
        return new LockFiles(home, files, clock, waiter);
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
    Stores stores(FileTokenRepository file) {
        Map<StorageKind, TokenRepository> all = Map.of(StorageKind.FILE, file);
        return kind -> {
            TokenRepository store = all.get(kind);
            if (store == null) {
                throw Failure.storage("this program cannot reach the system keyring", "use a program that can");
            }
            return store;
        };
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
