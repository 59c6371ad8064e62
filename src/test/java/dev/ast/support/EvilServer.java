package dev.ast.support;

import java.net.URI;
import java.util.List;

/** A server that must never be contacted. It records requests, and answers so that a client would continue. */
public final class EvilServer implements AutoCloseable {
    private final ScriptedServer server = ScriptedServer.http()
            .on("*", request -> Answer.json("{\"access_token\":\"evil\",\"token_type\":\"Bearer\"}"));

    /** An address of this server. */
    public URI uri(String path) {
        return server.uri(path);
    }

    /** Fails if a client connected, even without a request. */
    public void assertUntouched() {
        List<Request> requests = server.requests();
        if (server.connections() > 0) {
            throw new AssertionError(server.connections() + " connections to a foreign server: " + requests);
        }
    }

    /** Fails if anybody connected. */
    @Override
    public void close() {
        server.close();
        assertUntouched();
    }
}
