import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The server for requests of the training: an OpenID server on this computer that gives a new token to every client.
 */
class Server {
    /** Takes the file of its key; prints its port. Ends by itself, should nobody end it. */
    public static void main(String[] args) throws Exception {
        char[] password = "training".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = new FileInputStream(args[0])) {
            keys.load(file, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        int port = server.getAddress().getPort();
        String answer = """
                {"issuer": "ORIGIN", "authorization_endpoint": "ORIGIN/authorize", "token_endpoint": "ORIGIN/token", \
                "jwks_uri": "ORIGIN/jwks", "access_token": "not-a-token", "token_type": "Bearer", \
                "refresh_token": "not-a-token", "expires_in": 1, "name": "Training"}
                """.replace("ORIGIN", "https://localhost:" + port);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println(port);
        Thread.sleep(180_000);
        System.exit(0);
    }
}
