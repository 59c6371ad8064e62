package dev.ast.sandbox.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The sandbox as a process: starts the authorization server and the API on 127.0.0.1, prints in one line of JSON where
 * they are, and ends with its standard input or on SIGTERM, so that it never outlives the program that started it.
 */
public final class SandboxServer implements AutoCloseable {

    /** The public client that is registered at the sandbox. */
    public static final String CLIENT_ID = "ast-sandbox";

    private static final int ATTEMPTS = 5;

    private final String adminToken = randomToken();
    private @Nullable ConfigurableApplicationContext context;
    private @Nullable Path scratch;
    private int port;

    /** Runs a sandbox until standard input ends; exit code 0, 1 if it cannot start, 2 for a bad option. */
    public static void main(String[] args) throws IOException {
        PrintStream answer = System.out;
        SandboxOptions options;
        try {
            options = SandboxOptions.parse(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println("sandbox: " + e.getMessage());
            Runtime.getRuntime().halt(2);
            return;
        }
        SandboxServer server = new SandboxServer();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            // SIGTERM is not a failure of a sandbox, but the JVM would exit with 143.
            Runtime.getRuntime().halt(0);
        }));
        try {
            server.start(options);
        } catch (RuntimeException | IOException e) {
            System.err.println("sandbox: cannot start: " + e.getMessage());
            server.close();
            Runtime.getRuntime().halt(1);
        }
        answer.println(server.readyLine());
        answer.flush();
        while (System.in.read() >= 0) {
            // Whatever the parent writes is of no interest; only the end of it is.
        }
        server.close();
    }

    /**
     * Starts the server; afterwards it answers at {@link #issuer()}.
     *
     * @throws IOException if no scratch directory or no port is available
     */
    public void start(SandboxOptions options) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int chosen = options.port() == 0 ? freePort() : options.port();
            try {
                run(options.withPort(chosen));
                port = chosen;
                return;
            } catch (RuntimeException e) {
                if (!causedByPortInUse(e)) {
                    throw e;
                }
                // The issuer is part of the configuration, so a free port is chosen before it is bound; somebody
                // else may have been faster.
                if (options.port() != 0 || attempt == ATTEMPTS) {
                    throw new IOException("port " + chosen + " is in use", e);
                }
            }
        }
    }

    private synchronized void run(SandboxOptions options) throws IOException {
        Path directory = Files.createTempDirectory("ast-sandbox-");
        scratch = directory;
        try {
            SpringApplication application = new SpringApplication(SandboxConfiguration.class);
            application.setWebApplicationType(WebApplicationType.SERVLET);
            application.setEnvironment(new SandboxEnvironment());
            application.setAddCommandLineProperties(false);
            application.setRegisterShutdownHook(false);
            application.addInitializers(fresh -> {
                var beans = ((GenericApplicationContext) fresh).getBeanFactory();
                beans.registerSingleton(
                        "sandboxAddress",
                        new SandboxAddress("http://127.0.0.1:" + options.port(), adminToken, directory));
                beans.registerSingleton("sandboxOptions", options);
            });
            context = application.run();
        } finally {
            // Tomcat needs directories only while it starts, so nothing is left even after a SIGKILL.
            deleteScratch();
        }
    }

    /** Where this server is, as OAuth clients know it, e.g. {@code http://127.0.0.1:49152}. */
    public String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** The secret of this run for {@code POST /sandbox/approve}. */
    public String adminToken() {
        return adminToken;
    }

    /** The one line of standard output: where the server is and how to approve at it. */
    String readyLine() {
        return "{\"issuer\":\"" + issuer() + "\",\"client_id\":\"" + CLIENT_ID + "\",\"admin_token\":\"" + adminToken
                + "\",\"port\":" + port + "}";
    }

    @Override
    public synchronized void close() {
        if (context != null) {
            context.close();
            context = null;
        }
        deleteScratch();
    }

    private void deleteScratch() {
        if (scratch != null) {
            FileSystemUtils.deleteRecursively(scratch.toFile());
            scratch = null;
            // Tomcat notes its directories here, and another server in this process would make them again.
            System.clearProperty("catalina.base");
            System.clearProperty("catalina.home");
        }
    }

    private static boolean causedByPortInUse(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) {
                return true;
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String randomToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
