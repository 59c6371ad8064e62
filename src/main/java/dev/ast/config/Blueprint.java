package dev.ast.config;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

/** What the build shows to Spring's ahead-of-time step, which writes the code that {@link ProgramContext} uses. */
public final class Blueprint {
    private Blueprint() {}

    /**
     * Describes the program to a build that stops it before any bean is made.
     *
     * @param args ignored
     */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(AstConfiguration.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.run();
    }
}
