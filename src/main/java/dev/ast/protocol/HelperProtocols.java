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
                new GitProtocol(credentials),
                new DockerProtocol(credentials),
                new KubectlProtocol(credentials, environment),
                new TerraformProtocol(credentials),
                new BazelProtocol(credentials),
                new CargoProtocol(credentials),
                new GoProtocol(credentials),
                new GoogleProtocol(credentials, environment),
                new AwsProtocol(credentials, http),
                new HeadersProtocol(credentials));
    }
}
