package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.host.Sleeper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits on 127.0.0.1 for the one answer of a browser (RFC 8252 section 7.3), and on ::1 too where the redirect address
 * names {@code localhost}, which may mean either; elsewhere where the user says so. Only a GET of the redirect address's
 * path under its very host and port counts, and only the first that belongs to this sign-in; whatever else comes gets an
 * error page and changes nothing. Nothing is kept of a request that is longer than 16 KiB or takes longer than five
 * seconds. Of more than 64 connections the oldest is closed. Closed with the sign-in, it leaves no port and no thread.
 */
public final class LoopbackListener implements AutoCloseable {
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int PATIENCE_MILLIS = 5000;
    private static final int MOST_CONNECTIONS = 64;
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final byte[] IPV4 = {127, 0, 0, 1};
    private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final List<ServerSocket> sockets;
    private final URI redirect;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final CompletableFuture<BrowserAnswer> answer = new CompletableFuture<>();
    private final Deque<Socket> open = new ConcurrentLinkedDeque<>();
    private final List<Thread> accepting = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> foreign = new AtomicReference<>();
    private volatile Function<String, BrowserAnswer> reader =
            query -> new BrowserAnswer.Foreign("nothing was asked yet");

    private LoopbackListener(List<ServerSocket> sockets, URI redirect) {
        this.sockets = sockets;
        this.redirect = redirect;
    }

