package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.oauth.CodeAuthorization;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.OAuthClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** What the user may paste instead of letting the browser come back. */
class PastedTextTest {
    private final CodeAuthorization asked = new CodeAuthorization(
            new OAuthClient(
                    new ProfileName("default"),
                    ServerOrigin.parse("https://idp.example"),
                    Optional.of(URI.create("https://idp.example")),
                    Endpoints.NONE,
                    "c1",
                    List.of(),
                    Map.of(),
                    Optional.empty(),
                    List.of()),
            Endpoints.NONE,
            Optional.empty(),
            OAuth2AuthorizationRequest.authorizationCode()
                    .authorizationUri("https://idp.example/authorize")
                    .clientId("c1")
                    .redirectUri("http://127.0.0.1:1/callback")
                    .state("ours")
                    .build(),
            URI.create("https://idp.example/authorize"));

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/callback?code=a%2Fb&state=ours,          a/b",
        "  http://127.0.0.1:1/callback?state=ours&code=c1#_=_  ,     c1",
        "http://localhost:1/callback?code=c1&state=ours&iss=https%3A%2F%2Fidp.example, c1",
        "http://127.0.0.1:1/callback?code=c1,                        c1",
        "127.0.0.1:1/callback?code=c1&state=ours,                    c1",
        "?code=c1&state=ours,                                        c1",
        "code=c1&state=ours,                                         c1",
        "4/0AbC-_x.y~z==,                                            4/0AbC-_x.y~z==",
        "c1,                                                         c1"
    })
    void isTheAnswer(String text, String code) {
        assertThat(BrowserAnswer.pasted(text, asked)).isEqualTo(new BrowserAnswer.Allowed(code));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/callback?code=c1&state=other,                  its state is not the one that was sent",
        "code=c1&state=,                                                   its state is not the one that was sent",
        "http://127.0.0.1:1/callback,                                      this address has no answer in it",
        "https://idp.example/authorize?response_type=code&state=ours,      it has neither a code nor an error",
        "http://127.0.0.1:1/callback?code=a&code=b&state=ours,             it cannot be read",
        "http://127.0.0.1:1/callback?code=a&state=ours&iss=https://x.example, it names the issuer 'https://x.example'",
        "what is this,                                                     it is neither an address nor a code",
        "cödé,                                                             it is neither an address nor a code"
    })
    void cannotBeUsedForAReason(String text, String why) {
        BrowserAnswer read = BrowserAnswer.pasted(text, asked);

        assertThat(
                        read instanceof BrowserAnswer.Foreign foreign
                                ? foreign.why()
                                : ((BrowserAnswer.Unusable) read).why())
                .isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:1/callback?error=access_denied&state=ours", "error=access_denied"})
    void canBeARefusal(String text) {
        assertThat(BrowserAnswer.pasted(text, asked))
                .isEqualTo(new BrowserAnswer.Refused("access_denied", Optional.empty()));
    }
}
