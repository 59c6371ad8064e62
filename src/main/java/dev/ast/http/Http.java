package dev.ast.http;

import dev.ast.domain.FailureException;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * The HTTP client. It sends a request once: a redirect or a challenge is an answer like any other and is given
 * back, nothing is repeated, no cookie and no credential is remembered. A call ends at its deadline and at Ctrl-C, also
 * in a name look-up or a handshake. Plain http (loopback) builds nothing of TLS. Safe for many threads.
 */
public final class Http implements AutoCloseable {
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final Interrupts interrupts;
    private final ProxyRules proxies;
    private final Connections connections;
    private final Consumer<String> log;

    /**
     * A client whose requests are not reported.
     *
     * @param environment as {@link #Http(Environment, Interrupts, String, Consumer)}
     */
    public Http(Environment environment, Interrupts interrupts, String userAgent) {
        this(environment, interrupts, userAgent, line -> {});
    }

    /**
     * Opens nothing yet.
     *
     * @param environment where {@code HTTPS_PROXY}, {@code ALL_PROXY}, {@code NO_PROXY} and {@code AST_CA_BUNDLE} stand
     * @param userAgent the value of the User-Agent header, as {@code ast/1.2}
     * @param log receives a line for each request: method, address without its query, status, and milliseconds
     */
    public Http(Environment environment, Interrupts interrupts, String userAgent, Consumer<String> log) {
        this.log = log;
        this.interrupts = interrupts;
        this.proxies = new ProxyRules(environment);
        this.connections = new Connections(new Trust(environment), userAgent);
    }

    /**
     * Sends a request and reads the whole answer, whatever its status.
     *
     * @throws FailureException unreachable (with a {@link TransportFailure} as cause) when there is no complete answer
     *     within the deadline and the size limit; interrupted at Ctrl-C; usage when proxy or CA bundle are set wrongly
     */
    public HttpAnswer send(HttpCall call) {
        Optional<HttpCall.Protection> protection = call.protection();
        if (protection.isEmpty()) {
            return sendNow(call);
        }
        interrupts.check(); // before it is sent nothing is lost
        try (Interrupts.Registration section =
                interrupts.protect(protection.get().notice(), protection.get().patience())) {
            return sendNow(call);
        }
    }

    private HttpAnswer sendNow(HttpCall call) {
        Exchange exchange = exchange(call, call.readsOnly());
        return logged(call, () -> exchange.run(response -> Bodies.whole(call, response)), HttpAnswer::status);
    }

    /**
     * Sends a request and passes the answer's body on as it comes, without a limit of size. The deadline of the call
     * covers the way to the status line and headers; after that it is the longest time without data.
     *
     * @param sink called once with the answer without its body; gives where the body goes, which is flushed and not
     *     closed
     * @return the answer without its body
     * @throws IOException only what that stream itself throws
     * @throws FailureException as {@link #send}
     */
    public HttpAnswer stream(HttpCall call, Function<HttpAnswer, OutputStream> sink) throws IOException {
        Exchange exchange = exchange(call, false);
        ClassicHttpResponse response = logged(call, () -> exchange.run(open -> open), ClassicHttpResponse::getCode);
        HttpAnswer head = Bodies.head(call, response);
        // From here the caller's thread reads, so that nothing is written any more once this method is left.
        try (Interrupts.Registration ignored = interrupts.onInterrupt(exchange::abort)) {
            OutputStream out = sink.apply(head);
            InputStream body = exchange.translating(() -> Bodies.unpacked(response));
            byte[] buffer = new byte[16 * 1024];
            int count;
            while ((count = exchange.translating(() -> body.read(buffer))) >= 0) {
                interrupts.check();
                out.write(buffer, 0, count);
            }
            out.flush();
            return head;
        } finally {
            exchange.abort();
        }
    }

    private <T> T logged(HttpCall call, Supplier<T> sending, ToIntFunction<T> status) {
        long begin = System.nanoTime();
        String end = "failed";
        try {
            T answer = sending.get();
            end = Integer.toString(status.applyAsInt(answer));
            return answer;
        } finally {
            String path = call.uri().getRawPath() == null ? "" : call.uri().getRawPath();
            // Not formatted: the first use of a formatter costs milliseconds, and nobody may be listening.
            log.accept(call.method() + " " + call.origin() + path + ": " + end + ", "
                    + (System.nanoTime() - begin) / NANOS_OF_MILLI + " ms");
        }
    }

    private Exchange exchange(HttpCall call, boolean mayReuse) {
        interrupts.check();
        Optional<ProxyRules.Proxy> proxy = proxies.proxyFor(call.origin());
        return new Exchange(call, proxy, connections.clientFor(mayReuse, proxy), interrupts);
    }

    /**
     * Trusts the certificate authorities in a file too, from now on.
     *
     * @throws FailureException (usage) when the file cannot be used
     */
    public void trust(String file) {
        connections.trust(file);
    }

    /**
     * The proxy that requests to a server go through, without its login.
     *
     * @throws FailureException (usage) when a variable does not hold the address of a proxy
     */
    public Optional<String> proxyFor(ServerOrigin server) {
        return proxies.proxyFor(server).map(Object::toString);
    }

    /** Reads the certificate authorities. @throws FailureException (usage) when a file that the user names is unusable */
    public void requireTrust() {
        connections.requireTrust();
    }

    /** Closes all connections at once, also those in use. */
    @Override
    public void close() {
        connections.close();
    }
}
