package dev.ast.config;

import dev.ast.host.Browser;
import dev.ast.host.ChildEnvironment;
import dev.ast.host.Environment;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.host.Sleeper;
import dev.ast.http.Http;
import dev.ast.output.Screen;
import dev.ast.output.Version;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.util.HashSet;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** This computer, and the way out of it; what {@link dev.ast.launch.Foundation} made before is there already. */
@Configuration(proxyBeanMethods = false)
public class HostConfiguration {

    @Bean
    Sleeper sleeper(Interrupts interrupts) {
        return Sleeper.real(interrupts);
    }

    @Bean
    Input input(Interrupts interrupts, Screen screen) {
        return new Input(interrupts, screen.isTerminal(Screen.Stream.IN));
    }

    @Bean
    ChildEnvironment childEnvironment(Providers providers) {
        Set<String> secrets = new HashSet<>(Set.of("AST_TOKEN"));
        for (Provider provider : providers.all()) {
            secrets.addAll(provider.tokenVariables());
            provider.options().keyPair().ifPresent(pair -> secrets.add(pair.secretVariable()));
        }
        return new ChildEnvironment(secrets);
    }

    @Bean
    Programs programs(ChildEnvironment children) {
        return new Programs(children);
    }

    @Bean
    Browser browser(Environment environment, ChildEnvironment children) {
        return new Browser(environment, children);
    }

    @Bean
    Http http(Environment environment, Interrupts interrupts) {
        return new Http(environment, interrupts, "ast/" + Version.ofBuild().version());
    }
}