    /**
     * Takes the port of a redirect address.
     *
     * @param address its host is {@code 127.0.0.1} or {@code localhost}; port 0 stands for a free one
     * @param place where to listen instead; the browser is sent to the redirect address all the same, and to this port
     *     where that has none
     * @throws dev.ast.domain.FailureException (failed) when the port is not free
     */
    public static LoopbackListener open(URI address, Optional<InetSocketAddress> place) {
        int port = place.map(InetSocketAddress::getPort).orElse(address.getPort());
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            sockets.add(bound(place.isPresent() ? place.get().getAddress() : InetAddress.getByAddress(IPV4), port));
            int taken = sockets.get(0).getLocalPort();
            if (place.isEmpty() && address.getHost().equals("localhost")) {
                alsoOnIpv6(sockets, taken);
            }
            int named = address.getPort() == 0 ? taken : address.getPort();
            return new LoopbackListener(
                    List.copyOf(sockets),
                    URI.create("http://" + address.getHost() + ":" + named + address.getRawPath()));
        } catch (IOException e) {
            sockets.forEach(LoopbackListener::closeQuietly);
            String host =
                    place.map(given -> given.getAddress().getHostAddress()).orElse(address.getHost());
            throw Failure.failed(
                    "cannot listen on " + (host.contains(":") ? "[" + host + "]" : host) + (port == 0 ? "" : ":" + port)
                            + " for the browser",
                    port == 0
                            ? "try again"
                            : place.isPresent()
                                    ? "end the program that has it, or give another address to --listen"
                                    : "end the program that has it, or set another redirect-port in config.yml");
        }
    }

    // A machine without IPv6 has no ::1. One where another program listens there would send the browser to that one.
    private static void alsoOnIpv6(List<ServerSocket> sockets, int port) throws IOException {
        try {
            sockets.add(bound(InetAddress.getByAddress(IPV6), port));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                throw e;
            }
        }
    }

    private static ServerSocket bound(InetAddress address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(address, port), MOST_CONNECTIONS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The address that the authorization server sends the browser to. */
    public URI redirect() {
        return redirect;
    }

    /** The port of this machine; another one than that of {@link #redirect} where somebody forwards it. */
    public int port() {
        return sockets.get(0).getLocalPort();
    }

    /** Answers browsers from now on, reading the query of each callback in the given way. */
    public void listen(Function<String, BrowserAnswer> read) {
        reader = read;
        sockets.forEach(socket -> accepting.add(daemon(() -> accept(socket))));
    }

    /**
     * Waits for the answer; its page has been sent when this returns.
     *
     * @param beside asked again and again for an answer that came another way
     * @param told gets the reason why the first answer that was not ours is none
     * @throws dev.ast.domain.FailureException (timed_out) when it has not come in time; (interrupted) at Ctrl-C
     */
    public BrowserAnswer await(
            Instant deadline,
            InstantSource clock,
            Sleeper sleeper,
            Supplier<Optional<BrowserAnswer>> beside,
            Consumer<String> told) {
        boolean tellable = true;
        while (!answer.isDone()) {
            Optional<BrowserAnswer> other = beside.get();
            if (other.isPresent() && answered.compareAndSet(false, true)) {
                return other.get();
            }
            String why = foreign.get();
            if (tellable && why != null) {
                told.accept(why);
                tellable = false;
            }
            if (!clock.instant().isBefore(deadline)) {
                throw Failure.timedOut("the browser sent no answer in time", "start again: ast login");
            }
            sleeper.pause(LOOK);
        }
        return answer.join();
    }

    /** Frees the port and ends every connection. */
    @Override
    public void close() {
        sockets.forEach(LoopbackListener::closeQuietly);
        for (Thread thread : accepting) {
            try {
                // The port is free only when the thread that waits at it has noticed.
                thread.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        // After those threads: they may just have taken one more.
        open.forEach(LoopbackListener::closeQuietly);
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket browser = socket.accept();
                open.add(browser);
                if (open.size() > MOST_CONNECTIONS) {
                    // A browser opens some in advance and sends nothing on them; its thread ends with its connection.
                    open.stream().findFirst().ifPresent(LoopbackListener::closeQuietly);
                }
                daemon(() -> serve(browser));
            } catch (IOException e) {
                // Closed, or a connection that went away before it was taken: the loop's condition decides.
            }
        }
    }

    private void serve(Socket browser) {
        try (browser) {
            browser.setSoTimeout(PATIENCE_MILLIS);
            String[] head = head(browser.getInputStream()).split("\r\n", -1);
            String[] line = head[0].split(" ", -1);
            boolean headOnly = line.length == 3 && line[0].equals("HEAD");
            String target = line.length == 3 && line[0].equals("GET") && isOurs(head) ? line[1] : "";
            int question = target.indexOf('?');
            if (question < 0 || !target.substring(0, question).equals(redirect.getRawPath())) {
                send(browser, LoopbackPage.NOT_HERE, !headOnly);
            } else if (answered.get()) {
                send(browser, LoopbackPage.AGAIN, true);
            } else {
                answer(browser, reader.apply(target.substring(question + 1)));
            }
        } catch (IOException e) {
            // A browser that went away, or something else: there is nobody to answer.
            return;
        } finally {
            open.remove(browser);
        }
    }

    private void answer(Socket browser, BrowserAnswer read) throws IOException {
        if (read instanceof BrowserAnswer.Foreign other) {
            foreign.compareAndSet(null, other.why());
            send(browser, LoopbackPage.FOREIGN, true);
        } else if (!answered.compareAndSet(false, true)) {
            send(browser, LoopbackPage.AGAIN, true);
        } else {
            try {
                send(browser, page(read), true);
            } finally {
                answer.complete(read);
            }
        }
    }

    // A page of another site that made its name mean 127.0.0.1 would send that name here.
    private boolean isOurs(String[] head) {
        for (String line : head) {
            if (line.regionMatches(true, 0, "Host:", 0, 5)) {
                return line.substring(5).strip().equals(redirect.getRawAuthority());
            }
        }
        return false;
    }

    private static LoopbackPage page(BrowserAnswer read) {
        if (read instanceof BrowserAnswer.Allowed) {
            return LoopbackPage.ALLOWED;
        }
        return read instanceof BrowserAnswer.Refused ? LoopbackPage.REFUSED : LoopbackPage.UNUSABLE;
    }

    private static void send(Socket browser, LoopbackPage page, boolean withBody) throws IOException {
        browser.getOutputStream().write(page.answer(withBody));
        browser.getOutputStream().flush();
        browser.shutdownOutput();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int last = 0;
        while (bytes.size() < LONGEST_HEAD) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            bytes.write(b);
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                return bytes.toString(StandardCharsets.ISO_8859_1);
            }
        }
        throw new IOException("no request");
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "loopback");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // The connection is not needed any more.
            return;
        }
    }
}
