package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.Metric;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Rotation;
import org.likeness.core.template.Space;
import org.likeness.core.template.Template;

final class VaultTest {
    private static final byte[] MODEL = "face-api/1.0/dlib-33-150-v1".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final CollectionId collection = CollectionId.next();
    private final FaceId face = FaceId.next();
    private final Template template = new Samples(1).template();
    private final Rotations rotations = new Rotations();
    private Keys keys;
    private Vault vault;
    private Vault.Sealed sealed;

    @BeforeEach
    void seal() {
        keys = new Keys(folder);
        keys.create(collection);
        vault = vault(collection, 1);
        sealed = vault.seal(face, Vault.Kind.FEATURE_SET, template, Optional.empty());
    }

    private Vault vault(CollectionId id, int version) {
        return new Vault(new Space.Keyed(id, version), keys, rotations);
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
        return vault.open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, Optional.empty(), changed);
    }

    @Test
    void opens_what_it_sealed_and_seals_it_differently_each_time() {
        Template keyed = vault.keyed(template);
        assertThat(open(sealed)).isEqualTo(keyed);
        assertThat(sealed.nonce()).hasSize(12);
        assertThat(sealed.bytes()).hasSize(128 * 4 + 16);
        Vault.Sealed again = vault(collection, 1).seal(face, Vault.Kind.FEATURE_SET, template, Optional.empty());
        assertThat(again.nonce()).isNotEqualTo(sealed.nonce());
        assertThat(again.bytes()).isNotEqualTo(sealed.bytes());
        assertThat(open(again)).isEqualTo(keyed);
    }

    @Test
    void a_template_is_kept_in_the_space_of_its_key() {
        Template keyed = vault.keyed(template);
        assertThat(keyed.space()).isEqualTo(new Space.Keyed(collection, 1));
        assertThat(keyed.values()).isNotEqualTo(template.values());
        assertThat(vault.keyed(keyed)).isSameAs(keyed);
        Template elsewhere = new Template(Samples.MODEL, new Space.Keyed(collection, 2), template.values());
        assertThatThrownBy(() -> vault.keyed(elsewhere)).isInstanceOf(IllegalArgumentException.class);
        Template twin = new Samples(2).template();
        assertThat(vault.keyed(twin).score(keyed, Metric.EUCLIDEAN))
                .isCloseTo(twin.score(template, Metric.EUCLIDEAN), within(1e-5));
    }

    @Test
    void r14_what_an_old_key_sealed_opens_in_the_space_of_the_new_one() {
        keys.create(collection, 2);
        Vault later = vault(collection, 2);
        Template moved = later.open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, Optional.empty(), sealed);
        assertThat(moved.space()).isEqualTo(new Space.Keyed(collection, 2));
        assertThat(moved.score(later.keyed(template), Metric.EUCLIDEAN)).isGreaterThan(1 - 1e-5);
    }

    @Test
    void its_end_is_bound_to_it() {
        Instant end = Samples.NOW.plusSeconds(60);
        Vault.Sealed ending = vault.seal(face, Vault.Kind.FEATURE_SET, template, Optional.of(end));
        assertThat(vault.open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, Optional.of(end), ending))
                .isEqualTo(vault.keyed(template));
        for (Optional<Instant> other :
                List.of(Optional.of(end.plusMillis(1)), Optional.of(end.minusMillis(1)), Optional.<Instant>empty())) {
            doesNotOpen(() -> vault.open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, other, ending));
        }
        doesNotOpen(() -> vault.open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, Optional.of(end), sealed));
    }

    @Test
    void r13_no_bit_may_change_and_no_byte_may_be_missing() {
        for (int bit = 0; bit < sealed.bytes().length * 8; bit++) {
            byte[] changed = sealed.bytes().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            doesNotOpen(() -> open(new Vault.Sealed(2, 1, sealed.nonce(), changed)));
        }
        for (int bit = 0; bit < 12 * 8; bit++) {
            byte[] changed = sealed.nonce().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            doesNotOpen(() -> open(new Vault.Sealed(2, 1, changed, sealed.bytes())));
        }
        for (int size = 0; size < sealed.bytes().length; size++) {
            byte[] shorter = java.util.Arrays.copyOf(sealed.bytes(), size);
            doesNotOpen(() -> open(new Vault.Sealed(2, 1, sealed.nonce(), shorter)));
        }
        assertThat(open(sealed)).isEqualTo(vault.keyed(template)); // a failure leaves nothing behind in the cipher
    }

    @Test
    void r13_belongs_to_its_face_kind_model_and_collection() throws Exception {
        doesNotOpen(() -> vault.open(FaceId.next(), Vault.Kind.FEATURE_SET, Samples.MODEL, Optional.empty(), sealed));
        doesNotOpen(() -> vault.open(face, Vault.Kind.REFERENCE, Samples.MODEL, Optional.empty(), sealed));
        doesNotOpen(() -> vault.open(
                face, Vault.Kind.FEATURE_SET, new ModelId("face-api", "1.1", "x"), Optional.empty(), sealed));
        CollectionId other = CollectionId.next();
        keys.create(other);
        doesNotOpen(() -> vault(other, 1).open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, Optional.empty(), sealed));
        rename(collection, 1, other, 1); // even with the first one's key
        doesNotOpen(() -> vault(other, 1).open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, Optional.empty(), sealed));
    }

    @Test
    void belongs_to_its_key_version() throws Exception {
        fails(LikenessException.Kind.UNAVAILABLE, () -> open(new Vault.Sealed(2, 2, sealed.nonce(), sealed.bytes())));
        rename(collection, 1, collection, 2);
        doesNotOpen(() -> open(new Vault.Sealed(2, 2, sealed.nonce(), sealed.bytes())));
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

    /// The formats as documented, computed here without our own code.
    @Test
    void the_format_is_what_the_document_says() throws Exception {
        byte[] sealing = hkdf("likeness seal " + collection + " 1");
        ByteBuffer associated = associated(2).putLong(Long.MAX_VALUE).put(MODEL);
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealing, sealed.nonce(), associated);
        ByteBuffer plain = ByteBuffer.wrap(cipher.doFinal(sealed.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        Rotation rotation =
                Rotation.of(hkdf("likeness rotate face-api/1.0/dlib-33-150-v1 128 " + collection + " 1"), 128);
        for (float value : rotation.turn(template.values())) {
            assertThat(plain.getFloat()).isEqualTo(value);
        }
    }

    /// Rows written before templates were turned, whose end was not bound.
    @Test
    void a_template_of_the_first_format_still_opens() throws Exception {
        byte[] nonce = new byte[12];
        ByteBuffer plain = ByteBuffer.allocate(128 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : template.values()) {
            plain.putFloat(value);
        }
        byte[] bytes = cipher(
                        Cipher.ENCRYPT_MODE, rawKey(), nonce, associated(1).put(MODEL))
                .doFinal(plain.array());
        for (Optional<Instant> end : List.of(Optional.of(Samples.NOW), Optional.<Instant>empty())) {
            assertThat(vault.open(
                            face, Vault.Kind.FEATURE_SET, Samples.MODEL, end, new Vault.Sealed(1, 1, nonce, bytes)))
                    .isEqualTo(vault.keyed(template));
        }
        doesNotOpen(() -> open(new Vault.Sealed(2, 1, nonce, bytes)));
        doesNotOpen(() -> open(new Vault.Sealed(1, 1, sealed.nonce(), sealed.bytes())));
        doesNotOpen(() -> open(new Vault.Sealed(3, 1, sealed.nonce(), sealed.bytes())));
    }

    private byte[] rawKey() throws Exception {
        return HexFormat.of()
                .parseHex(
                        Files.readString(folder.resolve(collection + ".1.key")).split("\n", -1)[2]);
    }

    /// RFC 5869 with one block of output, by HMAC alone.
    private byte[] hkdf(String info) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        byte[] extracted = mac.doFinal(rawKey());
        mac.init(new SecretKeySpec(extracted, "HmacSHA256"));
        mac.update(info.getBytes(StandardCharsets.US_ASCII));
        return mac.doFinal(new byte[] {1});
    }

    private ByteBuffer associated(int format) {
        ByteBuffer data = ByteBuffer.allocate(56 + (format == 1 ? 0 : 8) + MODEL.length);
        data.put(("likeness template " + format).getBytes(StandardCharsets.US_ASCII));
        for (UUID id : List.of(collection.value(), face.value())) {
            data.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
        return data.put((byte) 1).putInt(1);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, ByteBuffer associated) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(associated.flip());
        return cipher;
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
    void r15_a_destroyed_key_does_not_come_back() throws Exception {
        keys.create(collection, 2);
        Path file = folder.resolve(collection + ".1.key");
        byte[] backup = Files.readAllBytes(file);
        keys.destroy(collection, 1);
        assertThat(file).doesNotExist();
        fails(LikenessException.Kind.REFUSED, () -> keys.read(collection, 1));
        fails(LikenessException.Kind.CONFLICT, () -> keys.create(collection, 1));
        Files.write(file, backup); // restored with older keys
        fails(LikenessException.Kind.REFUSED, () -> keys.read(collection, 1));
        keys.sweep();
        assertThat(file).doesNotExist();
        assertThat(keys.read(collection, 2).getEncoded()).hasSize(32);
        keys.destroy(collection, 1); // again
    }

    @Test
    void r15_a_person_s_key_is_destroyed_and_stays_so() throws Exception {
        UUID person = UUID.randomUUID();
        Path file = folder.resolve(collection + "." + person + ".person.key");
        Files.writeString(file, "secret");
        assertThat(keys.destroyPersonKey(collection, person)).isTrue();
        assertThat(keys.destroyPersonKey(collection, person)).isFalse();
        Files.writeString(file, "secret");
        keys.sweep();
        assertThat(file).doesNotExist();
        assertThat(keys.read(collection, 1)).isNotNull();
    }

    @Test
    void r15_shredding_destroys_every_key_of_one_collection_only() throws Exception {
        CollectionId other = CollectionId.next();
        keys.create(other);
        keys.create(collection, 2);
        Files.writeString(folder.resolve(collection + "." + UUID.randomUUID() + ".person.key"), "secret");
        keys.destroyAll(collection);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(other + ".1.key", collection + ".shredded");
        }
        assertThat(keys.shredded(collection)).isTrue();
        assertThat(keys.shredded(other)).isFalse();
        fails(LikenessException.Kind.REFUSED, () -> keys.read(collection, 2));
        Files.writeString(folder.resolve(collection + ".2.key"), "back again");
        keys.sweep();
        assertThat(folder.resolve(collection + ".2.key")).doesNotExist();
    }

    @Test
    void says_nothing_of_itself() {
        assertThat(keys).hasToString("Keys[redacted]");
    }
}
