package org.likeness.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Template;

/// Seals and opens the templates of one collection: AES-256-GCM
/// ([NIST SP 800-38D](https://doi.org/10.6028/NIST.SP.800-38D)) with a random 96-bit nonce and a 128-bit tag.
///
/// The plaintext is the vector as IEEE 754 float32, little endian, nothing else. The associated data says
/// whose it is, so a row moved to another face or collection, or renamed to another model, does not open. One
/// thread at a time; reads each key once.
///
/// | offset | bytes | associated data |
/// |---|---|---|
/// | 0 | 19 | `likeness template 1`, ASCII |
/// | 19 | 16 | collection id, big endian |
/// | 35 | 16 | face id, big endian |
/// | 51 | 1 | kind: 1 feature set, 2 reference |
/// | 52 | 4 | key version, big endian |
/// | 56 | n | model id as `pack/version/alignment`, ASCII, to the end |
final class Vault {
    static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final byte[] LABEL = "likeness template 1".getBytes(StandardCharsets.US_ASCII);
    private static final int FACE_AT = LABEL.length + Long.BYTES * 2;
    private static final int FIXED_BYTES = LABEL.length + Long.BYTES * 4 + 1 + Integer.BYTES;

    /// What a template is for; bound to its bytes.
    enum Kind {
        FEATURE_SET(1),
        REFERENCE(2);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    /// A sealed template: ciphertext followed by the tag.
    @SuppressWarnings("ArrayRecordComponent") // on its way between a row and the cipher, never kept or compared
    record Sealed(int keyVersion, byte[] nonce, byte[] bytes) {}

    private final CollectionId collection;
    private final Keys keys;
    private final Map<Integer, SecretKey> open = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Cipher cipher;
    private byte[] plain = new byte[0];
    private byte[] associated = new byte[0];
    private String associatedModel = "";

    Vault(CollectionId collection, Keys keys) {
        this.collection = collection;
        this.keys = keys;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    private SecretKey key(int version) {
        return open.computeIfAbsent(version, v -> keys.read(collection, v));
    }

    /// With the collection's current key.
    Sealed seal(FaceId face, Kind kind, Template template) {
        float[] values = template.values();
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        int version = Keys.FIRST_VERSION;
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key(version), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(associated(face, kind, template.model(), version));
            return new Sealed(version, nonce, cipher.doFinal(buffer.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        } finally {
            Arrays.fill(buffer.array(), (byte) 0);
        }
    }

    /// @throws LikenessException CORRUPT when it was altered or moved, or sealed with another key;
    ///     UNAVAILABLE when its key is not there
    Template open(FaceId face, Kind kind, ModelId model, Sealed sealed) {
        int size = sealed.bytes().length - TAG_BYTES;
        if (size <= 0 || size % Float.BYTES != 0 || sealed.nonce().length != NONCE_BYTES) {
            throw doesNotOpen(new IllegalArgumentException("size of nonce or ciphertext"));
        }
        if (plain.length < size) {
            plain = new byte[size];
        }
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key(sealed.keyVersion()),
                    new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed.nonce()));
            cipher.updateAAD(associated(face, kind, model, sealed.keyVersion()));
            cipher.doFinal(sealed.bytes(), 0, sealed.bytes().length, plain, 0);
            float[] values = new float[size / Float.BYTES];
            ByteBuffer.wrap(plain, 0, size)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return new Template(model, values);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw doesNotOpen(e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    static LikenessException doesNotOpen(Exception cause) {
        return new LikenessException(
                LikenessException.Kind.CORRUPT,
                "a stored template does not open: it was altered or moved, or its key file is another's\n"
                        + "Restore the records and the keys from backups made together.",
                cause);
    }

    /// Reuses one array; all but the face is nearly always the same.
    private byte[] associated(FaceId face, Kind kind, ModelId model, int version) {
        String name = model.toString();
        if (!name.equals(associatedModel)) {
            byte[] text = name.getBytes(StandardCharsets.US_ASCII);
            associated = new byte[FIXED_BYTES + text.length];
            ByteBuffer.wrap(associated)
                    .put(LABEL)
                    .putLong(collection.value().getMostSignificantBits())
                    .putLong(collection.value().getLeastSignificantBits())
                    .put(FIXED_BYTES, text);
            associatedModel = name;
        }
        UUID id = face.value();
        ByteBuffer.wrap(associated)
                .position(FACE_AT)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(kind.code)
                .putInt(version);
        return associated;
    }
}
