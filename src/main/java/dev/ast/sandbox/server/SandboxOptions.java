package dev.ast.sandbox.server;

import java.time.Duration;
import java.util.List;

/**
 * What the caller may choose about a sandbox.
 *
 * @param port the loopback port, 0 for a free one
 * @param interval seconds between two polls that are announced and enforced (RFC 8628 3.2), 5 by default
 * @param accessTokenLifetime how long an access token is good, 300 seconds by default
 * @param refreshTokenLifetime how long a refresh token is good, 8 hours by default
 * @param deviceCodeLifetime how long a code may wait for approval, 300 seconds by default
 */
public record SandboxOptions(
        int port,
        Duration interval,
        Duration accessTokenLifetime,
        Duration refreshTokenLifetime,
        Duration deviceCodeLifetime) {

    /** The options of a sandbox of which nothing was asked. */
    public static final SandboxOptions DEFAULTS = new SandboxOptions(
            0, Duration.ofSeconds(5), Duration.ofSeconds(300), Duration.ofHours(8), Duration.ofSeconds(300));

    /**
     * Reads command-line words such as {@code --port 8080} or {@code --interval=1}.
     *
     * @throws IllegalArgumentException with a sentence for the user, if a word is unknown or a value is not a whole number
     */
    public static SandboxOptions parse(List<String> words) {
        SandboxOptions options = DEFAULTS;
        var rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = equals >= 0 ? word.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
            options = options.with(name, value);
        }
        return options;
    }

    private SandboxOptions with(String name, String value) {
        return switch (name) {
            case "--port" -> withPort(number(name, value, 0, 65535));
            case "--interval" ->
                new SandboxOptions(
                        port, seconds(name, value), accessTokenLifetime, refreshTokenLifetime, deviceCodeLifetime);
            case "--access-token-seconds" ->
                new SandboxOptions(port, interval, seconds(name, value), refreshTokenLifetime, deviceCodeLifetime);
            case "--refresh-token-seconds" ->
                new SandboxOptions(port, interval, accessTokenLifetime, seconds(name, value), deviceCodeLifetime);
            case "--device-code-seconds" ->
                new SandboxOptions(port, interval, accessTokenLifetime, refreshTokenLifetime, seconds(name, value));
            default -> throw new IllegalArgumentException("unknown option " + name);
        };
    }

    SandboxOptions withPort(int chosen) {
        return new SandboxOptions(chosen, interval, accessTokenLifetime, refreshTokenLifetime, deviceCodeLifetime);
    }

    private static Duration seconds(String name, String value) {
        return Duration.ofSeconds(number(name, value, 1, 365 * 24 * 3600));
    }

    private static int number(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The sentence below is all that the user needs.
        }
        throw new IllegalArgumentException(name + " takes a whole number from " + least + " to " + most);
    }
}
