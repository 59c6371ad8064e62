package dev.ast.output;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes for a terminal: UTF-8 is made visible as by {@link Visible#lines}, bytes that are not UTF-8 become {@code \xff}.
 * Works in small pieces, however much comes.
 */
final class VisibleStream extends OutputStream {
    private final Screen screen;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars = CharBuffer.allocate(4096);
    private ByteBuffer kept = ByteBuffer.allocate(0);
    private boolean heldReturn;

    VisibleStream(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        ByteBuffer input = ByteBuffer.allocate(kept.remaining() + length);
        input.put(kept).put(bytes, offset, length).flip();
        decode(input, false);
        kept = input;
    }

    /** Prints what is left, an incomplete character included. */
    void end() {
        decode(kept, true);
        if (heldReturn) {
            screen.out(Visible.field("\r"));
        }
    }

    private void decode(ByteBuffer input, boolean end) {
        while (true) {
            CoderResult result = decoder.decode(input, chars, end);
            print(chars.flip().toString());
            chars.clear();
            if (result.isUnderflow()) {
                return;
            }
            if (result.isError()) {
                for (int i = 0; i < result.length(); i++) {
                    screen.out("\\x"
                            + Integer.toHexString((input.get() & 0xff) | 0x100).substring(1));
                }
            }
        }
    }

    // A carriage return waits for the next character: before a line feed it is part of an ordinary line end.
    private void print(String text) {
        if (text.isEmpty()) {
            return;
        }
        String whole = heldReturn ? "\r" + text : text;
        heldReturn = whole.endsWith("\r");
        screen.out(Visible.lines(heldReturn ? whole.substring(0, whole.length() - 1) : whole));
    }
}
