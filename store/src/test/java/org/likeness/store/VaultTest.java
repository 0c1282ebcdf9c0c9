package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Template;

final class VaultTest {
    @TempDir
    Path folder;

    private final CollectionId collection = CollectionId.next();
    private final FaceId face = FaceId.next();
    private final Template template = new Samples(1).template();
    private Keys keys;
    private Vault vault;
    private Vault.Sealed sealed;

    @BeforeEach
    void seal() {
        keys = new Keys(folder);
        keys.create(collection);
        vault = new Vault(collection, keys);
        sealed = vault.seal(face, Vault.Kind.FEATURE_SET, template);
    }

    private static void doesNotOpen(ThrowingCallable call) {
        fails(LikenessException.Kind.CORRUPT, call);
    }

    private static void fails(LikenessException.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LikenessException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private Template open(Vault.Sealed changed) {
        return vault.open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, changed);
    }

    @Test
    void opens_what_it_sealed_and_seals_it_differently_each_time() {
        assertThat(open(sealed)).isEqualTo(template);
        assertThat(sealed.nonce()).hasSize(12);
        assertThat(sealed.bytes()).hasSize(128 * 4 + 16);
        Vault.Sealed again = new Vault(collection, keys).seal(face, Vault.Kind.FEATURE_SET, template);
        assertThat(again.nonce()).isNotEqualTo(sealed.nonce());
        assertThat(again.bytes()).isNotEqualTo(sealed.bytes());
        assertThat(open(again)).isEqualTo(template);
    }

    @Test
    void no_bit_may_change_and_no_byte_may_be_missing() {
        for (int bit = 0; bit < sealed.bytes().length * 8; bit++) {
            byte[] changed = sealed.bytes().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            doesNotOpen(() -> open(new Vault.Sealed(1, sealed.nonce(), changed)));
        }
        for (int bit = 0; bit < 12 * 8; bit++) {
            byte[] changed = sealed.nonce().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            doesNotOpen(() -> open(new Vault.Sealed(1, changed, sealed.bytes())));
        }
        for (int size = 0; size < sealed.bytes().length; size++) {
            byte[] shorter = java.util.Arrays.copyOf(sealed.bytes(), size);
            doesNotOpen(() -> open(new Vault.Sealed(1, sealed.nonce(), shorter)));
        }
        assertThat(open(sealed)).isEqualTo(template); // a failure leaves nothing behind in the cipher
    }

    @Test
    void belongs_to_its_face_kind_model_and_collection() throws Exception {
        doesNotOpen(() -> vault.open(FaceId.next(), Vault.Kind.FEATURE_SET, Samples.MODEL, sealed));
        doesNotOpen(() -> vault.open(face, Vault.Kind.REFERENCE, Samples.MODEL, sealed));
        doesNotOpen(() -> vault.open(face, Vault.Kind.FEATURE_SET, new ModelId("face-api", "1.1", "x"), sealed));
        CollectionId other = CollectionId.next();
        keys.create(other);
        doesNotOpen(() -> new Vault(other, keys).open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, sealed));
        rename(collection, 1, other, 1); // even with the first one's key
        doesNotOpen(() -> new Vault(other, keys).open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, sealed));
    }

    @Test
    void belongs_to_its_key_version() throws Exception {
        fails(LikenessException.Kind.UNAVAILABLE, () -> open(new Vault.Sealed(2, sealed.nonce(), sealed.bytes())));
        rename(collection, 1, collection, 2);
        doesNotOpen(() -> open(new Vault.Sealed(2, sealed.nonce(), sealed.bytes())));
    }

    /// Writes a key again as if it were another's, with a check that fits.
    private void rename(CollectionId from, int version, CollectionId to, int newVersion) throws Exception {
        String[] lines =
                Files.readString(folder.resolve(from + "." + version + ".key")).split("\n", -1);
        String body = lines[0] + "\n" + to + " " + newVersion + "\n" + lines[2] + "\n";
        byte[] hash = Disk.sha256().digest(body.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Files.writeString(
                folder.resolve(to + "." + newVersion + ".key"),
                body + java.util.HexFormat.of().formatHex(hash, 0, 8) + "\n");
    }

    /// The format as documented, computed here without our own code.
    @Test
    void the_format_is_what_the_document_says() throws Exception {
        String key = Files.readString(folder.resolve(collection + ".1.key")).split("\n", -1)[2];
        byte[] model = "face-api/1.0/dlib-33-150-v1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        ByteBuffer associated = ByteBuffer.allocate(56 + model.length);
        associated.put("likeness template 1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        for (java.util.UUID id : java.util.List.of(collection.value(), face.value())) {
            associated.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
        associated.put((byte) 1).putInt(1).put(model);
        var cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                javax.crypto.Cipher.DECRYPT_MODE,
                new javax.crypto.spec.SecretKeySpec(java.util.HexFormat.of().parseHex(key), "AES"),
                new javax.crypto.spec.GCMParameterSpec(128, sealed.nonce()));
        cipher.updateAAD(associated.array());
        ByteBuffer plain = ByteBuffer.wrap(cipher.doFinal(sealed.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : template.values()) {
            assertThat(plain.getFloat()).isEqualTo(value);
        }
    }

    @Test
    void a_key_file_is_checked_and_never_overwritten() throws Exception {
        fails(LikenessException.Kind.CONFLICT, () -> keys.create(collection));
        Path file = folder.resolve(collection + ".1.key");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file, bad);
            fails(LikenessException.Kind.CORRUPT, () -> keys.read(collection, 1));
        }
        Files.write(file, good);
        assertThat(keys.read(collection, 1).getEncoded()).hasSize(32);
        CollectionId other = CollectionId.next();
        Files.copy(file, folder.resolve(other + ".1.key"));
        fails(LikenessException.Kind.CORRUPT, () -> keys.read(other, 1));
    }

    @Test
    void says_nothing_of_itself() {
        assertThat(keys).hasToString("Keys[redacted]");
    }
}
