package dev.ast.sandbox.server;

import java.nio.file.Path;

/**
 * What is decided anew for each run.
 *
 * @param issuer scheme, address and port, without a slash at the end
 * @param adminToken the secret of {@code POST /sandbox/approve}
 * @param scratch an empty directory that Tomcat may use while it starts
 */
record SandboxAddress(String issuer, String adminToken, Path scratch) {

    String host() {
        return issuer.substring("http://".length());
    }

    @Override
    public String toString() {
        return "SandboxAddress[" + issuer + "]";
    }
}
