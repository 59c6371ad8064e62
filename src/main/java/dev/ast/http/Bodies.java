package dev.ast.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** Reads what comes after the status line: headers as they are, the body unpacked and within its limit. */
final class Bodies {
    private Bodies() {}

    /** The body has more bytes than the call allows. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The body is packed in a way that was not asked for. */
    static final class UnknownPacking extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The answer with its body, read up to the limit of the call. */
    static HttpAnswer whole(HttpCall call, ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = new byte[0];
        if (entity != null) {
            if (entity.getContentLength() > call.maxBody()) {
                throw new TooLarge();
            }
            // Not closed in a finally: closing reads on to the end, and after a failure the end may never come.
            InputStream in = unpacked(response);
            body = bounded(in, call.maxBody());
            in.close();
        }
        return answer(call, response, body);
    }

    /** The answer without its body. */
    static HttpAnswer head(HttpCall call, ClassicHttpResponse response) {
        return answer(call, response, new byte[0]);
    }

    /** The body as a stream of unpacked bytes; an empty one if there is none. */
    static InputStream unpacked(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return InputStream.nullInputStream();
        }
        InputStream raw = entity.getContent();
        String packing = packing(response);
        if (packing.isEmpty() || packing.equals("identity")) {
            return raw;
        }
        if (!packing.equals("gzip") && !packing.equals("x-gzip")) {
            throw new UnknownPacking();
        }
        // Some servers name the packing of an empty body too.
        PushbackInputStream peeked = new PushbackInputStream(raw, 1);
        int first = peeked.read();
        if (first < 0) {
            return peeked;
        }
        peeked.unread(first);
        return new GZIPInputStream(peeked, 8192);
    }

    private static byte[] bounded(InputStream in, int limit) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        int count;
        while ((count = in.read(buffer)) >= 0) {
            if (read.size() + count > limit) {
                throw new TooLarge();
            }
            read.write(buffer, 0, count);
        }
        return read.toByteArray();
    }

    private static HttpAnswer answer(HttpCall call, ClassicHttpResponse response, byte[] body) {
        boolean packed = !packing(response).isEmpty() && response.getEntity() != null;
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (Header header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            // These two describe the packed body, which nobody sees.
            if (!packed || !(name.equals("content-encoding") || name.equals("content-length"))) {
                headers.add(Map.entry(header.getName(), header.getValue() == null ? "" : header.getValue()));
            }
        }
        return new HttpAnswer(call.uri(), response.getCode(), List.copyOf(headers), body);
    }

    private static String packing(ClassicHttpResponse response) {
        StringBuilder all = new StringBuilder();
        for (Header header : response.getHeaders("Content-Encoding")) {
            all.append(all.isEmpty() ? "" : ",").append(header.getValue() == null ? "" : header.getValue());
        }
        return all.toString().strip().toLowerCase(Locale.ROOT);
    }
}
