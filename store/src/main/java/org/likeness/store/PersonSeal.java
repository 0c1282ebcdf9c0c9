package org.likeness.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.PersonId;

/// Seals and opens what belongs to one person: AES-256-GCM with a random 96-bit nonce and a 128-bit tag, under a key
/// that needs both the collection's key and the person's secret. Thread-safe; holds no key.
///
/// The key is HKDF-SHA256 ([RFC 5869](https://www.rfc-editor.org/rfc/rfc5869)) of the collection's key followed by the
/// person's secret, with the associated data below, without the last part, as its info.
///
/// | offset | bytes | associated data |
/// |---|---|---|
/// | 0 | 17 | `likeness person 1`, ASCII |
/// | 17 | 16 | collection id, big endian |
/// | 33 | 16 | person id, big endian |
/// | 49 | 4 | key version of the collection, big endian |
/// | 53 | n | what is sealed, ASCII, to the end: `details`, `guardian <id>` … |
final class PersonSeal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final byte[] LABEL = "likeness person 1".getBytes(StandardCharsets.US_ASCII);

    /// Ciphertext followed by the tag.
    @SuppressWarnings("ArrayRecordComponent") // on its way between a row and the cipher, never kept or compared
    record Sealed(int keyVersion, byte[] nonce, byte[] bytes) {}

    private final Keys keys;
    private final PersonKeys secrets;
    private final SecureRandom random = new SecureRandom();

    PersonSeal(Keys keys) {
        this.keys = keys;
        this.secrets = keys.people();
    }

    /// @param keyVersion the collection's current one
    /// @param what the thing and its id, where there are several; a row of another name does not open
    Sealed seal(CollectionId collection, int keyVersion, PersonId person, String what, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            return new Sealed(
                    keyVersion,
                    nonce,
                    cipher(Cipher.ENCRYPT_MODE, collection, keyVersion, person, what, nonce)
                            .doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /// What was sealed; the caller wipes it.
    ///
    /// @throws LikenessException CORRUPT when it was altered or moved; UNAVAILABLE when the key or the person's
    ///     secret is not there
    byte[] open(CollectionId collection, PersonId person, String what, Sealed sealed) {
        try {
            return cipher(Cipher.DECRYPT_MODE, collection, sealed.keyVersion(), person, what, sealed.nonce())
                    .doFinal(sealed.bytes());
        } catch (GeneralSecurityException e) {
            throw new LikenessException(
                            LikenessException.Kind.CORRUPT,
                            "what is sealed for person " + person
                                    + " does not open: it was altered or moved, or its key files"
                                    + " are another's\nRestore the records and the keys from backups made together.",
                            e)
                    .called("keys.damaged");
        }
    }

    private Cipher cipher(int mode, CollectionId collection, int keyVersion, PersonId person, String what, byte[] nonce)
            throws GeneralSecurityException {
        ByteBuffer info = ByteBuffer.allocate(LABEL.length + Long.BYTES * 4 + Integer.BYTES)
                .put(LABEL)
                .putLong(collection.value().getMostSignificantBits())
                .putLong(collection.value().getLeastSignificantBits())
                .putLong(person.value().getMostSignificantBits())
                .putLong(person.value().getLeastSignificantBits())
                .putInt(keyVersion);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                key(collection, keyVersion, person, info.array()),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(info.array());
        cipher.updateAAD(what.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private SecretKey key(CollectionId collection, int keyVersion, PersonId person, byte[] info)
            throws GeneralSecurityException {
        byte[] secret = secrets.read(collection, person);
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(keys.read(collection, keyVersion))
                                    .addIKM(secret)
                                    .thenExpand(info, KEY_BYTES));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
