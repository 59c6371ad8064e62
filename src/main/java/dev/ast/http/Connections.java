package dev.ast.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The Apache clients under {@link Http}, each made when it is first needed. All leave out everything that acts on
 * its own: redirects, repeats, cookies, authentication, unpacking, upgrades. One keeps
 * connections for a few seconds, for questions that follow each other; another opens a connection for each request,
 * because a request that changes something must not be lost in a connection that the server was just closing. A SOCKS
 * proxy has a pair of its own: to Apache its connections look like direct ones.
 */
final class Connections implements AutoCloseable {
    /** The context attribute whose {@code AtomicBoolean} becomes true before the first byte of the request is sent. */
    static final String SENT = "dev.ast.http.sent";

    /** With a host behind it, the context attribute of the {@link ClientCertificate} that this host may ask for. */
    static final String CERTIFICATE = "dev.ast.http.certificate";

    /** For one network address of a server; the call's own deadline goes over all of them. */
    static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(10);

    /** Shorter than the five seconds after which the most impatient usual server closes an idle connection. */
    static final TimeValue KEEP_ALIVE = TimeValue.ofSeconds(4);

    /** What makes the JDK compare a certificate with the host. */
    static final String COMPARE_NAMES = "HTTPS";

    private static final int MAX_HEADER_LINES = 200;
    private static final int MAX_LINE_LENGTH = 32 * 1024;

    private final Trust trust;
    private final String userAgent;
    private final List<Client> clients = new ArrayList<>();

    Connections(Trust trust, String userAgent) {
        this.trust = trust;
        this.userAgent = userAgent;
    }

    /**
     * A client, and what it is for.
     *
     * @param socks the SOCKS proxy that its connections go through
     */
    private record Client(boolean reuse, Optional<ProxyRules.Proxy> socks, CloseableHttpClient apache) {}

    /** The client for a call. */
    synchronized CloseableHttpClient clientFor(boolean mayReuse, Optional<ProxyRules.Proxy> proxy) {
        Optional<ProxyRules.Proxy> socks = proxy.filter(ProxyRules.Proxy::socks);
        for (Client client : clients) {
            if (client.reuse() == mayReuse && client.socks().equals(socks)) {
                return client.apache();
            }
        }
        CloseableHttpClient made = make(mayReuse, socks);
        clients.add(new Client(mayReuse, socks, made));
        return made;
    }

    private CloseableHttpClient make(boolean reuse, Optional<ProxyRules.Proxy> socks) {
        Http1Config limits = Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADER_LINES)
                .setMaxLineLength(MAX_LINE_LENGTH)
                .build();
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(pool(socks)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(limits)
                                // The client's own parser reads on over lines that are not HTTP.
                                .responseParserFactory(new DefaultHttpResponseParserFactory(limits))
                                .build())
                        .setTlsSocketStrategy((socket, host, port, attachment, context) -> secured(
                                socket,
                                host,
                                port,
                                context.getAttribute(CERTIFICATE + host) instanceof ClientCertificate shown
                                        ? trust.context(shown)
                                        : trust.context()))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT_TIMEOUT)
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .build())
                        // A call that was given up can hold its place until the name service lets go of it.
                        .setMaxConnPerRoute(32)
                        .setMaxConnTotal(64)
                        .build())
                .setUserAgent(userAgent)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableContentCompression()
                .addRequestInterceptorLast((request, entity, context) -> {
                    if (context.getAttribute(SENT) instanceof AtomicBoolean sent) {
                        sent.set(true);
                    }
                });
        if (!reuse) {
            builder.setConnectionReuseStrategy((request, response, context) -> false);
        }
        return builder.build();
    }

    private static PoolingHttpClientConnectionManagerBuilder pool(Optional<ProxyRules.Proxy> socks) {
        return socks.isEmpty() ? PoolingHttpClientConnectionManagerBuilder.create() : new SocksPool(socks.get());
    }

    /** Makes connections through a SOCKS proxy. */
    private static final class SocksPool extends PoolingHttpClientConnectionManagerBuilder {
        private final ProxyRules.Proxy proxy;

        SocksPool(ProxyRules.Proxy proxy) {
            this.proxy = proxy;
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    ignored -> new SocksSocket(proxy),
                    ports,
                    proxy.resolves() ? new Unresolved() : names,
                    scheme -> scheme.equals("https") ? tls : null);
        }
    }

    /** Leaves names to the proxy. */
    private static final class Unresolved implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) {
            return List.of(InetSocketAddress.createUnresolved(host, port));
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** Reads the authorities. */
    void requireTrust() {
        trust.context();
    }

    /** Trusts the authorities in a file too. Connections that are open stay. */
    void trust(String file) {
        trust.add(file);
    }

    private static SSLSocket secured(Socket socket, String host, int port, SSLContext tls) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        // RFC 9110 section 4.3.4: the certificate is compared with the host during the handshake, see ServerTrust.
        parameters.setEndpointIdentificationAlgorithm(COMPARE_NAMES);
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    @Override
    public synchronized void close() {
        clients.forEach(client -> client.apache().close(CloseMode.IMMEDIATE));
        clients.clear();
    }
}
