package dev.ast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.Settings;
import dev.ast.domain.ServerOrigin;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import dev.ast.session.ProfileSwitcher;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.PlainProvider;
import jakarta.annotation.PostConstruct;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;

/** The program is an ordinary Spring Boot application: beans are injected and replaced, events and callbacks work. */
class AstApplicationTest {
    private static final List<String> SEEN = new ArrayList<>();

    @TempDir
    private Path home;

    /** Beans beside those of the program. */
    @Configuration(proxyBeanMethods = false)
    static class Beside {
        @Bean
        @Lazy(false)
        Watcher watcher(ProfileSwitcher switcher) {
            return new Watcher(switcher);
        }
    }

    /** Notes what happens to it. */
    static class Watcher {
        private final ProfileSwitcher switcher;

        Watcher(ProfileSwitcher switcher) {
            this.switcher = switcher;
        }

        @PostConstruct
        void made() {
            SEEN.add("made with " + switcher.getClass().getSimpleName());
        }

        @EventListener
        void ready(ApplicationReadyEvent event) {
            SEEN.add("ready: " + event.getApplicationContext().isActive());
        }
    }

    /** Settings with one platform, in place of those of the files. */
    @Configuration(proxyBeanMethods = false)
    static class Replaced {
        @Bean
        @Primary
        Settings settingsOfTheTest() {
            Provider mine = PlainProvider.named("mine", "My platform", ServerOrigin.parse("https://mine.example.com"));
            return new Settings(new Providers(List.of(mine)), Optional.empty(), false, List.of(), List.of());
        }
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void injectsBeansAndCallsThemBackAndPublishesEvents() {
        AstInside ast = AstInside.in(home).with(application -> application.addPrimarySources(Set.of(Beside.class)));

        assertThat(ast.run("version").exit()).isZero();
        assertThat(SEEN).containsExactly("made with ProfileSwitcher", "ready: true");
    }

    @Test
    void aBeanOfATestTakesThePlaceOfOneOfTheProgram() {
        AstInside ast = AstInside.in(home).with(application -> application.addPrimarySources(Set.of(Replaced.class)));

        assertThat(ast.run("profile", "create", "work", "--provider", "mine"))
                .isEqualTo(new AstResult(0, "", "Created profile work\n"));
        assertThat(ast.run("profile", "list").out()).contains("https://mine.example.com");
        assertThat(ast.run("profile", "create", "other", "--provider", "astropods")
                        .err())
                .contains("there is no provider 'astropods'");
    }

    @Test
    void theExitCodeIsThatOfTheCommand() {
        AstInside ast = AstInside.in(home);
        assertThat(ast.run("whoami").exit()).isEqualTo(4);
        assertThat(ast.run("nonsense").exit()).isEqualTo(2);
    }
}
