package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.TestAuthority;
import java.security.cert.X509Certificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameTest {

    @ParameterizedTest
    @CsvSource({
        "api.example.com, api.example.com, true",
        "api.example.com, API.Example.com, true",
        "API.example.com, api.example.com, true",
        "xn--bcher-kva.example, xn--bcher-kva.example, true",
        "localhost, localhost, true",
        // What is below is for the JDK to decide, which knows the rules for it.
        "api.example.com, *.example.com, false",
        "api.example.com, example.com, false",
        "api.example.com, api.example.com.evil.example, false",
        "api.example.com., api.example.com., false",
        "*.example.com, *.example.com, false",
        "127.0.0.1, 127.0.0.1, false",
        "\u212Aelvin.example, kelvin.example, false"
    })
    void onlyANameLetterByLetterIsThePlainCase(String host, String name, boolean plain) {
        X509Certificate certificate =
                new TestAuthority().serverKey("other.example", name).certificate();
        assertThat(ServerName.isExactly(host, certificate)).isEqualTo(plain);
    }
}
