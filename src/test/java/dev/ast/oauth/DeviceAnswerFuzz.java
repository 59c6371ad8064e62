package dev.ast.oauth;

import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Answers;
import dev.ast.http.Http;
import dev.ast.support.Fuzzed;
import dev.ast.support.MovableTime;
import dev.ast.support.NoClientKeys;
import java.net.URI;
import java.util.Map;

/** Answers to a device authorization request. */
public final class DeviceAnswerFuzz {
    private static final int[] STATUSES = {200, 400, 403, 503};
    private static final URI PLACE = URI.create("https://auth.example.com/device");
    private static final ServerOrigin AUTHORITY = ServerOrigin.of(PLACE);
    private static final DeviceAuthorizationClient CLIENT = new DeviceAuthorizationClient(
            new Http(Environment.of(Map.of()), new Interrupts(), "fuzz"),
            new MovableTime(),
            new ClientAuthenticator(new NoClientKeys()));

    private DeviceAnswerFuzz() {}

    /** One input: a status, and the body of the answer. */
    public static void fuzzerTestOneInput(byte[] input) {
        int status = STATUSES[Fuzzed.choice(input, 0, STATUSES.length)];
        Fuzzed.reading(() -> CLIENT.read(AUTHORITY, Answers.json(PLACE, status, Fuzzed.after(input, 1))))
                .ifPresent(started -> {
                    long interval = started.interval().toSeconds();
                    Fuzzed.require(interval >= 1 && interval <= 60, "an interval of " + interval + " s");
                });
    }
}
