package org.likeness.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Rotation;
import org.likeness.core.template.Space;
import org.likeness.core.template.Template;

/// Turns, seals and opens the templates of one collection: AES-256-GCM
/// ([NIST SP 800-38D](https://doi.org/10.6028/NIST.SP.800-38D)) with a random 96-bit nonce and a 128-bit
/// tag.
///
/// The plaintext is the vector as IEEE 754 float32, little endian, nothing else, in the collection's space
/// of its key version. The associated data says whose it is and until when, so a row moved to another face
/// or collection, renamed to another model, or given another term does not open. One thread at a time;
/// reads each key once.
///
/// | offset | bytes | associated data |
/// |---|---|---|
/// | 0 | 19 | `likeness template 2`, ASCII |
/// | 19 | 16 | collection id, big endian |
/// | 35 | 16 | face id, big endian |
/// | 51 | 1 | kind: 1 feature set, 2 reference |
/// | 52 | 4 | key version, big endian |
/// | 56 | 8 | its end, milliseconds since 1970-01-01 UTC, big endian; 2⁶³ - 1: none |
/// | 64 | n | model id as `pack/version/alignment`, ASCII, to the end |
///
/// Format 1, which is opened and never written, has `likeness template 1`, no end, the vector as the model
/// made it, and is sealed by the collection's key instead of one derived from it.
final class Vault {
    static final int NONCE_BYTES = 12;
    static final int FORMAT = 2;
    private static final int FIRST_FORMAT = 1;
    private static final int TAG_BYTES = 16;

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
    record Sealed(int format, int keyVersion, byte[] nonce, byte[] bytes) {}

    private final Space.Keyed space;
    private final Keys keys;
    private final Rotations rotations;
    private final Map<Integer, SecretKey> masters = new HashMap<>();
    private final Map<Integer, SecretKey> sealing = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Cipher cipher;
    private byte[] plain = new byte[0];

    /// @param space of the key in use
    Vault(Space.Keyed space, Keys keys, Rotations rotations) {
        this.space = space;
        this.keys = keys;
        this.rotations = rotations;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    Space.Keyed space() {
        return space;
    }

    private SecretKey master(int version) {
        return masters.computeIfAbsent(version, v -> keys.read(space.collection(), v));
    }

    private SecretKey sealing(int format, int version) {
        return format == FIRST_FORMAT
                ? master(version)
                : sealing.computeIfAbsent(version, v -> Keys.derive(master(v), "seal", space.collection(), v));
    }

    private Rotation rotation(int version, ModelId model, int dimension) {
        return rotations.of(new Space.Keyed(space.collection(), version), model, dimension, master(version));
    }

    /// The template in this collection's space.
    ///
    /// @throws IllegalArgumentException when it is in another keyed one
    Template keyed(Template template) {
        if (template.space().equals(space)) {
            return template;
        }
        if (!template.space().equals(Space.RAW)) {
            throw new IllegalArgumentException(
                    "template must be as the model made it or of " + space + " but is of " + template.space());
        }
        return turned(template.model(), template.values());
    }

    /// A vector of one of this collection's key versions, in its current space.
    Template present(ModelId model, int keyVersion, float[] values) {
        return keyVersion == space.keyVersion()
                ? new Template(model, space, values)
                : turned(model, rotation(keyVersion, model, values.length).back(values));
    }

    private Template turned(ModelId model, float[] raw) {
        try {
            return new Template(
                    model,
                    space,
                    rotation(space.keyVersion(), model, raw.length).turn(raw));
        } finally {
            Arrays.fill(raw, 0);
        }
    }

    /// With the collection's current key, in its current space.
    ///
    /// @param expiresAt its end, which is bound to it
    Sealed seal(FaceId face, Kind kind, Template template, Optional<Instant> expiresAt) {
        float[] values = keyed(template).values();
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        int version = space.keyVersion();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            cipher.init(
                    Cipher.ENCRYPT_MODE, sealing(FORMAT, version), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(associated(FORMAT, version, face, kind, template.model(), expiresAt));
            return new Sealed(FORMAT, version, nonce, cipher.doFinal(buffer.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        } finally {
            Arrays.fill(buffer.array(), (byte) 0);
            Arrays.fill(values, 0);
        }
    }

    /// In the collection's current space, by whichever key it is sealed.
    ///
    /// @throws LikenessException CORRUPT when it was altered or moved, or sealed with another key;
    ///     UNAVAILABLE when its key is not there, REFUSED when that was destroyed
    Template open(FaceId face, Kind kind, ModelId model, Optional<Instant> expiresAt, Sealed sealed) {
        float[] values = opened(face, kind, model, expiresAt, sealed);
        try {
            if (sealed.format() == FIRST_FORMAT) {
                return turned(model, values);
            }
            return present(model, sealed.keyVersion(), values);
        } catch (IllegalArgumentException e) {
            throw doesNotOpen(e);
        } finally {
            Arrays.fill(values, 0);
        }
    }

    private float[] opened(FaceId face, Kind kind, ModelId model, Optional<Instant> expiresAt, Sealed sealed) {
        int size = sealed.bytes().length - TAG_BYTES;
        if (size <= 0 || size % Float.BYTES != 0 || sealed.nonce().length != NONCE_BYTES) {
            throw doesNotOpen(new IllegalArgumentException("size of nonce or ciphertext"));
        }
        if (sealed.format() != FIRST_FORMAT && sealed.format() != FORMAT) {
            throw doesNotOpen(new IllegalArgumentException("format " + sealed.format()));
        }
        if (plain.length < size) {
            plain = new byte[size];
        }
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    sealing(sealed.format(), sealed.keyVersion()),
                    new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed.nonce()));
            cipher.updateAAD(associated(sealed.format(), sealed.keyVersion(), face, kind, model, expiresAt));
            cipher.doFinal(sealed.bytes(), 0, sealed.bytes().length, plain, 0);
            float[] values = new float[size / Float.BYTES];
            ByteBuffer.wrap(plain, 0, size)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        } catch (GeneralSecurityException e) {
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
                        cause)
                .called("keys.damaged");
    }

    private byte[] associated(
            int format, int version, FaceId face, Kind kind, ModelId model, Optional<Instant> expiresAt) {
        byte[] label = ("likeness template " + format).getBytes(StandardCharsets.US_ASCII);
        byte[] name = model.toString().getBytes(StandardCharsets.US_ASCII);
        UUID collection = space.collection().value();
        int end = format == FIRST_FORMAT ? 0 : Long.BYTES;
        ByteBuffer data = ByteBuffer.allocate(label.length + Long.BYTES * 4 + 1 + Integer.BYTES + end + name.length)
                .put(label)
                .putLong(collection.getMostSignificantBits())
                .putLong(collection.getLeastSignificantBits())
                .putLong(face.value().getMostSignificantBits())
                .putLong(face.value().getLeastSignificantBits())
                .put(kind.code)
                .putInt(version);
        if (end > 0) {
            data.putLong(expiresAt.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
        }
        return data.put(name).array();
    }
}
