package dev.ast.command;

import dev.ast.http.BodySource;
import dev.ast.http.HttpAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/** How far the bodies of a command are, as its progress shows it. */
final class Transfer {
    private static final double MEBI = 1024.0 * 1024;

    private volatile String verb = "sent";
    private volatile long done;
    private volatile long total = -1;
    private int answers;
    private volatile boolean sends;

    /** Whether there is a body to send. */
    boolean sends() {
        return sends;
    }

    /** A body that is counted when it is sent. */
    BodySource counted(BodySource source) {
        sends = true;
        return new BodySource() {
            @Override
            public InputStream open() throws IOException {
                done = 0;
                total = source.length();
                return new FilterInputStream(source.open()) {
                    @Override
                    public int read() throws IOException {
                        byte[] one = new byte[1];
                        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        int read = super.read(bytes, offset, length);
                        add(Math.max(read, 0));
                        return read;
                    }
                };
            }

            @Override
            public long length() {
                return source.length();
            }

            @Override
            public boolean repeatable() {
                return source.repeatable();
            }
        };
    }

    /** From now on an answer is received; a stream for its body that counts. */
    OutputStream counting(HttpAnswer head, OutputStream target) {
        done = answers++ == 0 ? 0 : done;
        verb = answers == 1 ? "received" : "received, " + answers + " pages";
        total = answers == 1 && head.header("Content-Encoding").isEmpty()
                ? head.header("Content-Length")
                        .filter(text -> text.matches("[0-9]{1,18}"))
                        .map(Long::parseLong)
                        .orElse(-1L)
                : -1;
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                target.write(b);
                add(1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                target.write(bytes, offset, length);
                add(length);
            }

            @Override
            public void flush() throws IOException {
                target.flush();
            }
        };
    }

    private synchronized void add(int bytes) {
        done += bytes;
    }

    /** What has been done so far. */
    String line() {
        String of = total < 0 ? "" : " of " + mebibytes(total);
        return "api, " + mebibytes(done) + of + " " + verb + ", Ctrl-C cancels";
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBI);
    }
}
