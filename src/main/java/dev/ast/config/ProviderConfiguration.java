package dev.ast.config;

import dev.ast.host.Sleeper;
import dev.ast.http.Http;
import dev.ast.oauth.DevicePoller;
import dev.ast.oauth.IdTokens;
import dev.ast.oauth.OAuthTokens;
import dev.ast.oauth.TokenRevocationClient;
import dev.ast.output.Screen;
import dev.ast.output.Visible;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.Identities;
import dev.ast.provider.PlatformClients;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** The platforms, and the OAuth client that speaks to them. */
@Configuration(proxyBeanMethods = false)
public class ProviderConfiguration {

    @Bean
    Providers providers(ConfigurableEnvironment settings, Screen screen) {
        Map<String, ProviderSettings> bound = UserSettings.packagedAlone(settings)
                .map(PackagedSettings::providers)
                .orElseGet(() -> bind(settings, screen));
        List<Provider> providers = bound.entrySet().stream()
                .map(entry -> entry.getValue().provider(entry.getKey()))
                .toList();
        return new Providers(providers);
    }

    private static Map<String, ProviderSettings> bind(ConfigurableEnvironment settings, Screen screen) {
        UserSettings.unknownKeys(settings)
                .forEach(key -> screen.err("warning: config.yml: unknown key " + Visible.field(key) + "\n"));
        return UserSettings.checked(() -> Binder.get(settings)
                .bind("ast.providers", Bindable.mapOf(String.class, ProviderSettings.class))
                .orElse(Map.of()));
    }

    @Bean
    DevicePoller devicePoller(InstantSource clock, Sleeper sleeper) {
        return new DevicePoller(clock, sleeper);
    }

    @Bean
    OAuthTokens oauthTokens(
            Http http,
            InstantSource clock,
            DevicePoller poller,
            StoredSessions sessions,
            Profiles profiles,
            Providers providers,
            PlatformClients clients) {
        return new OAuthTokens(
                http,
                clock,
                poller,
                sessions,
                name -> profiles.find(name)
                        .map(profile -> clients.of(providers.of(profile), profile))
                        .orElseThrow(() -> Profiles.unknown(name)));
    }

    @Bean
    PlatformClients platformClients(Http http) {
        return new PlatformClients(http);
    }

    @Bean
    TokenRevocationClient tokenRevocationClient(Http http) {
        return new TokenRevocationClient(http);
    }

    @Bean
    IdTokens idTokens(Http http, InstantSource clock) {
        return new IdTokens(http, clock);
    }

    @Bean
    Identities identities(Http http, IdTokens idTokens) {
        return new Identities(http, idTokens);
    }
}
