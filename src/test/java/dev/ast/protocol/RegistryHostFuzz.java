package dev.ast.protocol;

import dev.ast.support.Fuzzed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The registry that docker names: the host in it is the one that an address of that text leads to. */
public final class RegistryHostFuzz {
    private RegistryHostFuzz() {}

    /** One input, what docker writes. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = Fuzzed.text(input);
        Optional<String> host = DockerProtocol.host(text);
        if (host.isEmpty()) {
            return;
        }
        Fuzzed.require(host.get().chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '/' && c != '@'), "an odd host");
        String plain = text.strip();
        try {
            URI address = new URI(plain.contains("://") ? plain : "https://" + plain);
            if (address.getHost() != null && address.getRawFragment() == null && address.getRawQuery() == null) {
                int port = address.getPort();
                String meant = address.getHost().toLowerCase(Locale.ROOT) + (port < 0 || port == 443 ? "" : ":" + port);
                boolean same = host.get().equals(meant) || !isHost(host.get());
                Fuzzed.require(same, "'" + host.get() + "' is not '" + meant + "'");
            }
        } catch (URISyntaxException e) {
            // No address, so that there is nothing to compare with.
        }
    }

    // Only a host that a platform could have is of interest: all others match no registry.
    private static boolean isHost(String text) {
        return text.matches("[a-z0-9.-]+(:[1-9][0-9]{0,4})?");
    }
}
