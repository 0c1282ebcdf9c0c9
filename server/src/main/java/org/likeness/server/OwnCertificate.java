package org.likeness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;
import org.likeness.library.Setting;
import org.likeness.library.WebSettings;
import org.springframework.boot.ssl.pem.PemContent;

/// The certificate by which the server itself speaks TLS: looked at before the server starts, so that whoever made a
/// mistake reads which file it is about.
final class OwnCertificate {
    /// What Spring Boot calls the pair.
    static final String BUNDLE = "own";

    private static final byte[] SIGNED = {'l', 'i', 'k', 'e'};

    private OwnCertificate() {}

    /// What Spring Boot needs to know to use it. A new pair in the same files is taken up while the server runs.
    ///
    /// @throws LikenessException BAD_INPUT when the files cannot be used
    static Map<String, Object> properties(WebSettings.Tls tls) {
        check(tls);
        String bundle = "spring.ssl.bundle.pem." + BUNDLE + ".";
        return Map.of(
                "server.ssl.bundle",
                BUNDLE,
                bundle + "keystore.certificate",
                tls.certificate().toUri().toString(),
                bundle + "keystore.private-key",
                tls.key().toUri().toString(),
                bundle + "reload-on-update",
                true,
                bundle + "options.enabled-protocols",
                "TLSv1.3,TLSv1.2");
    }

    private static void check(WebSettings.Tls tls) {
        List<X509Certificate> chain = read(Setting.SERVER_CERTIFICATE, tls.certificate(), PemContent::getCertificates)
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> unusable(Setting.SERVER_CERTIFICATE, "holds no certificate in PEM", null));
        PrivateKey key = read(Setting.SERVER_KEY, tls.key(), PemContent::getPrivateKey)
                .orElseThrow(() -> unusable(Setting.SERVER_KEY, "holds no private key in PEM", null));
        if (!fit(chain.getFirst(), key)) {
            throw unusable(Setting.SERVER_KEY, "is not the key of the first certificate", null);
        }
    }

    /// Takes something out of a PEM file.
    private interface Part<T> {
        @Nullable
        T of(PemContent content);
    }

    private static <T> Optional<T> read(Setting setting, Path file, Part<T> part) {
        if (!Files.isReadable(file)) {
            throw unusable(setting, "names a file that cannot be read", null);
        }
        try {
            return Optional.ofNullable(part.of(PemContent.load(file)));
        } catch (IOException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            throw unusable(setting, "names a file that is not PEM as expected", e);
        }
    }

    /// Whether what the key signs can be checked with the certificate.
    private static boolean fit(X509Certificate certificate, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SIGNED);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SIGNED);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false; // not even of the same kind
        }
    }

    private static LikenessException unusable(Setting setting, String problem, @Nullable Throwable cause) {
        String message = setting.key() + " " + problem
                + "\nGive a certificate chain and its unencrypted key as PEM files that the server may read.";
        return cause == null
                ? new LikenessException(LikenessException.Kind.BAD_INPUT, message)
                : new LikenessException(LikenessException.Kind.BAD_INPUT, message, cause);
    }
}
