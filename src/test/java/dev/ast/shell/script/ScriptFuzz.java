package dev.ast.shell.script;

import static dev.ast.support.Fuzzed.choice;
import static dev.ast.support.Fuzzed.require;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.support.Fuzzed;
import java.io.ByteArrayInputStream;

/** Scripts: every line is bounded and counted, whatever the bytes. */
public final class ScriptFuzz {
    private ScriptFuzz() {}

    /** One input: whether to go on after a failure, and the script. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] script = Fuzzed.after(input, 1);
        int lines = 1;
        for (byte b : script) {
            lines += b == '\n' ? 1 : 0;
        }
        Counting target = new Counting(lines);
        Script.run("s", new ByteArrayInputStream(script), choice(input, 0, 2) == 1, target);
    }

    private static final class Counting implements Script.Target {
        private final int lines;
        private int last;

        Counting(int lines) {
            this.lines = lines;
        }

        @Override
        public int run(String line, String place) {
            require(line.length() <= ScriptLines.LONGEST && line.indexOf('\0') < 0, "a line is not bounded");
            return at(place, Exit.OK.code());
        }

        @Override
        public int fail(Failure failure, String place) {
            Fuzzed.checkLength(failure.message());
            return at(place, Exit.USAGE.code());
        }

        private int at(String place, int code) {
            int number = Integer.parseInt(place.substring(2));
            require(number > last && number <= lines, "line " + number + " comes after line " + last);
            last = number;
            return code;
        }

        @Override
        public java.util.Optional<dev.ast.domain.Failure> interrupted() {
            return java.util.Optional.empty();
        }

        @Override
        public boolean ended() {
            return false;
        }
    }
}
