package dev.ast.http;

import dev.ast.domain.ServerOrigin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The list in {@code NO_PROXY}: names (with all names below them, with or without a leading dot), addresses, networks
 * such as {@code 10.0.0.0/8}, each also with a port, and {@code *} for everything. A dot at the end of a name says that it
 * is complete, as in the name service, and changes nothing. Nothing is looked up in the name
 * service: a name is compared with names and an address with addresses. What cannot be understood matches nothing.
 */
final class NoProxy {
    private final List<Predicate<ServerOrigin>> entries;

    private NoProxy(List<Predicate<ServerOrigin>> entries) {
        this.entries = entries;
    }

    static NoProxy parse(String list) {
        List<Predicate<ServerOrigin>> entries = new ArrayList<>();
        for (String entry : list.split("[,\\s]+", -1)) {
            if (!entry.isEmpty()) {
                entries.add(entry(entry.toLowerCase(Locale.ROOT)));
            }
        }
        return new NoProxy(entries);
    }

    boolean matches(ServerOrigin origin) {
        return entries.stream().anyMatch(entry -> entry.test(origin));
    }

    private static Predicate<ServerOrigin> entry(String text) {
        if (text.equals("*")) {
            return origin -> true;
        }
        int slash = text.indexOf('/');
        if (slash > 0) {
            return network(text.substring(0, slash), text.substring(slash + 1));
        }
        String host = text;
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean bareAddress = !bracketed && text.indexOf(':') != colon;
        if (colon > 0 && !bareAddress && text.indexOf(']') < colon) {
            String port = text.substring(colon + 1);
            host = text.substring(0, colon);
            Predicate<ServerOrigin> name = host(host);
            return origin -> Integer.toString(origin.port()).equals(port) && name.test(origin);
        }
        return host(host);
    }

    private static Predicate<ServerOrigin> host(String text) {
        Optional<byte[]> address = address(text);
        if (address.isPresent()) {
            return origin -> address(origin.host())
                    .filter(asked -> sameStart(asked, address.get(), asked.length * 8))
                    .isPresent();
        }
        String name =
                complete(text.startsWith("*.") ? text.substring(2) : text.startsWith(".") ? text.substring(1) : text);
        return origin -> {
            String host = complete(origin.host());
            return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
        };
    }

    private static String complete(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static Predicate<ServerOrigin> network(String text, String length) {
        Optional<byte[]> network = address(text);
        if (network.isEmpty() || !length.matches("[0-9]{1,3}")) {
            return origin -> false;
        }
        int bits = Integer.parseInt(length);
        if (bits > network.get().length * 8) {
            return origin -> false;
        }
        return origin -> address(origin.host())
                .filter(asked -> sameStart(asked, network.get(), bits))
                .isPresent();
    }

    private static boolean sameStart(byte[] one, byte[] other, int bits) {
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> address(String host) {
        boolean four = host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        if (!four && host.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            // Only literals reach this line, so that no name service is asked.
            return Optional.of(InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
