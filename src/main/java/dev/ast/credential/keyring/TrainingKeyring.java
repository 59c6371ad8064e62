package dev.ast.credential.keyring;

import dev.ast.credential.keyring.SecretSession.Offer;
import dev.ast.credential.keyring.dbus.BusAddress;
import dev.ast.credential.keyring.dbus.BusException;
import dev.ast.credential.keyring.dbus.BusMessage;
import dev.ast.credential.keyring.dbus.Variant;
import dev.ast.host.Environment;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * A session bus with a Secret Service that has the same text under every account and answers what a reader asks. There is
 * no keyring where programs are built, and a cache is worth most when what it is trained with has really run.
 */
public final class TrainingKeyring {
    private static final String SERVICE = "org.freedesktop.secrets";
    private static final String SESSION = "/org/freedesktop/secrets/session/1";
    private static final String ITEM = "/org/freedesktop/secrets/collection/login/1";

    private final ServerSocketChannel server;
    private final String text;
    private final SecureRandom random = new SecureRandom();

    private TrainingKeyring(ServerSocketChannel server, String text) {
        this.server = server;
        this.text = text;
    }

    /**
     * Listens until the process ends.
     *
     * @param environment names the bus, which must not exist yet
     * @throws IOException when a socket cannot be made there, for example because its path is too long
     */
    public static void listen(Environment environment, String text) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Path socket = BusAddress.sockets(environment.get("DBUS_SESSION_BUS_ADDRESS"), Optional.empty())
                    .get(0);
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (BusException | IOException | RuntimeException e) {
            server.close();
            throw new IOException(e);
        }
        TrainingKeyring keyring = new TrainingKeyring(server, text);
        Thread thread = new Thread(keyring::serve, "training-keyring");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                converse(new DataInputStream(Channels.newInputStream(client)), Channels.newOutputStream(client));
            } catch (IOException | BusException | KeyringException e) {
                // This client is over; the next one is served all the same.
            }
        }
    }

    private void converse(DataInputStream in, OutputStream out) throws IOException, BusException, KeyringException {
        welcome(in, out, "AUTH EXTERNAL", "DATA\r\n");
        welcome(in, out, "DATA", "OK 0\r\n");
        welcome(in, out, "BEGIN", "");
        SecretSession session = SecretSession.plain(SESSION);
        while (true) {
            BusMessage call = BusMessage.readFrom(in);
            switch (call.member()) {
                case "Hello" -> answer(out, call, "s", ":1.1");
                case "SearchItems" -> answer(out, call, "aoao", List.of(ITEM), List.of());
                case "OpenSession" -> {
                    // Two is the generator of the group: this side's secret is one.
                    byte[] theirs = (byte[]) ((Variant) call.body().get(1)).value();
                    session = new Offer(BigInteger.ONE).accept(SESSION, theirs);
                    answer(out, call, "vo", new Variant("ay", new byte[] {2}), SESSION);
                }
                case "GetSecret" -> answer(out, call, "(oayays)", session.seal(text, random));
                default -> throw new IOException("unexpected call " + call.member());
            }
        }
    }

    private static void welcome(DataInputStream in, OutputStream out, String wanted, String answer) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.append((char) next);
        }
        if (!line.toString().strip().endsWith(wanted)) {
            throw new IOException("not " + wanted);
        }
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private static void answer(OutputStream out, BusMessage call, String signature, Object... body)
            throws IOException, BusException {
        out.write(BusMessage.answer(call, SERVICE, signature, List.of(body)).bytes());
    }
}
