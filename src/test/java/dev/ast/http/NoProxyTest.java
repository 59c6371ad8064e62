package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.support.Case;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {
    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "*                        | https://any.example        | true",
                "example.com              | https://example.com        | true",
                "example.com              | https://api.example.com    | true",
                "example.com              | https://badexample.com     | false",
                "example.com              | https://example.com.evil.x | false",
                "EXAMPLE.com              | https://Api.Example.COM    | true",
                ".example.com             | https://api.example.com    | true",
                ".example.com             | https://example.com        | true",
                "*.example.com            | https://api.example.com    | true",
                "example.com:8443         | https://example.com:8443   | true",
                "example.com:8443         | https://example.com        | false",
                "example.com:443          | https://example.com        | true",
                "a.x, example.com b.x     | https://example.com        | true",
                "a.x, example.com b.x     | https://b.x                | true",
                "10.1.2.3                 | https://10.1.2.3           | true",
                "10.1.2.3                 | https://10.1.2.30          | false",
                "10.1.2.3:8443            | https://10.1.2.3:8443      | true",
                "10.0.0.0/8               | https://10.200.3.4         | true",
                "10.0.0.0/8               | https://11.0.0.1           | false",
                "10.0.0.0/9               | https://10.127.0.1         | true",
                "10.0.0.0/9               | https://10.128.0.1         | false",
                "0.0.0.0/0                | https://8.8.8.8            | true",
                "10.0.0.0/33              | https://10.0.0.1           | false",
                "10.0.0.0/x               | https://10.0.0.1           | false",
                "10.0.0.0/8               | https://ten.example        | false",
                "2001:db8::1              | https://[2001:db8::1]      | true",
                "[2001:db8::1]            | https://[2001:db8:0:0::1]  | true",
                "[2001:db8::1]:8443       | https://[2001:db8::1]:8443 | true",
                "[2001:db8::1]:8443       | https://[2001:db8::1]      | false",
                "2001:db8::/32            | https://[2001:db8:ffff::9] | true",
                "2001:db8::/32            | https://[2001:db9::9]      | false",
                "api.example.com.         | https://api.example.com    | true",
                ".example.com.            | https://api.example.com    | true",
                "api.example.com.:8443    | https://api.example.com    | false",
                "..                       | https://example.com        | false",
                ".                        | https://example.com        | false",
                "/8                       | https://example.com        | false",
                "other.example            | https://example.com        | false"
            })
    void aServerIsNamedOrNot(String list, String server, boolean named) {
        assertThat(NoProxy.parse(list).matches(ServerOrigin.parse(server))).isEqualTo(named);
        Environment environment = Environment.of(Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", list));
        assertThat(new ProxyRules(environment)
                        .proxyFor(ServerOrigin.parse(server))
                        .isEmpty())
                .isEqualTo(named);
    }

    @Test
    void anEmptyListNamesNobody() {
        assertThat(NoProxy.parse("").matches(ServerOrigin.parse("https://example.com")))
                .isFalse();
        assertThat(NoProxy.parse(" , ").matches(ServerOrigin.parse("https://example.com")))
                .isFalse();
    }

    @Test
    @Case("C09")
    void lowerCaseComesFirstAndAProxyPrintsWithoutItsLogin() {
        Environment environment =
                Environment.of(Map.of("HTTPS_PROXY", "http://upper:1", "https_proxy", "http://user:canary@lower"));
        ProxyRules.Proxy proxy = new ProxyRules(environment)
                .proxyFor(ServerOrigin.parse("https://example.com"))
                .orElseThrow();
        assertThat(proxy).hasToString("lower:80");
        assertThat(proxy.login().orElseThrow()).hasToString("[proxy login]");
    }
}
