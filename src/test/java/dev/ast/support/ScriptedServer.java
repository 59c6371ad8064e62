package dev.ast.support;

import dev.ast.domain.ServerOrigin;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A server on loopback that answers what a test scripted, in plain http or TLS, and records every request. What is not
 * scripted is answered with 404. A script that has run out repeats its last answer.
 */
public final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String scheme;
    private final Map<String, Function<Request, Answer>> scripts = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedServer(ServerSocket socket, String scheme) {
        this.socket = socket;
        this.scheme = scheme;
        daemon(this::accept);
    }

    /** A server with plain http at {@code 127.0.0.1}. */
    public static ScriptedServer http() {
        try {
            return new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server with TLS at {@code 127.0.0.1}. */
    public static ScriptedServer https(TestAuthority.ServerKey key) {
        try {
            return new ScriptedServer(
                    key.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Scripts one method and path, as {@code "POST /token"}; one answer per request, the last one for ever. */
    public ScriptedServer on(String methodAndPath, Answer... answers) {
        Deque<Answer> left = new ArrayDeque<>(Arrays.asList(answers));
        return on(methodAndPath, request -> {
            synchronized (left) {
                return left.size() > 1 ? left.removeFirst() : left.getFirst();
            }
        });
    }

    /** Scripts one method and path by a function; {@code "*"} is everything that has no script of its own. */
    public ScriptedServer on(String methodAndPath, Function<Request, Answer> script) {
        scripts.put(methodAndPath, script);
        return this;
    }

    /** All requests so far, in the order of their arrival. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The requests for one method and path. */
    public List<Request> requests(String methodAndPath) {
        return requests.stream()
                .filter(request -> (request.method() + " " + request.path()).equals(methodAndPath))
                .toList();
    }

    /** How many connections have been opened, also those without a request. */
    public int connections() {
        return connections.get();
    }

    /** Closes all open connections, as a server does with those that are idle. */
    public void dropConnections() {
        open.forEach(ScriptedServer::closeQuietly);
    }

    /** The port. */
    public int port() {
        return socket.getLocalPort();
    }

    /** The server's origin, by address. */
    public ServerOrigin origin() {
        return new ServerOrigin(scheme, "127.0.0.1", port());
    }

    /**
     * An address of this server.
     *
     * @param pathAndQuery begins with a slash
     */
    public URI uri(String pathAndQuery) {
        return origin().resolve(pathAndQuery);
    }

    @Override
    public void close() {
        closed.countDown();
        closeQuietly(socket);
        dropConnections();
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket accepted = socket.accept();
                open.add(accepted);
                int number = connections.incrementAndGet();
                daemon(() -> serve(accepted, number));
                if (closed.getCount() == 0) {
                    closeQuietly(accepted);
                }
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
            }
        }
    }

    private void serve(Socket connection, int number) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            boolean more = true;
            while (more) {
                Request request = read(in, number);
                requests.add(request);
                Function<Request, Answer> script = scripts.getOrDefault(
                        request.method() + " " + request.path(),
                        scripts.getOrDefault("*", any -> Answer.text(404, "not scripted")));
                Answer answer = script.apply(request);
                say(answer, out, !request.method().equals("HEAD"));
                more = !answer.close()
                        && !request.header("Connection")
                                .orElse("")
                                .toLowerCase(Locale.ROOT)
                                .equals("close");
            }
        } catch (IOException e) {
            // The client went away, which is its right.
        } finally {
            open.remove(connection);
        }
    }

    private void say(Answer answer, OutputStream out, boolean withBody) throws IOException {
        pause(answer.delay());
        byte[] bytes = answer.bytes(withBody);
        int length = answer.cutAfter() >= 0 ? Math.min(answer.cutAfter(), bytes.length) : bytes.length;
        if (answer.perByte().isZero()) {
            out.write(bytes, 0, length);
        } else {
            for (int i = 0; i < length; i++) {
                out.write(bytes[i]);
                out.flush();
                pause(answer.perByte());
            }
        }
        out.flush();
        if (answer.stall()) {
            pause(Duration.ofHours(1));
        }
        while (answer.endless().length > 0 && closed.getCount() > 0) {
            out.write(answer.endless());
            out.flush();
            pause(answer.perByte());
        }
    }

    private void pause(Duration duration) throws IOException {
        try {
            if (!duration.isZero() && closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new EOFException("the server was closed");
            }
        } catch (InterruptedException e) {
            throw new EOFException("interrupted");
        }
    }

    static Request read(InputStream in, int number) throws IOException {
        String[] first = line(in).split(" ", 3);
        if (first.length < 3) {
            throw new EOFException("no request line");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        Map<String, String> lower = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon));
            String value = line.substring(colon + 1).strip();
            headers.add(Map.entry(name, value));
            lower.put(name.toLowerCase(Locale.ROOT), value);
        }
        byte[] body;
        if (lower.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                all.writeBytes(in.readNBytes(size));
                line(in);
            }
            line(in);
            body = all.toByteArray();
        } else {
            body = in.readNBytes(Integer.parseInt(lower.getOrDefault("content-length", "0")));
        }
        return new Request(first[0], first[1], List.copyOf(headers), body, number);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the client closed the connection");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // The failure cannot be reported.
        }
    }
}
