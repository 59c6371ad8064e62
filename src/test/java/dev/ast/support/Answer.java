package dev.ast.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A response of a {@link ScriptedServer}, which can be faulty. Immutable.
 *
 * @param raw when not null, sent instead of status line, headers and body
 * @param delay before the first byte
 * @param perByte between two bytes of everything that is sent; zero means all at once
 * @param endless bytes that are repeated after the body until the client goes away
 * @param cutAfter the connection is closed after so many bytes; negative means never
 * @param close whether the connection is closed afterwards
 * @param stall whether nothing comes afterwards, not even the end of the connection
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(
        int status,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        byte @Nullable [] raw,
        Duration delay,
        Duration perByte,
        byte[] endless,
        int cutAfter,
        boolean close,
        boolean stall) {

    private static final byte[] NOTHING = new byte[0];

    /** An answer without a body. */
    public static Answer status(int status) {
        return new Answer(status, List.of(), NOTHING, null, Duration.ZERO, Duration.ZERO, NOTHING, -1, false, false);
    }

    /** JSON with a status. */
    public static Answer json(int status, String json) {
        return status(status).header("Content-Type", "application/json").body(json.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON with status 200. */
    public static Answer json(String json) {
        return json(200, json);
    }

    /** Plain text with a status. */
    public static Answer text(int status, String text) {
        return status(status)
                .header("Content-Type", "text/plain; charset=utf-8")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A redirect. */
    public static Answer redirect(int status, Object location) {
        return status(status).header("Location", location.toString());
    }

    /** These very bytes, and then the end of the connection. */
    public static Answer raw(String bytes) {
        return new Answer(
                0,
                List.of(),
                NOTHING,
                bytes.getBytes(StandardCharsets.ISO_8859_1),
                Duration.ZERO,
                Duration.ZERO,
                NOTHING,
                -1,
                true,
                false);
    }

    /** The same with a header line more. */
    public Answer header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Answer(status, List.copyOf(more), body, raw, delay, perByte, endless, cutAfter, close, stall);
    }

    /** The same with another body. */
    public Answer body(byte[] bytes) {
        return new Answer(status, headers, bytes, raw, delay, perByte, endless, cutAfter, close, stall);
    }

    /** The same with its body packed. */
    public Answer gzip() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return header("Content-Encoding", "gzip").body(packed.toByteArray());
    }

    /** The same, beginning later. */
    public Answer after(Duration pause) {
        return new Answer(status, headers, body, raw, pause, perByte, endless, cutAfter, close, stall);
    }

    /** The same, byte by byte. */
    public Answer slowly(Duration pausePerByte) {
        return new Answer(status, headers, body, raw, delay, pausePerByte, endless, cutAfter, close, stall);
    }

    /** The same, followed by a text that never stops being repeated; there is no Content-Length then. */
    public Answer endlessly(String text) {
        return new Answer(
                status,
                headers,
                body,
                raw,
                delay,
                perByte,
                text.getBytes(StandardCharsets.ISO_8859_1),
                cutAfter,
                true,
                stall);
    }

    /** The same, after which nothing comes, not even the end of the connection. */
    public Answer stalling() {
        return new Answer(status, headers, body, raw, delay, perByte, endless, cutAfter, false, true);
    }

    /** The same, cut off after so many bytes, counted from the status line. */
    public Answer cutAfter(int bytes) {
        return new Answer(status, headers, body, raw, delay, perByte, endless, bytes, true, stall);
    }

    /** The same, with the connection closed afterwards without {@code Connection: close}. */
    public Answer thenClose() {
        return new Answer(status, headers, body, raw, delay, perByte, endless, cutAfter, true, stall);
    }

    byte[] bytes(boolean withBody) {
        if (raw != null) {
            return raw;
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        boolean bodiless = status == 204 || status == 304 || status < 200;
        if (endless.length == 0 && !bodiless) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (withBody && !bodiless) {
            all.writeBytes(body);
        }
        return all.toByteArray();
    }
}
