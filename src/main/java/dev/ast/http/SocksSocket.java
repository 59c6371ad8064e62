package dev.ast.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A connection through a SOCKS 5 proxy (RFC 1928), with user and password where the proxy wants them (RFC 1929). The
 * JDK's own one takes those from a setting of the whole process, and tells the proxy the name of the user otherwise.
 */
final class SocksSocket extends Socket {
    private static final int VERSION = 5;
    private static final int LOGIN_VERSION = 1;
    private static final int NO_LOGIN = 0;
    private static final int LOGIN = 2;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private final ProxyRules.Proxy proxy;

    SocksSocket(ProxyRules.Proxy proxy) {
        this.proxy = proxy;
    }

    /** The proxy makes no connection. The message says why, for the user. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    /**
     * Connects to the proxy, and through it to the endpoint; an unresolved one is looked up by the proxy.
     *
     * @param timeout for the connection, and then for each answer of the proxy, in milliseconds
     */
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        InetSocketAddress place = new InetSocketAddress(proxy.host(), proxy.port());
        if (place.isUnresolved()) {
            throw new Refused("the name " + proxy.host() + " of the proxy was not found");
        }
        super.connect(place, timeout);
        int before = getSoTimeout();
        setSoTimeout(timeout);
        try {
            DataInputStream in = new DataInputStream(getInputStream());
            greet(in);
            ask(in, (InetSocketAddress) endpoint);
        } catch (EOFException e) {
            throw new Refused("the proxy closed the connection");
        }
        setSoTimeout(before);
    }

    private void greet(DataInputStream in) throws IOException {
        boolean login = proxy.login().isPresent();
        send(login ? new byte[] {VERSION, 2, NO_LOGIN, LOGIN} : new byte[] {VERSION, 1, NO_LOGIN});
        version(in);
        int method = in.readUnsignedByte();
        if (method == LOGIN && login) {
            login(in, proxy.login().get());
        } else if (method != NO_LOGIN) {
            throw new Refused("the proxy asks for " + (login ? "another way to sign in" : "a user and a password"));
        }
    }

    private void login(DataInputStream in, ProxyRules.Login login) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(LOGIN_VERSION);
        text(request, login.user());
        text(request, login.password().map(secret -> secret.reveal()).orElse(""));
        byte[] bytes = request.toByteArray();
        send(bytes);
        Arrays.fill(bytes, (byte) 0);
        in.readUnsignedByte();
        if (in.readUnsignedByte() != 0) {
            throw new Refused("the proxy does not accept the user and the password");
        }
    }

    private void ask(DataInputStream in, InetSocketAddress target) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {VERSION, CONNECT, 0});
        if (target.isUnresolved()) {
            request.write(NAME);
            text(request, target.getHostString());
        } else {
            byte[] address = target.getAddress().getAddress();
            request.write(address.length == 4 ? IPV4 : IPV6);
            request.writeBytes(address);
        }
        request.write(target.getPort() >> 8);
        request.write(target.getPort());
        send(request.toByteArray());
        version(in);
        int reply = in.readUnsignedByte();
        if (reply != 0) {
            throw new Refused(why(reply));
        }
        in.readUnsignedByte();
        int kind = in.readUnsignedByte();
        int rest = kind == IPV4 ? 4 : kind == IPV6 ? 16 : kind == NAME ? in.readUnsignedByte() : -1;
        if (rest < 0) {
            throw notSocks();
        }
        in.readFully(new byte[rest + 2]); // the proxy's own address, which nobody needs
    }

    // RFC 1928 section 6.
    private static String why(int reply) {
        return switch (reply) {
            case 2 -> "the rules of the proxy do not allow it";
            case 3 -> "the proxy finds no way to its network";
            case 4 -> "the proxy does not find or reach it";
            case 5 -> "connection refused, behind the proxy";
            case 6 -> "it is too far from the proxy";
            case 7, 8 -> "the proxy does not support this kind of connection";
            default -> "the proxy failed";
        };
    }

    private void version(DataInputStream in) throws IOException {
        if (in.readUnsignedByte() != VERSION) {
            throw notSocks();
        }
    }

    private static Refused notSocks() {
        return new Refused("this proxy does not use SOCKS 5");
    }

    /** A text behind its length, of 255 bytes at most. */
    private static void text(ByteArrayOutputStream out, String text) throws Refused {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) {
            throw new Refused("a name, user or password is longer than the 255 bytes of SOCKS 5");
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private void send(byte[] bytes) throws IOException {
        getOutputStream().write(bytes);
        getOutputStream().flush();
    }
}
