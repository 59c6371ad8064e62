package dev.ast.credential.keyring.dbus;

import dev.ast.credential.keyring.dbus.BusException.Kind;
import dev.ast.host.Interrupts;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * A session bus over a Unix socket. The socket is never blocking: every wait goes through a selector, so that each one
 * ends at its deadline whatever the other side does.
 */
public final class SocketBus implements Bus {
    private static final String DAEMON = "org.freedesktop.DBus";
    private static final int SIGNALS_KEPT = 64;

    private final SocketChannel channel;
    private final Selector selector;
    private final Interrupts interrupts;
    private final Queue<BusMessage> signals = new ArrayDeque<>();
    private ByteBuffer received = ByteBuffer.allocate(16 * 1024).limit(0);
    // Registered for the connection's whole life, not wait by wait: whether a call has to wait varies, and what a
    // training run of the class archive happens not to reach costs each later start more than the call itself.
    private final Interrupts.Registration breaking;
    private int serial;
    private boolean cancellable;

    private SocketBus(SocketChannel channel, Selector selector, Interrupts interrupts) {
        this.channel = channel;
        this.selector = selector;
        this.interrupts = interrupts;
        this.breaking = interrupts.onInterrupt(selector::wakeup);
    }

    /**
     * Connects to the first socket that answers.
     *
     * @throws BusException (no bus) when nobody listens on any of them, (timed out) after the deadline
     */
    public static SocketBus connect(List<Path> sockets, Deadline deadline, Interrupts interrupts) throws BusException {
        IOException last = new IOException("no socket");
        for (Path socket : sockets) {
            try {
                SocketBus bus = open(socket, interrupts);
                try {
                    bus.introduce(deadline);
                    return bus;
                } catch (IOException | BusException | RuntimeException e) {
                    bus.close();
                    throw e;
                }
            } catch (IOException | UnsupportedOperationException e) {
                last = e instanceof IOException io ? io : new IOException(e);
            }
        }
        throw BusException.of(
                Kind.NO_BUS, "the session bus cannot be reached at " + sockets.get(0) + " (" + last.getMessage() + ")");
    }

    private static SocketBus open(Path socket, Interrupts interrupts) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = null;
        try {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new SocketBus(channel, selector, interrupts);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
    }

    private void introduce(Deadline deadline) throws IOException, BusException {
        cancellable = true;
        if (channel.isConnectionPending()) {
            wait(deadline, SelectionKey.OP_CONNECT);
            channel.finishConnect();
        }
        // SASL EXTERNAL without a name: the bus takes the user that the kernel reports for this socket.
        send(deadline, "\0AUTH EXTERNAL\r\n".getBytes(StandardCharsets.US_ASCII));
        String answer = line(deadline);
        if (answer.equals("DATA")) {
            send(deadline, "DATA\r\n".getBytes(StandardCharsets.US_ASCII));
            answer = line(deadline);
        }
        if (!answer.startsWith("OK")) {
            throw BusException.of(Kind.NO_BUS, "the session bus refused this user");
        }
        send(deadline, "BEGIN\r\n".getBytes(StandardCharsets.US_ASCII));
        call(deadline, DAEMON, "/org/freedesktop/DBus", DAEMON, "Hello", "", List.of());
        cancellable = false;
    }

    @Override
    public List<Object> call(
            Deadline deadline,
            String destination,
            String path,
            String interfaceName,
            String member,
            String signature,
            List<Object> arguments)
            throws BusException {
        int number = ++serial;
        try {
            send(
                    deadline,
                    BusMessage.call(number, destination, path, interfaceName, member, signature, arguments)
                            .bytes());
            while (true) {
                BusMessage message = next(deadline);
                if (message.type() == BusMessage.SIGNAL) {
                    keep(message);
                } else if (message.replySerial() == number && message.type() == BusMessage.RETURN) {
                    return message.body();
                } else if (message.replySerial() == number && message.type() == BusMessage.ERROR) {
                    throw BusException.error(message.errorName());
                }
            }
        } catch (IOException e) {
            throw closed();
        }
    }

    @Override
    public BusMessage await(Deadline deadline, Predicate<BusMessage> wanted) throws BusException {
        for (Iterator<BusMessage> kept = signals.iterator(); kept.hasNext(); ) {
            BusMessage signal = kept.next();
            if (wanted.test(signal)) {
                kept.remove();
                return signal;
            }
        }
        try {
            while (true) {
                BusMessage message = next(deadline);
                if (message.type() == BusMessage.SIGNAL) {
                    if (wanted.test(message)) {
                        return message;
                    }
                    keep(message);
                }
            }
        } catch (IOException e) {
            throw closed();
        }
    }

    @Override
    public void cancellable(boolean now) {
        cancellable = now;
    }

    private void keep(BusMessage signal) {
        if (signals.size() == SIGNALS_KEPT) {
            signals.remove();
        }
        signals.add(signal);
    }

    private void send(Deadline deadline, byte[] bytes) throws IOException, BusException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        channel.write(out);
        while (out.hasRemaining()) {
            wait(deadline, SelectionKey.OP_WRITE);
            channel.write(out);
        }
        // The message may have held a secret in plain.
        Arrays.fill(bytes, (byte) 0);
    }

    private BusMessage next(Deadline deadline) throws IOException, BusException {
        while (true) {
            OptionalInt length = BusMessage.length(received);
            if (length.isPresent() && received.remaining() >= length.getAsInt()) {
                byte[] message = new byte[length.getAsInt()];
                received.get(message);
                return BusMessage.read(message);
            }
            receive(deadline, length.orElse(BusMessage.START));
        }
    }

    private String line(Deadline deadline) throws IOException, BusException {
        StringBuilder line = new StringBuilder();
        while (line.length() < 512) {
            if (!received.hasRemaining()) {
                receive(deadline, 1);
            }
            char next = (char) received.get();
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            line.append(next);
        }
        throw BusException.of(Kind.MALFORMED, "the process at the bus address is not a D-Bus daemon");
    }

    /** Takes in what has come, at least one byte, with space for a message of the length. */
    private void receive(Deadline deadline, int length) throws IOException, BusException {
        if (received.capacity() < length) {
            received = ByteBuffer.allocate(length).put(received);
        } else {
            received.compact();
        }
        try {
            int count = channel.read(received);
            while (count == 0) {
                wait(deadline, SelectionKey.OP_READ);
                count = channel.read(received);
            }
            if (count < 0) {
                throw closed();
            }
        } finally {
            received.flip();
        }
    }

    private void wait(Deadline deadline, int readiness) throws IOException, BusException {
        channel.keyFor(selector).interestOps(readiness);
        while (true) {
            if (cancellable) {
                interrupts.check();
            }
            long left = deadline.millisLeft();
            if (left <= 0) {
                throw BusException.of(Kind.TIMED_OUT, "no answer in time");
            }
            selector.selectedKeys().clear();
            if (selector.select(left) > 0) {
                return;
            }
        }
    }

    private static BusException closed() {
        return BusException.of(Kind.CLOSED, "the connection to the session bus ended");
    }

    @Override
    public void close() {
        breaking.close();
        try (selector;
                channel) {
            signals.clear();
        } catch (IOException e) {
            // Nothing is kept in a connection: one that does not close well is as good as closed.
            signals.clear();
        }
    }
}
