package org.likeness.core.member;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;

/// A random secret of 256 bits that is told once and kept only as its digest. As text it begins with a word that says
/// what it is for and ends with a checksum, so that secret scanners recognise one that leaked. Immutable.
public final class Secret {
    public static final String SESSION = "lks_";
    public static final String TOKEN = "lkt_";
    public static final String INVITATION = "lki_";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int CHECKSUM_DIGITS = 8;

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret next(String prefix) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String body = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return new Secret(body + checksum(body));
    }

    /// Whether a text has the form of a secret of this kind. One that lacks it was made up or changed; one that has
    /// it may be over.
    public static boolean isWellFormed(String prefix, String text) {
        int end = text.length() - CHECKSUM_DIGITS;
        return text.startsWith(prefix)
                && end > prefix.length()
                && checksum(text.substring(0, end)).equals(text.substring(end));
    }

    private static String checksum(String body) {
        CRC32 sum = new CRC32();
        sum.update(body.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /// What is told, once.
    public String text() {
        return text;
    }

    /// SHA-256 in hex: what is kept. A secret this long needs no slow hash.
    public String digest() {
        return digest(text);
    }

    public static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
