package dev.ast.http;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Answers of servers that no server gave. */
public final class Answers {
    private Answers() {}

    /** An answer with a body of JSON, or what claims to be. */
    public static HttpAnswer json(URI place, int status, byte[] body) {
        return new HttpAnswer(place, status, List.of(Map.entry("Content-Type", "application/json")), body);
    }
}
