package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.login.LoginWait;
import dev.ast.login.SignInWay;
import dev.ast.login.StartedSignIn;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of {@code login} for the way of a sign-in, and for how it waits for the user. */
final class WaitingOptions {
    static final OptionSpec[] ALL = {
        OptionSpec.flag("device", "Sign in with a short code, in a browser on any device"),
        OptionSpec.flag("web", "Sign in in the browser on this machine, without a code"),
        OptionSpec.flag("paste", "The same with a browser elsewhere: ask for its final address"),
        OptionSpec.value("listen", "ADDRESS:PORT", "Wait for the browser there instead of on 127.0.0.1"),
        OptionSpec.value("timeout", "TIME", "Wait no longer for the user, for example 90s or 10m"),
        OptionSpec.flag("no-wait", "Print the code and an id, and do not wait"),
        OptionSpec.value("resume", "ID", "Wait for a sign-in that --no-wait has started; the latest without an ID")
                .maybe(),
        OptionSpec.flag("no-browser", "Show the address, start no program"),
        OptionSpec.flag("login-link", "The same").letter('l'),
        OptionSpec.flag("qr", "Draw the address as a QR code too"),
        OptionSpec.value("ca", "FILE", "Trust the certificate authorities in this file too")
                .from(Values.FILE)
    };

    private static final Set<String> WAITING = Set.of("no-wait", "resume", "timeout", "ca");

    private static final Pattern NUMBERS =
            Pattern.compile("(localhost|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))");
    private static final Duration LONGEST = Duration.ofDays(1);

    private WaitingOptions() {}

    /**
     * The line that started a sign-in, as far as it describes the sign-in, with the options for waiting of the one that
     * finishes it.
     */
    static Call resumed(StartedSignIn started, Call call) {
        Map<String, List<String>> options = new LinkedHashMap<>(started.options());
        call.options().forEach((name, values) -> {
            if (!WAITING.contains(name) || name.equals("no-wait")) {
                throw Failure.usage("--resume and --" + name + " do not go together", "ast login --resume");
            }
            options.put(name, values);
        });
        return new Call(
                call.command(),
                call.global().at(Optional.of(started.profile()), started.options()),
                options,
                started.arguments(),
                List.of(),
                call.conversation());
    }

    /** What the line that starts a sign-in says about it. */
    static Map<String, List<String>> toKeep(Call call) {
        for (String other : List.of("paste", "listen", "web", "with-token", "token-login", "if-needed", "oauth")) {
            if (call.has(other)) {
                throw Failure.usage("--no-wait and --" + other + " do not go together", "ast login --no-wait");
            }
        }
        Map<String, List<String>> options = new LinkedHashMap<>(call.options());
        call.command().options().stream()
                .filter(option -> option.secret() && call.has(option.name()))
                .findFirst()
                .ifPresent(option -> {
                    throw Failure.usage(
                            "--no-wait and --" + option.name() + " do not go together: a secret is not kept for later",
                            "ast login --no-wait");
                });
        options.keySet().removeAll(WAITING);
        call.global().server().ifPresent(server -> options.put("server", List.of(server.toString())));
        call.global().context().ifPresent(context -> options.put("context", List.of(context)));
        return options;
    }

    /** The way that the options name. */
    static SignInWay way(Call call) {
        boolean token = call.has("with-token") || call.has("token-login");
        boolean web = call.has("web") || call.has("paste") || call.has("listen");
        if ((call.has("device") && web) || (token && (call.has("device") || web))) {
            throw Failure.usage("only one way of signing in can be named", "ast help login");
        }
        if (web) {
            return SignInWay.BROWSER;
        }
        return call.has("device") ? SignInWay.DEVICE : SignInWay.AUTOMATIC;
    }

    /** How the sign-in waits. */
    static LoginWait of(Call call) {
        return new LoginWait(
                call.has("paste"),
                call.option("listen").map(WaitingOptions::listen),
                call.option("timeout").map(WaitingOptions::timeout));
    }

    private static Duration timeout(String text) {
        Duration given = SessionCommands.duration(text);
        if (given.isZero() || given.compareTo(LONGEST) > 0) {
            throw Failure.usage("--timeout takes a time from 1s to 1d", "ast login --timeout 10m");
        }
        return given;
    }

    /** An address, not a name: what a name means can change, and a listener must not move to another network by that. */
    private static InetSocketAddress listen(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65535) {
            String host = matcher.group(1).equals("localhost") ? "127.0.0.1" : matcher.group(1);
            try {
                return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(matcher.group(2)));
            } catch (UnknownHostException e) {
                // Reported below, as whatever else is no address.
            }
        }
        throw Failure.usage(
                "not an address to listen at: " + SecretShape.quoted(text, 100),
                "give an IP address and a port, such as 127.0.0.1:8400 or [::1]:8400; port 0 takes a free one");
    }
}
