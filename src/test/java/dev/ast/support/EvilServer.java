package dev.ast.support;

import java.net.URI;
import java.util.List;

/** A server that nobody may ever speak to. It records who did, and answers so willingly that a client would go on. */
public final class EvilServer implements AutoCloseable {
    private final ScriptedServer server = ScriptedServer.http()
            .on("*", request -> Answer.json("{\"access_token\":\"evil\",\"token_type\":\"Bearer\"}"));

    /** An address of this server. */
    public URI uri(String path) {
        return server.uri(path);
    }

    /** Fails if anybody connected, even without saying anything. */
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
