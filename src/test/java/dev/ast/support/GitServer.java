package dev.ast.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Git over http at {@code 127.0.0.1}, by {@code git http-backend}, for those who send an accepted credential. */
public final class GitServer implements AutoCloseable {
    private static final String BACKEND = "/usr/lib/git-core/git-http-backend";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path root;
    private final String challenge;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    /**
     * A server.
     *
     * @param root the folder with the repositories
     * @param challenge what it asks for, such as {@code Basic realm="git"}
     */
    public GitServer(Path root, String challenge) {
        this.root = root;
        this.challenge = challenge;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Accepts this value of the {@code Authorization} header, and no other from now on. */
    public GitServer accept(String authorization) {
        accepted.clear();
        accepted.add(authorization);
        return this;
    }

    /** The origin. */
    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The values of the {@code Authorization} header that were sent, in order. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<String> authorization =
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
            authorization.ifPresent(sent::add);
            if (authorization.filter(accepted::contains).isEmpty()) {
                exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            answer(exchange, run(exchange, body));
        }
    }

    private byte[] run(HttpExchange exchange, byte[] body) throws IOException {
        ProcessBuilder backend = new ProcessBuilder(BACKEND);
        Map<String, String> environment = backend.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("HOME", root.toString());
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REMOTE_USER", "ada");
        environment.put("REMOTE_ADDR", "127.0.0.1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        environment.put("CONTENT_LENGTH", String.valueOf(body.length));
        header(exchange, "Content-Type").ifPresent(type -> environment.put("CONTENT_TYPE", type));
        header(exchange, "Content-Encoding").ifPresent(coding -> environment.put("HTTP_CONTENT_ENCODING", coding));
        header(exchange, "Git-Protocol").ifPresent(protocol -> environment.put("GIT_PROTOCOL", protocol));
        Process process = backend.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
        }
        try (InputStream out = process.getInputStream()) {
            return out.readAllBytes();
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    // As a CGI program answers (RFC 3875 section 6): headers, an empty line, the body.
    private static void answer(HttpExchange exchange, byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int status = 200;
        for (String line : text.substring(0, end).split("\r\n", -1)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        int length = answer.length - end - 4;
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer, end + 4, length);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
