package dev.ast.http;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Interrupts;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;

/**
 * One request under way. It runs on a thread of its own, because a name look-up cannot be broken; who asked waits no
 * longer than the deadline and leaves at once when Ctrl-C is pressed, and the connection is closed.
 */
final class Exchange {
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration STOPPED = Duration.ofHours(12);

    private final HttpCall call;
    private final Optional<ProxyRules.Proxy> proxy;
    private final CloseableHttpClient client;
    private final Interrupts interrupts;
    private final Optional<RequestBody> body;
    private final HttpUriRequestBase request;
    private final AtomicBoolean sent = new AtomicBoolean();
    private final TransportErrors errors;

    Exchange(HttpCall call, Optional<ProxyRules.Proxy> proxy, CloseableHttpClient client, Interrupts interrupts) {
        this.call = call;
        this.proxy = proxy;
        this.client = client;
        this.interrupts = interrupts;
        this.body = call.body().map(RequestBody::new);
        this.request = request(call, proxy, body);
        this.errors = new TransportErrors(call, proxy);
    }

    /** Reads something from the network. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /** Reads what is needed from an open response. */
    @FunctionalInterface
    interface Use<T> {
        T of(ClassicHttpResponse response) throws IOException;
    }

    /** Sends the request and gives what is made of the response, within the deadline of the call. */
    <T> T run(Use<T> use) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread worker = new Thread(
                () -> {
                    try {
                        if (!result.complete(use.of(open()))) {
                            abort();
                        }
                    } catch (Throwable thrown) {
                        abort();
                        result.completeExceptionally(thrown);
                    }
                },
                "ast-http");
        worker.setDaemon(true);
        try (Interrupts.Registration ignored = interrupts.onInterrupt(() -> result.cancel(false))) {
            if (!result.isDone()) {
                worker.start();
            }
            return await(result);
        } catch (TimeoutException e) {
            throw givenUp(errors.deadline(sent.get())).asException();
        } catch (ExecutionException e) {
            throw thrown(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException | InterruptedException e) {
            throw givenUp(interrupted()).asException();
        }
    }

    /**
     * Waits for the result until the deadline, of which only time counts in which this process ran: one that was
     * stopped (Ctrl-Z, SIGSTOP) still takes the answer that has come meanwhile.
     */
    private <T> T await(CompletableFuture<T> result) throws InterruptedException, ExecutionException, TimeoutException {
        long left = call.deadline().toNanos();
        while (true) {
            long step = Math.min(left, STEP.toNanos());
            long before = System.nanoTime();
            try {
                return result.get(step, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                left -= Math.min(System.nanoTime() - before, 2 * step);
                if (body.isPresent() && body.get().moves()) {
                    left = call.deadline().toNanos();
                }
                if (left <= 0) {
                    throw e;
                }
            }
        }
    }

    /** Reads on the caller's thread, with failures reported as those of {@link #run}. */
    <T> T translating(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            if (interrupts.pending()) {
                throw interrupted().asException();
            }
            boolean silent = e instanceof SocketTimeoutException;
            throw (silent ? errors.silence() : errors.of(e, sent.get())).asException();
        }
    }

    /** Closes the connection; the thread that uses it fails at once. */
    void abort() {
        request.abort();
    }

    private ClassicHttpResponse open() throws IOException {
        // The port as it stands in the address, usually none: with another one the client would name the server, not
        // the proxy, when it greets a proxy in TLS.
        HttpHost target = new HttpHost(
                call.origin().scheme(), call.uri().getHost(), call.uri().getPort());
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(Connections.SENT, sent);
        // For this server alone: a proxy that greets in TLS is another one.
        call.certificate()
                .ifPresent(shown -> context.setAttribute(
                        Connections.CERTIFICATE + call.uri().getHost(), shown));
        proxy.filter(by -> !by.socks()).flatMap(ProxyRules.Proxy::login).ifPresent(login -> {
            BasicScheme basic = new BasicScheme();
            char[] password =
                    login.password().map(secret -> secret.reveal()).orElse("").toCharArray();
            basic.initPreemptive(new UsernamePasswordCredentials(login.user(), password));
            context.getAuthExchange(request.getConfig().getProxy()).select(basic);
        });
        ClassicHttpResponse response = client.executeOpen(target, request, context);
        if (!sent.get()) {
            // RFC 9110 section 9.3.6: the tunnel was refused, and this is the response of the proxy, not of the server.
            throw new TransportErrors.TunnelRefused(response.getCode());
        }
        return response;
    }

    private TransportFailure interrupted() {
        try {
            interrupts.check();
            return TransportFailure.interrupted(sent.get(), new Failure.Interrupted(Exit.INTERRUPTED));
        } catch (FailureException e) {
            return TransportFailure.interrupted(sent.get(), e.failure());
        }
    }

    private TransportFailure givenUp(TransportFailure failure) {
        abort();
        return failure;
    }

    private RuntimeException thrown(Throwable thrown) {
        if (thrown instanceof IOException e) {
            return errors.of(e, sent.get()).asException();
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof FailureException failure) {
            return failure;
        }
        return new IllegalStateException("the HTTP client failed", thrown);
    }

    // The socket counts the time in which the process was stopped, too, and the deadline of such a call does not.
    private static Duration silence(HttpCall call) {
        return call.protection().isPresent() ? call.deadline().plus(STOPPED) : call.deadline();
    }

    private static HttpUriRequestBase request(
            HttpCall call, Optional<ProxyRules.Proxy> proxy, Optional<RequestBody> body) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.uri());
        call.headers().forEach(header -> request.addHeader(header.getKey(), header.getValue()));
        request.setHeader("Accept-Encoding", "gzip");
        if (!call.readsOnly()) {
            request.setHeader("Connection", "close");
        }
        body.ifPresent(entity -> {
            request.setEntity(entity);
            request.setHeader("Content-Type", call.contentType().orElse("application/octet-stream"));
        });
        RequestConfig.Builder config = RequestConfig.custom()
                .setAuthenticationEnabled(false)
                .setRedirectsEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setConnectionKeepAlive(Connections.KEEP_ALIVE)
                .setResponseTimeout(Timeout.of(silence(call)));
        proxy.filter(by -> !by.socks())
                .ifPresent(by -> config.setProxy(new HttpHost(by.tls() ? "https" : "http", by.host(), by.port())));
        request.setConfig(config.build());
        return request;
    }
}
