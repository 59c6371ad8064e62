package dev.ast.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.output.Coloring;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Format;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whoami                          | TEXT | AUTO   | false",
                "whoami -o json -v               | JSON | AUTO   | true",
                "nope --output=json --verbose    | JSON | AUTO   | true",
                "nope -qvojson                   | JSON | AUTO   | true",
                "nope -o=json                    | JSON | AUTO   | false",
                "nope -o xml -o json             | JSON | AUTO   | false",
                "nope --output --color never     | TEXT | NEVER  | false",
                "--color=always nope -o yaml     | TEXT | ALWAYS | false",
                "--profile -o json nope          | JSON | AUTO   | false",
                "exec -- nope -o json -v         | TEXT | AUTO   | false",
                "'nope \"open -o json --color never' | JSON | NEVER | false"
            })
    void isFoundInSpiteOfErrors(String line, Format format, Coloring coloring, boolean verbose) {
        assertThat(ErrorOptions.of(ErrorOptions.words(line)))
                .isEqualTo(new ErrorPrinter.Options(format, coloring, verbose));
    }
}
