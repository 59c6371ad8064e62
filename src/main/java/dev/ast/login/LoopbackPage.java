package dev.ast.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A page that the user sees in the browser at the end of a sign-in. It holds our own words only: nothing that came with
 * the request stands in it, and its policy lets it load nothing.
 */
enum LoopbackPage {
    ALLOWED(200, "good", "You are signed in to the terminal", "Go back to it; this tab can be closed."),
    REFUSED(
            200,
            "bad",
            "The sign-in was refused",
            "Nothing was stored. The terminal shows the reason; this tab can be closed."),
    FOREIGN(
            400,
            "bad",
            "This is not the answer that the terminal waits for",
            "It belongs to another sign-in, and it changed nothing. This tab can be closed."),
    UNUSABLE(
            400,
            "bad",
            "The terminal cannot use this answer",
            "The sign-in was stopped and nothing was stored. Start it again in the terminal; this tab can be closed."),
    AGAIN(409, "bad", "This sign-in has its answer already", "An address works once. This tab can be closed."),
    NOT_HERE(404, "bad", "There is nothing here", "A program waits at another path of this address.");

    private static final String STYLE = """
            :root{color-scheme:light dark;--ground:#f5f6f8;--card:#fff;--ink:#1d2330;--soft:#5b6475;--line:#e3e6ec}
            @media(prefers-color-scheme:dark){:root{--ground:#12151c;--card:#1b2029;--ink:#eef1f6;--soft:#9aa4b5;\
            --line:#2a313d}}
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--ground);\
            color:var(--ink);font:16px/1.5 system-ui,sans-serif}
            main{width:100%;max-width:27rem;padding:2.5rem 2rem;background:var(--card);border:1px solid var(--line);\
            border-radius:16px;text-align:center;box-shadow:0 12px 32px rgba(10,20,40,.07)}
            .sign{width:3.5rem;height:3.5rem;margin:0 auto 1.25rem;border-radius:50%;display:grid;place-items:center;\
            font-size:1.6rem;font-weight:600}
            .good{background:#dff5e6;color:#10743a}
            .bad{background:#fde8e4;color:#a63016}
            h1{margin:0 0 .5rem;font-size:1.3rem;line-height:1.3}
            p{margin:0;color:var(--soft)}
            footer{margin-top:2rem;font-size:.8rem;color:var(--soft)}
            """;

    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash()
            + "'; base-uri 'none'; form-action 'none';" + " frame-ancestors 'none'";

    private final int status;
    private final String tone;
    private final String title;
    private final String text;

    LoopbackPage(int status, String tone, String title, String text) {
        this.status = status;
        this.tone = tone;
        this.title = title;
        this.text = text;
    }

    /** The whole answer, head and body. */
    byte[] answer(boolean withBody) {
        byte[] body = html().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " " + (status == 200 ? "OK" : "Refused") + "\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Content-Security-Policy: " + POLICY + "\r\n"
                + "Cache-Control: no-store\r\n"
                + "Referrer-Policy: no-referrer\r\n"
                + "X-Content-Type-Options: nosniff\r\n"
                + "X-Frame-Options: DENY\r\n"
                + "Connection: close\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + (withBody ? body.length : 0)];
        System.arraycopy(start, 0, all, 0, start.length);
        if (withBody) {
            System.arraycopy(body, 0, all, start.length, body.length);
        }
        return all;
    }

    private String html() {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>ast: " + title
                + "</title><style>" + STYLE + "</style></head><body><main><div class=\"sign " + tone
                + "\" aria-hidden=\"true\">" + (tone.equals("good") ? "✓" : "✕") + "</div><h1>" + title + "</h1><p>"
                + text + "</p><footer>ast on this computer</footer></main></body></html>";
    }

    private static String hash() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
