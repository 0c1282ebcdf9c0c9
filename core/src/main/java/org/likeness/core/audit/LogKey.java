package org.likeness.core.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The public half of a log's Ed25519 key: what everyone may have, and needs to check a receipt. Immutable.
///
/// Its text is a *vkey* of [C2SP signed notes](https://c2sp.org/signed-note): name, key hash and key joined by plus.
public final class LogKey {
    private static final byte ED25519 = 1;
    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = 4;
    private static final int SIGNATURE_BYTES = 64;
    /// What the JDK wants before the 32 bytes of a public key: RFC 8410, SubjectPublicKeyInfo of Ed25519.
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final Pattern FORM = Pattern.compile("([!-*,-~]{1,200})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]{44})");
    private static final Pattern SIGNATURE = Pattern.compile("— ([!-*,-~]{1,200}) ([A-Za-z0-9+/=]{92})\n");

    private final String name;
    private final byte[] key;

    private LogKey(String name, byte[] key) {
        this.name = name;
        this.key = key;
    }

    /// @param encoded the key as the JDK encodes it
    public static LogKey of(String name, PublicKey encoded) {
        byte[] whole = encoded.getEncoded();
        if (whole.length != SPKI.length + KEY_BYTES || !Arrays.equals(whole, 0, SPKI.length, SPKI, 0, SPKI.length)) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        return new LogKey(name, Arrays.copyOfRange(whole, SPKI.length, whole.length));
    }

    /// Reads [#vkey].
    ///
    /// @throws IllegalArgumentException when it is none
    public static LogKey parse(String vkey) {
        Matcher parts = FORM.matcher(vkey.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the text of a log's key");
        }
        byte[] typed = Base64.getDecoder().decode(parts.group(3));
        if (typed.length != KEY_BYTES + 1 || typed[0] != ED25519) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        LogKey key = new LogKey(parts.group(1), Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.vkey().equals(vkey.strip())) {
            throw new IllegalArgumentException("the key and its hash do not belong together");
        }
        return key;
    }

    /// Whose key it is: the origin of its log.
    public String name() {
        return name;
    }

    public String vkey() {
        return name + "+" + HexFormat.of().formatHex(hash()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    private byte[] typed() {
        byte[] typed = new byte[KEY_BYTES + 1];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, KEY_BYTES);
        return typed;
    }

    private byte[] hash() {
        MessageDigest digest = Merkle.sha256();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(digest.digest(typed()), HASH_BYTES);
    }

    /// The signature line that goes under a note.
    String line(byte[] signature) {
        byte[] both = Arrays.copyOf(hash(), HASH_BYTES + SIGNATURE_BYTES);
        System.arraycopy(signature, 0, both, HASH_BYTES, SIGNATURE_BYTES);
        return "— " + name + " " + Base64.getEncoder().encodeToString(both) + "\n";
    }

    /// Whether one of the lines is this key's signature of the body. Lines of others, such as witnesses, are passed
    /// over.
    boolean signed(String body, String lines) {
        return lines.lines().anyMatch(line -> {
            Matcher parts = SIGNATURE.matcher(line + "\n");
            return parts.matches() && parts.group(1).equals(name) && verifies(body, parts.group(2));
        });
    }

    private boolean verifies(String body, String base64) {
        byte[] both;
        try {
            both = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return false; // not base64, so not a signature
        }
        if (both.length != HASH_BYTES + SIGNATURE_BYTES || !Arrays.equals(both, 0, HASH_BYTES, hash(), 0, HASH_BYTES)) {
            return false;
        }
        try {
            byte[] whole = Arrays.copyOf(SPKI, SPKI.length + KEY_BYTES);
            System.arraycopy(key, 0, whole, SPKI.length, KEY_BYTES);
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(whole)));
            check.update(body.getBytes(StandardCharsets.UTF_8));
            return check.verify(both, HASH_BYTES, SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            return false; // bytes that are no point of the curve, or no signature
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogKey that && name.equals(that.name) && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return vkey();
    }
}
