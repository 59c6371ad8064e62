package dev.ast.api;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.HttpAnswer;
import dev.ast.session.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of a list, each named by the one before it: by its header {@code Link}, or by a field. One is asked for after
 * the other, all of the same server.
 */
public final class ApiPages {
    /** The most pages of one list. */
    static final int MOST = 10_000;

    /** The largest page whose field is looked at, in bytes. */
    static final int LARGEST = 32 * 1024 * 1024;

    private final ApiCall call;
    private final Optional<PageField> field;

    /**
     * Pages by a call.
     *
     * @param field the field that names the next page, instead of the header
     */
    public ApiPages(ApiCall call, Optional<PageField> field) {
        this.call = call;
        this.field = field;
    }

    /**
     * Asks for all pages.
     *
     * @return the last answer: that of the last page, or one of 400 and above, after which none is asked for
     * @throws FailureException (failed) when there are too many, one comes again or is not understood; (unreachable) when
     *     the next one is on another server; as {@link ApiCall#send}
     */
    public HttpAnswer all(Selection selection, ApiRequest first, ApiCall.Receiver receiver) throws IOException {
        Set<URI> seen = new HashSet<>();
        ApiRequest request = first;
        for (int page = 1; page <= MOST; page++) {
            Kept kept = new Kept(receiver);
            HttpAnswer answer = call.send(selection, request, field.isPresent() ? kept : receiver);
            seen.add(answer.uri());
            Optional<String> next = answer.status() >= 400
                    ? Optional.empty()
                    : field.isPresent() ? field.get().next(answer.uri(), kept.page()) : LinkHeader.next(answer);
            if (next.isEmpty()) {
                return answer;
            }
            URI address = address(answer, next.get());
            if (seen.contains(address)) {
                throw Failure.failed("page " + page + " leads back to an earlier page", "look at it: ast api -i /path");
            }
            request = request.at(address);
        }
        throw Failure.failed("there are more than " + MOST + " pages", "ask for less, or for larger pages");
    }

    private static URI address(HttpAnswer answer, String text) {
        URI address;
        ServerOrigin origin;
        try {
            // A query alone belongs to the same path (RFC 3986 section 5.2.2), which java.net.URI does not know.
            URI resolved = text.startsWith("?")
                    ? new URI(answer.origin() + answer.uri().getRawPath() + text)
                    : answer.uri().resolve(new URI(text));
            origin = ServerOrigin.of(resolved);
            address = resolved;
        } catch (URISyntaxException | FailureException e) {
            throw Failure.failed("the next page has no valid address", "look at it: ast api -i /path");
        }
        if (!origin.equals(answer.origin())) {
            throw Failure.unreachable(
                    "the next page is at " + origin + ", which does not get the token of " + answer.origin(),
                    "leave out --paginate");
        }
        return address;
    }

    /** Passes a page on, and keeps it for its field. */
    private static final class Kept implements ApiCall.Receiver {
        private final ApiCall.Receiver receiver;
        private final ByteArrayOutputStream page = new ByteArrayOutputStream();

        Kept(ApiCall.Receiver receiver) {
            this.receiver = receiver;
        }

        byte[] page() {
            return page.toByteArray();
        }

        @Override
        public OutputStream body(HttpAnswer head) {
            OutputStream target = receiver.body(head);
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    if (page.size() + length > LARGEST) {
                        throw Failure.failed(
                                "a page is larger than " + LARGEST / 1024 / 1024 + " MiB", "ask for smaller pages");
                    }
                    page.write(bytes, offset, length);
                    target.write(bytes, offset, length);
                }

                @Override
                public void flush() throws IOException {
                    target.flush();
                }
            };
        }

        @Override
        public void waits(String why) {
            receiver.waits(why);
        }
    }
}
