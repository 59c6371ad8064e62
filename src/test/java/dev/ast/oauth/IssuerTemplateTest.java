package dev.ast.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerTemplateTest {
    private static final String TEMPLATE = "https://login.example.com/{tenantid}/v2.0";

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com/organizations/v2.0, true",
        "https://login.example.com/1111-2222/v2.0, true",
        "https://login.example.com/organizations/v1.0, false",
        "https://login.example.com/a/b/v2.0, false",
        "https://evil.example.com/organizations/v2.0, false",
        "https://login.example.com//v2.0, false"
    })
    void metadataOfAllTenantsIsThatOfOne(String asked, boolean same) {
        assertThat(IssuerTemplate.means(TEMPLATE, URI.create(asked), Optional.empty(), false))
                .isEqualTo(same);
    }

    @Test
    void aTenantMayBeAskedForByItsDomainOnlyWhereTheSettingsNameTheForm() {
        URI asked = URI.create("https://login.example.com/contoso.example/v2.0");
        String named = "https://login.example.com/1111-2222/v2.0";

        assertThat(IssuerTemplate.means(named, asked, Optional.empty(), false)).isFalse();
        assertThat(IssuerTemplate.means(named, asked, Optional.of(TEMPLATE), false))
                .isTrue();
        assertThat(IssuerTemplate.means("https://evil.example.com/1/v2.0", asked, Optional.of(TEMPLATE), false))
                .isFalse();
        // In the host, the place holder would stand for every server.
        assertThat(IssuerTemplate.means(
                        "https://evil.example.com/",
                        URI.create("https://good.example.com/"),
                        Optional.of("https://{tenantid}/"),
                        false))
                .isFalse();
    }

    @Test
    void theSlashOfAnEmptyPathMeansNothingAndOthersOnlyForACopiedAddress() {
        assertThat(IssuerTemplate.means("https://a.example/", URI.create("https://a.example"), Optional.empty(), false))
                .isTrue();
        assertThat(IssuerTemplate.means(
                        "https://a.example/x/", URI.create("https://a.example/x"), Optional.empty(), false))
                .isFalse();
        assertThat(IssuerTemplate.means(
                        "https://a.example/x/", URI.create("https://a.example/x"), Optional.empty(), true))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1111-2222, true", "../x, false", "a b, false", "'', false"})
    void theNameOfATenantsIssuerIsFilledByItsId(String tenant, boolean filled) {
        assertThat(IssuerTemplate.filled(TEMPLATE, Optional.of(tenant)).isPresent())
                .isEqualTo(filled);
        assertThat(IssuerTemplate.filled(TEMPLATE, Optional.empty())).isEmpty();
    }
}
