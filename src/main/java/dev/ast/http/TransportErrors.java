package dev.ast.http;

import dev.ast.http.TransportFailure.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/**
 * Says in one line what an exception of the network means. It names the server, or the proxy, and never the path, a
 * header, or the text of the exception, which can hold both.
 */
final class TransportErrors {
    private final HttpCall call;
    private final Optional<ProxyRules.Proxy> proxy;

    TransportErrors(HttpCall call, Optional<ProxyRules.Proxy> proxy) {
        this.call = call;
        this.proxy = proxy;
    }

    /** The proxy answered the request for a tunnel, but not with a tunnel. */
    static final class TunnelRefused extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        TunnelRefused(int status) {
            this.status = status;
        }
    }

    /** The deadline came before the end of the answer. */
    TransportFailure deadline(boolean sent) {
        String within = " within " + seconds(call.deadline());
        String message = sent ? call.origin() + " did not answer completely" + within : unreached() + "no connection" + within;
        return TransportFailure.of(Kind.TIMED_OUT, sent, message, Optional.empty(), null);
    }

    /** What an exception means. @param sent whether the request was on its way */
    TransportFailure of(IOException e, boolean sent) {
        Optional<String> none = Optional.empty();
        if (e instanceof TunnelRefused refused) {
            return tunnelRefused(refused);
        }
        if (e instanceof Bodies.TooLarge) {
            return of(Kind.TOO_LARGE, sent, "the answer of " + call.origin() + " is larger than " + size(call.maxBody()), none, e);
        }
        if (has(e, MessageConstraintException.class)) {
            return of(Kind.TOO_LARGE, sent, "the header of the answer of " + call.origin() + " is too large", none, e);
        }
        if (e instanceof Bodies.UnknownPacking || has(e, ZipException.class)) {
            return of(Kind.NOT_HTTP, sent, "the answer of " + call.origin() + " cannot be unpacked", none, e);
        }
        if (has(e, SocketTimeoutException.class)) {
            return sent
                    ? of(Kind.TIMED_OUT, sent, call.origin() + " fell silent for " + seconds(call.deadline()), none, e)
                    : of(Kind.TIMED_OUT, sent, unreached() + "no answer to the connection", proxyHint(), e);
        }
        if (has(e, SSLException.class)) {
            return tls(e, sent);
        }
        if (!sent) {
            return unconnected(e);
        }
        boolean broken = has(e, MalformedChunkCodingException.class) && !has(e, TruncatedChunkException.class);
        boolean silent = e instanceof NoHttpResponseException || e instanceof ConnectionClosedException;
        if (broken || (has(e, HttpException.class) && !silent)) {
            return of(Kind.NOT_HTTP, sent, call.origin() + " did not answer in proper HTTP", none, e);
        }
        return of(Kind.CLOSED, sent, call.origin() + " closed the connection before its answer was complete", none, e);
    }

    private TransportFailure unconnected(IOException e) {
        if (has(e, UnknownHostException.class)) {
            String host = proxy.map(ProxyRules.Proxy::host).orElse(call.origin().host());
            return of(
                    proxy.isPresent() ? Kind.PROXY : Kind.NAME_NOT_FOUND,
                    false,
                    unreached() + "the name " + host + " was not found",
                    proxy.isPresent() ? proxyHint() : Optional.of("check the address and the network"),
                    e);
        }
        if (has(e, java.net.ConnectException.class)) {
            return of(
                    proxy.isPresent() ? Kind.PROXY : Kind.REFUSED,
                    false,
                    unreached() + "connection refused",
                    proxy.isPresent() ? proxyHint() : Optional.empty(),
                    e);
        }
        if (has(e, NoRouteToHostException.class)) {
            return of(Kind.REFUSED, false, unreached() + "there is no route to it", proxyHint(), e);
        }
        Kind kind = proxy.isPresent() ? Kind.PROXY : Kind.CLOSED;
        return of(kind, false, unreached() + "the connection was closed", proxyHint(), e);
    }

    private TransportFailure tunnelRefused(TunnelRefused refused) {
        String why = refused.status == 407
                ? "the proxy asks for another user or password (407)"
                : "the proxy refused the tunnel (" + refused.status + ")";
        return of(Kind.PROXY, false, unreached() + why, proxyHint(), refused);
    }

    private TransportFailure tls(IOException e, boolean sent) {
        String distrust = "cannot trust " + call.origin() + ": ";
        Optional<String> none = Optional.empty();
        if (has(e, CertificateExpiredException.class)) {
            return of(Kind.TLS, sent, distrust + "its certificate has expired", none, e);
        }
        if (has(e, CertificateNotYetValidException.class)) {
            return of(
                    Kind.TLS,
                    sent,
                    distrust + "its certificate is not valid yet",
                    Optional.of("check this computer's clock"),
                    e);
        }
        if (has(e, CertPathBuilderException.class)) {
            return of(
                    Kind.TLS,
                    sent,
                    distrust + "its certificate is self-signed or of an unknown authority",
                    Optional.of("if you know the authority, name the file of its certificate in AST_CA_BUNDLE"),
                    e);
        }
        if (has(e, CertPathValidatorException.class)) {
            return of(Kind.TLS, sent, distrust + "its certificate is not acceptable", none, e);
        }
        if (has(e, CertificateException.class)) {
            return of(Kind.TLS, sent, distrust + "its certificate is made out to another host", none, e);
        }
        String said = String.valueOf(e.getMessage());
        if (said.contains("Unsupported or unrecognized SSL message")) {
            return of(Kind.TLS, sent, unreached() + "it does not speak TLS at this port", none, e);
        }
        if (has(e, EOFException.class) || said.contains("terminated the handshake")) {
            return of(Kind.CLOSED, sent, unreached() + "the connection was closed during the TLS handshake", none, e);
        }
        if (sent) {
            return of(Kind.CLOSED, sent, call.origin() + " closed the connection before its answer was complete", none, e);
        }
        return of(Kind.TLS, sent, unreached() + "no agreement on TLS (1.2 or newer is needed)", none, e);
    }

    private static TransportFailure of(
            Kind kind, boolean sent, String message, Optional<String> hint, Throwable cause) {
        return TransportFailure.of(kind, sent, message, hint, cause);
    }

    private String unreached() {
        return "cannot reach " + call.origin()
                + proxy.map(by -> " through the proxy " + by).orElse("") + ": ";
    }

    private Optional<String> proxyHint() {
        return proxy.map(by -> "check HTTPS_PROXY and NO_PROXY");
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() >= 1 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String size(int bytes) {
        int mebibyte = 1024 * 1024;
        return bytes >= mebibyte && bytes % mebibyte == 0 ? bytes / mebibyte + " MiB" : bytes + " bytes";
    }
}
