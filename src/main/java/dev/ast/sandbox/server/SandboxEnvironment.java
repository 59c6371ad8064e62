package dev.ast.sandbox.server;

import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * A sealed environment: neither environment variables nor system properties nor files of the current directory are
 * sources of configuration, so that what the sandbox does depends on its command line alone.
 */
final class SandboxEnvironment extends StandardEnvironment {

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        // Not calling super is the point: it would add the environment variables and the system properties.
        sources.addLast(new MapPropertySource(
                "sandbox",
                Map.of(
                        "spring.config.location", "optional:classpath:/sandbox/none/",
                        "spring.main.banner-mode", "off",
                        "spring.main.log-startup-info", "false",
                        "logging.level.root", "off",
                        "logging.threshold.console", "off")));
    }
}
