package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.junit.jupiter.api.Test;

class PatientReaderTest {
    private static final String END = "<end>";

    private final List<String> begun = new ArrayList<>();
    private String lastKey = "x";

    @Test
    void anEndThatDoesNotComeAgainIsNone() {
        assertThat(PatientReader.read(reader(END, END, END, "whoami"), "ast> ", null))
                .isEqualTo("whoami");
    }

    @Test
    void whatWasTypedBeforeIsKept() {
        assertThat(PatientReader.read(reader(END + "who", "whoami"), "ast> ", null))
                .isEqualTo("whoami");
        assertThat(begun).containsExactly("null", "who");
    }

    @Test
    void anEndThatComesAgainIsOne() {
        assertThatThrownBy(() -> PatientReader.read(reader(END, END, END, END, "whoami"), "ast> ", null))
                .isInstanceOf(EndOfFileException.class);
    }

    @Test
    void controlDIsOneAtOnce() {
        lastKey = "\u0004";
        assertThatThrownBy(() -> PatientReader.read(reader(END, "whoami"), "ast> ", null))
                .isInstanceOf(EndOfFileException.class);
    }

    /** A line editor on a machine so busy that reads end early, which cannot be had at will. */
    private LineReader reader(String... lines) {
        Deque<String> left = new ArrayDeque<>(List.of(lines));
        return (LineReader) Proxy.newProxyInstance(
                LineReader.class.getClassLoader(), new Class<?>[] {LineReader.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getLastBinding")) {
                        return lastKey;
                    }
                    begun.add(String.valueOf(arguments[arguments.length - 1]));
                    String line = left.remove();
                    if (line.startsWith(END)) {
                        String partial = line.substring(END.length());
                        throw new EndOfFileException().partialLine(partial.isEmpty() ? null : partial);
                    }
                    return line;
                });
    }
}
