package dev.ast.config;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The whole program. Everything is named here: nothing is scanned for and nothing configures itself. */
@Configuration(proxyBeanMethods = false)
@Import({
    HostConfiguration.class,
    StoreConfiguration.class,
    ProviderConfiguration.class,
    SessionConfiguration.class,
    CommandConfiguration.class,
    ShellConfiguration.class
})
public class AstConfiguration {}
