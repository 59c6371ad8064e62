package dev.ast.support;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A SOCKS 5 proxy on loopback (RFC 1928, RFC 1929). Whatever the requested address, it connects to one given port of this
 * machine, so that names that do not exist can be used.
 */
public final class SocksProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final int exit;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile String login = "";
    private volatile int reply;
    private volatile byte[] noise = {};

    private SocksProxy(ServerSocket socket, int exit) {
        this.socket = socket;
        this.exit = exit;
        ScriptedServer.daemon(this::accept);
    }

    /** A proxy whose connections all end at a port. */
    public static SocksProxy to(int exit) {
        try {
            return new SocksProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), exit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for this user and password, as {@code user:password}. */
    public SocksProxy asking(String wanted) {
        login = wanted;
        return this;
    }

    /** Answers every request with this code instead of a connection. */
    public SocksProxy refusing(int code) {
        reply = code;
        return this;
    }

    /** Answers every greeting with these bytes, and hangs up. */
    public SocksProxy answering(byte[] bytes) {
        noise = bytes;
        return this;
    }

    /** The port. */
    public int port() {
        return socket.getLocalPort();
    }

    /** What was asked for: kind of address, address, port. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        ScriptedServer.closeQuietly(socket);
        open.forEach(ScriptedServer::closeQuietly);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                ScriptedServer.daemon(() -> serve(client));
            } catch (IOException e) {
                // A closed socket ends the loop.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            in.readUnsignedByte();
            byte[] methods = in.readNBytes(in.readUnsignedByte());
            if (noise.length > 0) {
                out.write(noise);
                return;
            }
            boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
            if (!login.isEmpty() && !offered) {
                out.write(new byte[] {5, (byte) 0xff});
                return;
            }
            out.write(new byte[] {5, (byte) (login.isEmpty() ? 0 : 2)});
            if (!login.isEmpty()) {
                in.readUnsignedByte();
                String given = text(in) + ":" + text(in);
                out.write(new byte[] {1, (byte) (given.equals(login) ? 0 : 1)});
                if (!given.equals(login)) {
                    return;
                }
            }
            in.readNBytes(3);
            int kind = in.readUnsignedByte();
            String address = kind == 3
                    ? text(in)
                    : InetAddress.getByAddress(in.readNBytes(kind == 1 ? 4 : 16))
                            .getHostAddress();
            requests.add(kind + " " + address + " " + in.readUnsignedShort());
            out.write(new byte[] {5, (byte) reply, 0, 3, 1, 'x', 0, 1});
            if (reply == 0) {
                connect(client);
            }
        } catch (IOException e) {
            // One side went away.
        }
    }

    private void connect(Socket client) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), exit)) {
            open.add(server);
            ScriptedServer.daemon(() -> copy(server, client));
            copy(client, server);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side went away.
        } finally {
            ScriptedServer.closeQuietly(to);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
    }
}
