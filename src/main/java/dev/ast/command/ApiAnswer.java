package dev.ast.command;

import dev.ast.api.ApiCall;
import dev.ast.domain.Failure;
import dev.ast.http.HttpAnswer;
import dev.ast.output.Conversation;
import dev.ast.output.Raw;
import dev.ast.output.RawPages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The answer of {@code api}: asked for while it is printed, so that it is never in memory as a whole. */
class ApiAnswer implements Raw {
    private final Call call;
    private final Asking asking;
    private final BooleanSupplier onTerminal;
    private final Transfer transfer;
    private Conversation.Waiting shown = () -> {};
    private boolean receiving;
    private OptionalInt status = OptionalInt.empty();

    /** Sends the request or requests. */
    interface Asking {
        HttpAnswer ask(ApiCall.Receiver receiver) throws IOException;
    }

    ApiAnswer(Call call, Asking asking, BooleanSupplier onTerminal, Transfer transfer) {
        this.call = call;
        this.asking = asking;
        this.onTerminal = onTerminal;
        this.transfer = transfer;
    }

    /** The pages of a list: one after the other, or one list with {@code --slurp}. */
    static Raw pages(Call call, Asking asking, BooleanSupplier onTerminal) {
        return call.has("slurp") ? new Slurped(call, asking, onTerminal) : new Pages(call, asking, onTerminal);
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        run(target, head -> {
            if (call.has("include")) {
                head(head, target);
            }
            return target;
        });
    }

    /** Gives the stream for one body. */
    interface Bodies {
        OutputStream of(HttpAnswer head) throws IOException;
    }

    final void run(OutputStream target, Bodies bodies) throws IOException {
        HttpAnswer answer;
        shown = transfer.sends()
                ? call.conversation().progress(transfer::line)
                : call.conversation().waiting("api");
        try {
            answer = asking.ask(new ApiCall.Receiver() {
                @Override
                public OutputStream body(HttpAnswer head) {
                    try {
                        return receive(head, bodies.of(head));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public void waits(String why) {
                    call.conversation().say(why);
                }
            });
        } finally {
            shown.close();
        }
        status = OptionalInt.of(answer.status());
        if (answer.status() >= 400) {
            target.flush();
            throw Failure.failed(
                    answer.origin() + " answered with HTTP " + answer.status(),
                    answer.status() == 401 ? "ast status --check" : "ast why");
        }
    }

    @Override
    public final OptionalInt status() {
        return status;
    }

    private OutputStream receive(HttpAnswer head, OutputStream body) {
        if (onTerminal.getAsBoolean()) {
            shown.close(); // what comes shows that it comes
            return body;
        }
        if (!receiving) {
            receiving = true;
            shown.close();
            shown = call.conversation().progress(transfer::line);
        }
        return transfer.counting(head, body);
    }

    private static void head(HttpAnswer head, OutputStream target) throws IOException {
        StringBuilder text = new StringBuilder("HTTP " + head.status() + "\n");
        head.headers()
                .forEach(header -> text.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append('\n'));
        target.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Pages one after the other, each on lines of its own. */
    private static final class Pages extends ApiAnswer implements RawPages {
        private final Call call;

        Pages(Call call, Asking asking, BooleanSupplier onTerminal) {
            super(call, asking, onTerminal, new Transfer());
            this.call = call;
        }

        @Override
        public void writeTo(OutputStream target) throws IOException {
            LineEnds lines = new LineEnds(target);
            run(target, head -> {
                lines.endLine();
                if (call.has("include")) {
                    ApiAnswer.head(head, lines);
                }
                return lines;
            });
        }

        @Override
        public void each(Consumer<byte[]> page) throws IOException {
            ByteArrayOutputStream failed = new ByteArrayOutputStream();
            run(failed, head -> head.status() >= 400 ? OutputStream.nullOutputStream() : new WholePage(page));
        }
    }

    /** All pages as the elements of one list. What an answer of 400 and above says is left out. */
    private static final class Slurped extends ApiAnswer {
        Slurped(Call call, Asking asking, BooleanSupplier onTerminal) {
            super(call, asking, onTerminal, new Transfer());
        }

        @Override
        public void writeTo(OutputStream target) throws IOException {
            boolean[] begun = new boolean[1];
            try {
                run(target, head -> {
                    if (head.status() >= 400) {
                        return OutputStream.nullOutputStream();
                    }
                    target.write(begun[0] ? ',' : '[');
                    begun[0] = true;
                    return target;
                });
            } finally {
                if (begun[0]) {
                    target.write("]\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    /** Gives a page on when it is whole, which is when it is flushed. */
    private static final class WholePage extends ByteArrayOutputStream {
        private static final int LARGEST = 32 * 1024 * 1024;
        private final Consumer<byte[]> page;

        WholePage(Consumer<byte[]> page) {
            this.page = page;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (size() + length > LARGEST) {
                throw Failure.failed(
                        String.format(Locale.ROOT, "a page is larger than %d MiB", LARGEST / 1024 / 1024),
                        "ask for smaller pages");
            }
            super.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            page.accept(toByteArray());
        }
    }

    /** Knows whether the last line has ended. */
    private static final class LineEnds extends OutputStream {
        private final OutputStream target;
        private int last = '\n';

        LineEnds(OutputStream target) {
            this.target = target;
        }

        void endLine() throws IOException {
            if (last != '\n') {
                write('\n');
            }
        }

        @Override
        public void write(int b) throws IOException {
            target.write(b);
            last = b;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
            last = length > 0 ? bytes[offset + length - 1] : last;
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
