package dev.ast.protocol;

import dev.ast.host.Environment;
import dev.ast.http.Http;
import java.util.List;
import java.util.function.Supplier;

/** The protocols that the program speaks. */
public final class HelperProtocols {
    private HelperProtocols() {}

    /**
     * All of them.
     *
     * @param http for the one that exchanges its token at a server
     */
    public static List<HelperProtocol> all(
            OriginCredentials credentials, Environment environment, Supplier<Http> http) {
        return List.of(
                new GitProtocol(credentials.in("git")),
                new DockerProtocol(credentials.in("docker")),
                new KubectlProtocol(credentials.in("kubectl"), environment),
                new TerraformProtocol(credentials.in("terraform")),
                new BazelProtocol(credentials.in("bazel")),
                new CargoProtocol(credentials.in("cargo")),
                new GoProtocol(credentials.in("go")),
                new GoogleProtocol(credentials.in("google"), environment),
                new AwsProtocol(credentials.in("aws"), http),
                new HeadersProtocol(credentials.in("headers")));
    }
}
