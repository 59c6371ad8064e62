package dev.ast.output;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/**
 * Bytes for a terminal: JSON up to a limit is drawn by {@link JsonPicture} at the end, everything else passes at once. What
 * follows begins on a line of its own.
 */
final class JsonStream extends OutputStream {
    private static final int MOST = 4 * 1024 * 1024;

    private final Screen screen;
    private final VisibleStream others;
    private final boolean colors;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean passing;
    private int last = '\n';

    JsonStream(Screen screen, boolean colors) {
        this.screen = screen;
        this.others = new VisibleStream(screen);
        this.colors = colors;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (!passing) {
            boolean begins = kept.size() == 0 && length > 0;
            passing = kept.size() + length > MOST || (begins && bytes[offset] != '{' && bytes[offset] != '[');
            if (!passing) {
                kept.write(bytes, offset, length);
                return;
            }
            pass();
        }
        pass(bytes, offset, length);
    }

    private void pass() {
        byte[] before = kept.toByteArray();
        kept.reset();
        pass(before, 0, before.length);
    }

    private void pass(byte[] bytes, int offset, int length) {
        others.write(bytes, offset, length);
        last = length > 0 ? bytes[offset + length - 1] : last;
    }

    /** Prints what is left. */
    void end() {
        byte[] whole = kept.toByteArray();
        if (whole.length > 0) {
            JsonPicture.of(whole, colors).ifPresentOrElse(screen::out, this::pass);
        }
        kept.reset();
        others.end();
        if (last != '\n') {
            screen.out("\n");
            last = '\n';
        }
    }
}
