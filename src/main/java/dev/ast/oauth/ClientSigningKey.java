package dev.ast.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/**
 * The private key of a client as Spring Security's converter takes it. A JWK is taken as it is; to a PEM key the public
 * part is computed, and its algorithm is RS256, or PS256 where the server takes only that of the two, or the one of its
 * curve. A certificate beside it is named by its thumbprint (RFC 7515 section 4.1.8), as Entra wants it.
 */
final class ClientSigningKey {
    private ClientSigningKey() {}

    static JWK of(ClientKeys.KeyFile file, Path place, List<String> algorithms) {
        try {
            if (file.jwk().isPresent()) {
                JWK key = JWK.parse(file.jwk().get());
                if (!key.isPrivate()) {
                    throw unusable(place);
                }
                return key instanceof ECKey ec && ec.getAlgorithm() == null ? named(ec) : key;
            }
            PrivateKey key = file.key().orElseThrow(() -> unusable(place));
            Optional<Base64URL> thumbprint = file.chain().isEmpty()
                    ? Optional.empty()
                    : Optional.of(thumbprint(file.chain().get(0)));
            if (key instanceof RSAPrivateCrtKey rsa) {
                RSAPublicKey open = (RSAPublicKey) KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
                boolean pss = algorithms.contains("PS256") && !algorithms.contains("RS256");
                return new RSAKey.Builder(open)
                        .privateKey(rsa)
                        .algorithm(pss ? JWSAlgorithm.PS256 : JWSAlgorithm.RS256)
                        .x509CertSHA256Thumbprint(thumbprint.orElse(null))
                        .build();
            }
            if (key instanceof ECPrivateKey ec) {
                Curve curve = Curve.forECParameterSpec(ec.getParams());
                ECPoint open = times(ec.getS(), ec.getParams());
                int bits = ec.getParams().getCurve().getField().getFieldSize();
                return named(new ECKey.Builder(
                                curve,
                                ECKey.encodeCoordinate(bits, open.getAffineX()),
                                ECKey.encodeCoordinate(bits, open.getAffineY()))
                        .privateKey(ec)
                        .x509CertSHA256Thumbprint(thumbprint.orElse(null))
                        .build());
            }
        } catch (ParseException
                | NoSuchAlgorithmException
                | InvalidKeySpecException
                | CertificateEncodingException
                | IllegalArgumentException
                | IllegalStateException e) {
            throw unusable(place);
        }
        throw unusable(place);
    }

    // RFC 7518 section 3.4: each curve has one algorithm, while Spring Security takes ES256 for all of them.
    private static ECKey named(ECKey key) {
        JWSAlgorithm algorithm = key.getCurve().equals(Curve.P_521)
                ? JWSAlgorithm.ES512
                : key.getCurve().equals(Curve.P_384) ? JWSAlgorithm.ES384 : JWSAlgorithm.ES256;
        return new ECKey.Builder(key).algorithm(algorithm).build();
    }

    /** The failure for a key that cannot sign. */
    static FailureException unusable(Path file) {
        return Failure.usage(
                "the key in " + file + " cannot sign for a client",
                "name a private RSA or EC key, as PEM or JWK, of an algorithm that the server takes");
    }

    private static Base64URL thumbprint(X509Certificate certificate)
            throws NoSuchAlgorithmException, CertificateEncodingException {
        return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    // The public point of a private number (SEC 1 section 3.2.1): the JDK has no method for it, and the field of a JWK
    // is required. It is computed once a request on the user's own machine, so the time it takes tells nobody anything.
    private static ECPoint times(BigInteger factor, ECParameterSpec curve) {
        BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger a = curve.getCurve().getA();
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            sum = sum(sum, sum, a, prime);
            if (factor.testBit(bit)) {
                sum = sum(sum, curve.getGenerator(), a, prime);
            }
        }
        return sum;
    }

    private static ECPoint sum(ECPoint one, ECPoint two, BigInteger a, BigInteger prime) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return two;
        }
        if (two.equals(ECPoint.POINT_INFINITY)) {
            return one;
        }
        BigInteger x = one.getAffineX();
        BigInteger y = one.getAffineY();
        BigInteger slope;
        if (one.equals(two)) {
            BigInteger three = BigInteger.valueOf(3);
            slope = x.multiply(x).multiply(three).add(a).multiply(y.shiftLeft(1).modInverse(prime));
        } else if (x.equals(two.getAffineX())) {
            return ECPoint.POINT_INFINITY;
        } else {
            slope = two.getAffineY()
                    .subtract(y)
                    .multiply(two.getAffineX().subtract(x).modInverse(prime));
        }
        BigInteger sumX =
                slope.multiply(slope).subtract(x).subtract(two.getAffineX()).mod(prime);
        return new ECPoint(sumX, slope.multiply(x.subtract(sumX)).subtract(y).mod(prime));
    }
}
