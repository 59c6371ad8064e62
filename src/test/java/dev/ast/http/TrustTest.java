package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.support.Packages;
import dev.ast.support.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which authorities are trusted, from which place and in which form. */
class TrustTest {
    private static final TestAuthority ONE = new TestAuthority();
    private static final TestAuthority OTHER = new TestAuthority();

    @TempDir
    private Path folder;

    private boolean trusts(Map<String, String> variables, List<Path> system, TestAuthority authority) throws Exception {
        ServerTrust trust = new Trust(Environment.of(variables), system).manager();
        try {
            // An authority vouches for itself.
            trust.checkServerTrusted(new X509Certificate[] {authority.certificate()}, "UNKNOWN");
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private boolean trusts(String variable, Path value, TestAuthority authority) throws Exception {
        return trusts(Map.of(variable, value.toString()), List.of(), authority);
    }

    private Path write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void theSystemsAuthoritiesAreTrustedUnlessVariablesReplaceThem() throws Exception {
        Path system = write("system.crt", ONE.pem());
        Path given = write("given.pem", OTHER.pem());
        List<Path> places = List.of(folder.resolve("missing.crt"), system);

        assertThat(trusts(Map.of(), places, ONE)).isTrue();
        assertThat(trusts(Map.of(), places, OTHER)).isFalse();
        assertThat(trusts(Map.of(), List.of(), ONE)).isFalse();
        assertThat(trusts(Map.of("AST_CA_BUNDLE", given.toString()), places, ONE))
                .isTrue();
        assertThat(trusts(Map.of("SSL_CERT_FILE", given.toString()), places, OTHER))
                .isTrue();
        assertThat(trusts(Map.of("SSL_CERT_FILE", given.toString()), places, ONE))
                .isFalse();
    }

    @Test
    void theSystemsAuthoritiesAreNotReadForAServerThatOthersKnow() throws Exception {
        Path given = write("given.pem", ONE.pem());
        List<String> reads = new ArrayList<>();
        ServerTrust trust = new ServerTrust(null, () -> {
            reads.add("system");
            return java.util.Optional.empty();
        });
        X509Certificate[] known = trust.getAcceptedIssuers();
        assertThat(known).isNotEmpty();

        trust.checkServerTrusted(new X509Certificate[] {known[0]}, "UNKNOWN");
        assertThat(reads).isEmpty();
        X509Certificate[] unknown = {ONE.certificate()};
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> trust.checkServerTrusted(unknown, "UNKNOWN"))
                    .isInstanceOf(CertificateException.class);
        }
        assertThat(reads).containsExactly("system");
        assertThat(trusts("AST_CA_BUNDLE", given, ONE)).isTrue();
    }

    @Test
    void aFileThatIsNamedLaterIsTrustedFromThenOn() throws Exception {
        Path given = write("given.pem", ONE.pem());
        Trust trust = new Trust(Environment.of(Map.of()), List.of());
        javax.net.ssl.SSLContext before = trust.context();

        trust.add(given.toString());

        assertThat(trust.context()).isNotSameAs(before);
        assertThat(trust.manager().getAcceptedIssuers()).contains(ONE.certificate());
        assertThatThrownBy(() -> trust.add(folder.resolve("none").toString()))
                .hasMessage("--ca cannot be used: " + folder.resolve("none") + " is not there");
    }

    @Test
    void aDirectoryIsReadAsOpensslReadsIt() throws Exception {
        write("hashed/0123abcd.0", ONE.pem());
        write("hashed/other.pem", OTHER.pem());
        write("plain/one.pem", ONE.pem());
        write("plain/README", "no certificate");

        assertThat(trusts("SSL_CERT_DIR", folder.resolve("hashed"), ONE)).isTrue();
        assertThat(trusts("SSL_CERT_DIR", folder.resolve("hashed"), OTHER)).isFalse();
        assertThat(trusts("SSL_CERT_DIR", folder.resolve("plain"), ONE)).isTrue();
        assertThat(trusts("SSL_CERT_DIR", Path.of(folder.resolve("plain") + ":" + folder.resolve("hashed")), ONE))
                .isTrue();
        Files.createDirectory(folder.resolve("empty"));
        for (String bad : new String[] {"empty", "none", "plain/README"}) {
            assertThatThrownBy(() -> trusts("SSL_CERT_DIR", folder.resolve(bad), ONE))
                    .isInstanceOfSatisfying(
                            FailureException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Usage.class))
                    .hasMessageStartingWith("SSL_CERT_DIR cannot be used: " + folder.resolve(bad));
        }
    }

    @Test
    void derAndTextAroundPemAreRead() throws Exception {
        Path der = folder.resolve("ca.der");
        Files.write(der, ONE.certificate().getEncoded());
        Path text = write("all.txt", "One\n" + OTHER.pem().replace("\n", "\r\n") + "\nTwo\n" + ONE.pem());

        assertThat(trusts("AST_CA_BUNDLE", der, ONE)).isTrue();
        assertThat(trusts("SSL_CERT_FILE", text, ONE)).isTrue();
        assertThat(trusts("SSL_CERT_FILE", text, OTHER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-passout pass:",
                "-passout pass:changeit",
                "-passout pass: -legacy",
                "-passout pass: -certpbe NONE"
            })
    void pkcs12OfOpensslIsRead(String options) throws Exception {
        Packages.require("openssl");
        Path ca = write("ca.pem", ONE.pem());

        List<String> words =
                new ArrayList<>(List.of("pkcs12", "-export", "-nokeys", "-in", ca.toString(), "-out", "x"));
        words.addAll(Arrays.asList(options.split(" ")));
        openssl(words);

        assertThat(trusts("AST_CA_BUNDLE", folder.resolve("x"), ONE)).isTrue();
        assertThat(trusts("AST_CA_BUNDLE", folder.resolve("x"), OTHER)).isFalse();
    }

    @Test
    void whatOpensslTrustsIsTrustedOnlyForWhatItSays() throws Exception {
        Packages.require("openssl");
        Path ca = write("ca.pem", ONE.pem());
        String[] trusted = {"", "-setalias name", "-addtrust serverAuth", "-addtrust anyExtendedKeyUsage"};
        String[] others = {
            "-addtrust emailProtection", "-addreject serverAuth", "-addtrust serverAuth -addreject anyExtendedKeyUsage"
        };

        for (String options : trusted) {
            assertThat(trusts("AST_CA_BUNDLE", trustedForm(ca, options), ONE))
                    .as(options)
                    .isTrue();
        }
        for (String options : others) {
            Path file = trustedForm(ca, options);
            assertThatThrownBy(() -> trusts("AST_CA_BUNDLE", file, ONE))
                    .as(options)
                    .hasMessageEndingWith("holds no certificate for servers");
            Files.writeString(file, Files.readString(file) + OTHER.pem());
            assertThat(trusts("AST_CA_BUNDLE", file, ONE)).as(options).isFalse();
            assertThat(trusts("AST_CA_BUNDLE", file, OTHER)).as(options).isTrue();
        }
    }

    private Path trustedForm(Path ca, String options) throws Exception {
        List<String> words = new ArrayList<>(List.of("x509", "-in", ca.toString(), "-trustout", "-out", "trusted.pem"));
        if (!options.isEmpty()) {
            words.addAll(Arrays.asList(options.split(" ")));
        }
        openssl(words);
        Path file = folder.resolve("trusted.pem");
        assertThat(Files.readString(file)).contains("BEGIN TRUSTED CERTIFICATE");
        return file;
    }

    private void openssl(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(words);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
    }
}
