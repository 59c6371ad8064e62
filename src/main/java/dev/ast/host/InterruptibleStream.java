package dev.ast.host;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * A channel as a stream whose reads a signal breaks. A {@code FileInputStream} would not do: its read returns when
 * bytes come, and not before.
 */
class InterruptibleStream extends InputStream {
    private final FileChannel channel;
    private final Interrupts interrupts;

    InterruptibleStream(FileChannel channel, Interrupts interrupts) {
        this.channel = channel;
        this.interrupts = interrupts;
    }

    static FileChannel standardInput() {
        return new FileInputStream(FileDescriptor.in).getChannel();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        interrupts.check();
        Thread reader = Thread.currentThread();
        try (Interrupts.Registration reading = interrupts.onInterrupt(reader::interrupt)) {
            return channel.read(ByteBuffer.wrap(target, offset, length));
        } catch (ClosedChannelException e) {
            // An interruptible channel reports in this way that its thread was interrupted.
            throw interrupts.interrupted();
        } finally {
            if (interrupts.pending()) {
                Thread.interrupted();
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
