package dev.ast.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on loopback that knows {@code CONNECT} only. Whatever the requested address, it connects to one given port of
 * this machine, so that names that do not exist can be used. It records all bytes that pass from the client.
 */
public final class ConnectProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final int exit;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Answer> refusal = new AtomicReference<>();

    private ConnectProxy(ServerSocket socket, int exit) {
        this.socket = socket;
        this.exit = exit;
        ScriptedServer.daemon(this::accept);
    }

    /**
     * A proxy in plain http.
     *
     * @param exit the port where every tunnel ends
     */
    public static ConnectProxy to(int exit) {
        try {
            return new ConnectProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), exit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A proxy that is itself spoken to in TLS. */
    public static ConnectProxy to(int exit, TestAuthority.ServerKey key) {
        try {
            return new ConnectProxy(
                    key.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    exit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every request with this instead of a tunnel. */
    public ConnectProxy refusing(Answer answer) {
        refusal.set(answer);
        return this;
    }

    /** The port. */
    public int port() {
        return socket.getLocalPort();
    }

    /** What clients asked of the proxy itself. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Every byte that passed through the tunnels from clients, as text of one byte per character. */
    public String seen() {
        synchronized (seen) {
            return seen.toString(StandardCharsets.ISO_8859_1);
        }
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
                // A failed handshake concerns its client only; a closed socket ends the loop.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            Request request = ScriptedServer.read(in, 1);
            requests.add(request);
            Answer no = refusal.get();
            if (no != null || !request.method().equals("CONNECT")) {
                out.write((no == null ? Answer.status(405) : no).bytes(true));
                out.flush();
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), exit)) {
                open.add(server);
                out.write("HTTP/1.1 200 Tunnel\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                ScriptedServer.daemon(() -> copy(server, client, false));
                copy(client, server, true);
            }
        } catch (IOException e) {
            // One side went away.
        }
    }

    private void copy(Socket from, Socket to, boolean record) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (record) {
                    synchronized (seen) {
                        seen.write(buffer, 0, count);
                    }
                }
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // One side went away.
        } finally {
            ScriptedServer.closeQuietly(to);
        }
    }
}
