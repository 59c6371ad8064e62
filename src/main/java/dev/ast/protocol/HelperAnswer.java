package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.IsoTime;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a program is answered on standard output, byte by byte as its protocol wants it. */
@FunctionalInterface
public interface HelperAnswer {
    /**
     * Writes the answer.
     *
     * @throws dev.ast.domain.FailureException what is to be reported after it, and decides the exit code
     */
    void writeTo(OutputStream out) throws IOException;

    /** Nothing: the program asks somebody else. */
    static HelperAnswer nothing() {
        return out -> {}; // in no constant: the AOT cache takes no lambda of an interface that has to be initialized
    }

    /** A text. */
    static HelperAnswer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return out -> out.write(bytes);
    }

    /** One JSON document on one line. */
    static HelperAnswer json(JsonObject document) {
        return text(LocalJson.write(document.members()) + "\n");
    }

    /** A time in RFC 3339, to the second. */
    static String time(Instant time) {
        return IsoTime.write(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The same answer, after which a failure is reported. */
    default HelperAnswer but(Failure failure) {
        return out -> {
            writeTo(out);
            out.flush();
            throw failure.asException();
        };
    }
}
