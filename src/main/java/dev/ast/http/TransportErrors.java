package dev.ast.http;

import dev.ast.http.TransportFailure.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/**
 * Describes an exception of the network in one line. It names the server, or the proxy, and never the path, a
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
        return failure(
                Kind.TIMED_OUT,
                sent,
                sent ? call.origin() + " did not answer completely" + within : unreached() + "no connection" + within,
                proxyHint());
    }

    /** A streamed answer has stopped. */
    TransportFailure silence() {
        return failure(Kind.TIMED_OUT, true, call.origin() + " sent nothing for " + seconds(call.deadline()));
    }

    /**
     * What an exception means.
     *
     * @param sent whether the request was on its way
     */
    TransportFailure of(IOException e, boolean sent) {
        String answer = "the answer of " + call.origin();
        if (e instanceof TunnelRefused refused) {
            return tunnelRefused(refused);
        }
        if (e instanceof Bodies.TooLarge) {
            return failure(Kind.TOO_LARGE, sent, answer + " is larger than " + size(call.maxBody()));
        }
        if (has(e, MessageConstraintException.class)) {
            return failure(Kind.TOO_LARGE, sent, "the header of " + answer + " is too large");
        }
        if (e instanceof Bodies.UnknownPacking || has(e, ZipException.class)) {
            return failure(Kind.NOT_HTTP, sent, answer + " cannot be unpacked");
        }
        if (has(e, SocketTimeoutException.class)) {
            return sent
                    ? deadline(true)
                    : failure(Kind.TIMED_OUT, false, unreached() + "no connection in time", proxyHint());
        }
        if (!sent) {
            return has(e, SSLException.class) ? handshake(e) : unconnected(e);
        }
        boolean garbled = has(e, MalformedChunkCodingException.class) && !has(e, TruncatedChunkException.class);
        return garbled || has(e, HttpException.class)
                ? failure(Kind.NOT_HTTP, true, call.origin() + " did not answer with valid HTTP")
                : failure(Kind.CLOSED, true, call.origin() + " closed the connection before its answer was complete");
    }

    private TransportFailure unconnected(IOException e) {
        if (e instanceof SocksSocket.Refused refused) {
            return failure(Kind.PROXY, false, unreached() + refused.getMessage(), proxyHint());
        }
        if (has(e, UnknownHostException.class)) {
            // With socks5 it is the server's name that is looked up here.
            Optional<ProxyRules.Proxy> http = proxy.filter(by -> !by.socks());
            String host = http.map(ProxyRules.Proxy::host).orElse(call.origin().host());
            if (proxy.isPresent() && http.isEmpty()) {
                return failure(
                        Kind.NAME_NOT_FOUND,
                        false,
                        unreached() + "the name " + host + " was not found",
                        Optional.of("write socks5h:// to have the proxy look names up"));
            }
            return failure(
                    proxyOr(Kind.NAME_NOT_FOUND),
                    false,
                    unreached() + "the name " + host + " was not found",
                    proxyHint().or(() -> Optional.of("check the address and the network")));
        }
        if (has(e, NoRouteToHostException.class)) {
            return failure(proxyOr(Kind.REFUSED), false, unreached() + "there is no route to it", proxyHint());
        }
        if (has(e, ConnectException.class)) {
            return failure(proxyOr(Kind.REFUSED), false, unreached() + "connection refused", proxyHint());
        }
        return failure(proxyOr(Kind.CLOSED), false, unreached() + "the connection was closed", proxyHint());
    }

    private TransportFailure tunnelRefused(TunnelRefused refused) {
        String why = refused.status == 407
                ? "the proxy asks for another user or password (407)"
                : "the proxy refused the tunnel (" + refused.status + ")";
        return failure(Kind.PROXY, false, unreached() + why, proxyHint());
    }

    private TransportFailure handshake(IOException e) {
        String distrust = "cannot trust " + call.origin()
                + proxy.filter(ProxyRules.Proxy::tls)
                        .map(by -> " or the proxy " + by)
                        .orElse("") + ": its certificate ";
        if (has(e, CertificateExpiredException.class)) {
            return failure(Kind.TLS, false, distrust + "has expired");
        }
        if (has(e, CertificateNotYetValidException.class)) {
            return failure(Kind.TLS, false, distrust + "is not valid yet", Optional.of("check this computer's clock"));
        }
        if (has(e, CertPathBuilderException.class)) {
            return failure(
                    Kind.TLS,
                    false,
                    distrust + "is self-signed or of an unknown authority",
                    Optional.of("if you know the authority, name the file of its certificate in AST_CA_BUNDLE"));
        }
        if (has(e, CertPathValidatorException.class)) {
            return failure(Kind.TLS, false, distrust + "is not acceptable");
        }
        if (mentions(e, "key usage")) {
            return failure(Kind.TLS, false, distrust + "is not made for servers (extended key usage)");
        }
        if (has(e, CertificateException.class)) {
            return failure(Kind.TLS, false, distrust + "is for another host");
        }
        String text = String.valueOf(e.getMessage());
        if (text.contains("Unsupported or unrecognized SSL message")) {
            return failure(Kind.TLS, false, unreached() + "this port does not use TLS");
        }
        if (has(e, EOFException.class) || has(e, SocketException.class)) {
            return failure(Kind.CLOSED, false, unreached() + "the connection was closed during the TLS handshake");
        }
        return failure(Kind.TLS, false, unreached() + "no agreement on TLS (1.2 or newer is needed)");
    }

    private Kind proxyOr(Kind kind) {
        return proxy.isPresent() ? Kind.PROXY : kind;
    }

    private static TransportFailure failure(Kind kind, boolean sent, String message) {
        return TransportFailure.of(kind, sent, message, Optional.empty());
    }

    private static TransportFailure failure(Kind kind, boolean sent, String message, Optional<String> hint) {
        return TransportFailure.of(kind, sent, message, hint);
    }

    private String unreached() {
        return "cannot reach " + call.origin()
                + proxy.map(by -> " through the proxy " + by).orElse("") + ": ";
    }

    private Optional<String> proxyHint() {
        return proxy.map(by -> "check HTTPS_PROXY, ALL_PROXY and NO_PROXY");
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    // The JDK has no type of its own for this.
    private static boolean mentions(Throwable thrown, String words) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof CertificateException
                    && String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT).contains(words)) {
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
