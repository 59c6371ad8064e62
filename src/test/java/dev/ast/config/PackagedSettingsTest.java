package dev.ast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

class PackagedSettingsTest {

    @Test
    void readsTheProvidersAsSpringBootWouldBindThem() {
        EnumerablePropertySource<?> packaged = PackagedSettings.source();
        StandardEnvironment settings = new StandardEnvironment();
        settings.getPropertySources().addFirst(packaged);
        Map<String, ProviderSettings> bound = Binder.get(settings)
                .bind("ast.providers", Bindable.mapOf(String.class, ProviderSettings.class))
                .get();
        Map<String, ProviderSettings> read = PackagedSettings.providers(packaged);
        assertThat(read.keySet())
                .containsExactlyInAnyOrderElementsOf(bound.keySet())
                .hasSizeGreaterThan(3);
        bound.forEach(
                (id, settled) -> assertThat(read.get(id).provider(id)).as(id).isEqualTo(settled.provider(id)));
    }
}
