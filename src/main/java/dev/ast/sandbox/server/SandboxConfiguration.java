package dev.ast.sandbox.server;

import dev.ast.sandbox.server.api.ApprovalEndpoint;
import dev.ast.sandbox.server.api.ProtectedApi;
import dev.ast.sandbox.server.grant.DemoUsers;
import dev.ast.sandbox.server.grant.DeviceDecisions;
import dev.ast.sandbox.server.page.ErrorPages;
import dev.ast.sandbox.server.page.SignInPages;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The web side of the sandbox, wired by hand: with so few parts, that is clearer and starts faster than
 * auto-configuration, and nothing that happens to be on the class path joins in.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@Import(AuthorizationServerConfiguration.class)
class SandboxConfiguration implements WebMvcConfigurer {

    @Override
    public Validator getValidator() {
        // Nothing here is validated by annotations; without this, Hibernate Validator would be started for nothing.
        return Validator.forType(Void.class, (target, errors) -> {});
    }

    @Bean
    TomcatServletWebServerFactory webServer(SandboxOptions options, SandboxAddress address)
            throws UnknownHostException {
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(options.port());
        tomcat.setAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Path scratch = address.scratch();
        tomcat.setBaseDirectory(scratch.toFile());
        // Set, or Tomcat would look for "public" and "static" in the current directory.
        tomcat.setDocumentRoot(scratch.toFile());
        tomcat.setShutdown(Shutdown.IMMEDIATE);
        tomcat.addErrorPages(new ErrorPage(ErrorPages.PATH));
        var cookie = tomcat.getSettings().getSession().getCookie();
        // Cookies know no ports: the name keeps two sandboxes apart.
        cookie.setName("ast-sandbox-" + options.port());
        cookie.setHttpOnly(true);
        tomcat.getSettings().getSession().setTimeout(Duration.ofMinutes(30));
        return tomcat;
    }

    @Bean
    DispatcherServlet dispatcherServlet() {
        return new DispatcherServlet();
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> dispatcherServletRegistration(DispatcherServlet servlet) {
        return new ServletRegistrationBean<>(servlet, "/");
    }

    @Bean
    DelegatingFilterProxyRegistrationBean securityFilter() {
        var filter = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        filter.setOrder(0);
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return filter;
    }

    @Bean
    FilterRegistrationBean<LoopbackHostFilter> loopbackHostFilter(SandboxAddress address) {
        var filter = new FilterRegistrationBean<>(new LoopbackHostFilter(address.host()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    ProtectedApi protectedApi(DemoUsers users) {
        return new ProtectedApi(users);
    }

    @Bean
    ApprovalEndpoint approvalEndpoint(DeviceDecisions decisions, SandboxAddress address) {
        return new ApprovalEndpoint(decisions, address.adminToken());
    }

    @Bean
    SignInPages signInPages(
            DemoUsers users, RegisteredClientRepository clients, OAuth2AuthorizationService authorizations) {
        return new SignInPages(users, clients, authorizations);
    }

    @Bean
    ErrorPages errorPages() {
        return new ErrorPages();
    }
}
