package dev.ast.http;

import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.support.Answer;
import dev.ast.support.ScriptedServer;
import dev.ast.support.TestAuthority;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * Not a test: a program that makes one request and ends, to compare what the first call costs a whole process. How it is
 * run stands in {@code docs/decisions/0001-http-client.md}.
 */
final class FirstCall {
    private FirstCall() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "server" -> serve(Path.of(arguments[1]));
            case "none" -> System.out.println("0");
            case "ours" -> {
                try (Http http = new Http(Environment.ofProcess(), new Interrupts(), "ast/0")) {
                    System.out.println(http.send(HttpCall.get(URI.create(arguments[1]))).body().length);
                }
            }
            case "urlconnection" -> {
                HttpURLConnection connection = (HttpURLConnection) URI.create(arguments[1]).toURL().openConnection();
                if (connection instanceof HttpsURLConnection secured) {
                    secured.setSSLSocketFactory(trust().getSocketFactory());
                }
                try (InputStream in = connection.getInputStream()) {
                    System.out.println(in.readAllBytes().length);
                }
            }
            case "jdk" -> {
                HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
                if (arguments[1].startsWith("https:")) {
                    builder.sslContext(trust());
                }
                HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[1])).build();
                HttpResponse<byte[]> response = builder.build().send(request, HttpResponse.BodyHandlers.ofByteArray());
                System.out.println(response.body().length);
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static SSLContext trust() {
        return new Trust(Environment.ofProcess()).context();
    }

    private static void serve(Path folder) throws Exception {
        TestAuthority authority = new TestAuthority();
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        try (ScriptedServer plain = ScriptedServer.http().on("*", any -> Answer.json("{\"a\":1}"));
                ScriptedServer secured = ScriptedServer.https(authority.serverKey("127.0.0.1"))
                        .on("*", any -> Answer.json("{\"a\":1}"))) {
            Files.writeString(folder.resolve("http"), plain.uri("/").toString());
            Files.writeString(folder.resolve("https"), secured.uri("/").toString());
            System.out.println("serving until standard input ends");
            System.in.readAllBytes();
        }
    }
}
