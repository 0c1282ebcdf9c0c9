package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Target;
import org.likeness.core.member.MemberId;
import org.likeness.core.photo.Sha256;
import org.likeness.library.Uploads.About;
import org.likeness.library.Uploads.Upload;

/// Files on their way in: what was acknowledged is kept, and what is erased takes them with it.
class UploadsTest {
    private static final MemberId ADA = MemberId.next();
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    @TempDir
    Path data;

    private static About about(Collection collection, int size) {
        return new About(
                collection.id(),
                ADA,
                "a photo.jpg",
                size,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void pieces_of_any_size_make_the_same_file_and_a_stream_that_breaks_off_keeps_what_came() {
        Random random = new Random(7);
        byte[] bytes = new byte[300_000];
        random.nextBytes(bytes);
        System.arraycopy(JPEG, 0, bytes, 0, JPEG.length);
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Upload upload = likeness.uploads().begin(about(ours, bytes.length), Optional.empty());
            long offset = 0;
            while (offset < bytes.length) {
                int size = Math.min(1 + random.nextInt(90_000), bytes.length - (int) offset);
                byte[] piece = Arrays.copyOfRange(bytes, (int) offset, (int) offset + size);
                if (random.nextBoolean()) {
                    assertThatThrownBy(() -> likeness.uploads()
                                    .append(
                                            ADA,
                                            upload.about().collection(),
                                            upload.id(),
                                            upload(likeness, upload),
                                            broken(piece)))
                            .isInstanceOf(LikenessException.class);
                } else {
                    likeness.uploads()
                            .append(
                                    ADA,
                                    upload.about().collection(),
                                    upload.id(),
                                    offset,
                                    new ByteArrayInputStream(piece));
                }
                offset = upload(likeness, upload);
            }
            assertThat(likeness.uploads().waiting()).hasSize(1);
            assertThat(likeness.uploads().file(upload)).hasBinaryContent(bytes);
        }
    }

    private static long upload(Likeness likeness, Upload upload) {
        return likeness.uploads()
                .find(ADA, upload.about().collection(), upload.id())
                .receivedBytes();
    }

    /// Gives half of the bytes and fails.
    private static InputStream broken(byte[] piece) {
        return new FilterInputStream(new ByteArrayInputStream(piece, 0, piece.length / 2)) {
            @Override
            public int read(byte[] to, int from, int size) throws IOException {
                int read = super.read(to, from, size);
                if (read < 0) {
                    throw new IOException("the connection broke");
                }
                return read;
            }
        };
    }

    @Test
    void a_wrong_offset_another_member_and_too_many_bytes_change_nothing() {
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Upload upload = likeness.uploads().begin(about(ours, 10), Optional.of("k"));
            assertThat(likeness.uploads().begin(about(ours, 10), Optional.of("k")))
                    .isEqualTo(upload);
            likeness.uploads()
                    .append(ADA, upload.about().collection(), upload.id(), 0, new ByteArrayInputStream(new byte[4]));
            assertThatThrownBy(() -> likeness.uploads()
                            .append(ADA, upload.about().collection(), upload.id(), 0, InputStream.nullInputStream()))
                    .hasMessageContaining("4 bytes");
            assertThatThrownBy(() -> likeness.uploads().find(MemberId.next(), ours.id(), upload.id()))
                    .hasMessageContaining("no such upload");
            assertThatThrownBy(() -> likeness.uploads()
                            .append(
                                    ADA,
                                    upload.about().collection(),
                                    upload.id(),
                                    4,
                                    new ByteArrayInputStream(new byte[7])))
                    .hasMessageContaining("more bytes");
            assertThatThrownBy(() -> likeness.uploads().begin(about(ours, 0), Optional.empty()))
                    .hasMessageContaining("from 1 to");
        }
    }

    @Test
    void a_file_waits_for_its_import_when_it_has_its_name_and_not_before() {
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Uploads uploads = likeness.uploads();
            Upload upload = uploads.begin(about(ours, JPEG.length), Optional.empty());
            assertThatThrownBy(() -> uploads.append(
                            ADA, upload.about().collection(), upload.id(), 0, lookingAtTheEnd(likeness.uploads())))
                    .isInstanceOf(LikenessException.class);
            assertThat(uploads.unfinished(ADA, ours.id())).hasSize(1);
            assertThat(uploads.waiting()) // nothing more needs to come
                    .singleElement()
                    .satisfies(whole -> assertThat(uploads.file(whole)).hasBinaryContent(JPEG));
        }
    }

    /// Looks, when all has come and is not done with yet, whether it waits already; and breaks off then.
    private static InputStream lookingAtTheEnd(Uploads uploads) {
        return new FilterInputStream(new ByteArrayInputStream(JPEG)) {
            @Override
            public int read(byte[] to, int from, int size) throws IOException {
                int read = super.read(to, from, size);
                if (read < 0) {
                    assertThat(uploads.waiting()).isEmpty();
                    throw new IOException("the connection broke");
                }
                return read;
            }
        };
    }

    @Test
    void what_is_not_all_here_is_told_to_its_sender_until_it_is_given_up() {
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Collection theirs = likeness.createCollection("theirs", Profile.HOUSEHOLD);
            Uploads uploads = likeness.uploads();
            Upload half = uploads.begin(about(ours, 10), Optional.empty());
            uploads.append(ADA, half.about().collection(), half.id(), 0, new ByteArrayInputStream(new byte[4]));
            Upload whole = uploads.begin(about(ours, JPEG.length), Optional.empty());
            uploads.append(ADA, whole.about().collection(), whole.id(), 0, new ByteArrayInputStream(JPEG));
            uploads.begin(about(theirs, 10), Optional.empty());
            assertThat(uploads.unfinished(ADA, ours.id())).singleElement().satisfies(left -> {
                assertThat(left.upload().id()).isEqualTo(half.id());
                assertThat(left.upload().receivedBytes()).isEqualTo(4);
            });
            assertThat(uploads.unfinished(MemberId.next(), ours.id())).isEmpty();
            uploads.remove(ADA, half.about().collection(), half.id());
            assertThat(uploads.unfinished(ADA, ours.id())).isEmpty();
        }
    }

    @Test
    void what_could_not_be_imported_is_refused_before_anything_comes() {
        try (Likeness likeness = Likeness.open(data)) {
            Collection event = likeness.createCollection("event", Profile.EVENT);
            assertThatThrownBy(() -> likeness.uploads().begin(about(event, 10), Optional.empty()))
                    .hasMessageContaining("needs a source");
            assertThatThrownBy(() -> likeness.uploads().begin(from(event, Optional.empty()), Optional.empty()))
                    .hasMessageContaining("who allowed");
            likeness.uploads().begin(from(event, Optional.of("Ada")), Optional.empty());
            assertThat(likeness.uploads().everything()).hasSize(1);
            assertThat(likeness.sources().list(event.id())).isEmpty(); // it is recorded by the import
        }
    }

    private static About from(Collection collection, Optional<String> grantedBy) {
        return new About(
                collection.id(), ADA, "a.jpg", 10, Optional.of("club"), grantedBy, Optional.empty(), Optional.empty());
    }

    @Test
    void what_begins_like_no_photo_is_refused_before_the_rest_comes() {
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Upload upload = likeness.uploads().begin(about(ours, 1_000_000), Optional.empty());
            byte[] text = "Dear diary, ".repeat(500).getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> likeness.uploads()
                            .append(ADA, upload.about().collection(), upload.id(), 0, new ByteArrayInputStream(text)))
                    .hasMessageContaining("no photo")
                    .hasMessageContaining("text");
            assertThat(likeness.uploads().everything()).isEmpty();
        }
    }

    @Test
    void what_is_no_photo_is_refused_also_when_its_first_piece_broke_off() {
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            byte[] text = "Dear diary, ".repeat(2000).getBytes(StandardCharsets.US_ASCII);
            Upload upload = likeness.uploads().begin(about(ours, text.length), Optional.empty());
            assertThatThrownBy(() ->
                            likeness.uploads().append(ADA, upload.about().collection(), upload.id(), 0, broken(text)))
                    .isInstanceOf(LikenessException.class);
            int came = (int) upload(likeness, upload);
            byte[] rest = Arrays.copyOfRange(text, came, text.length);
            assertThatThrownBy(() -> likeness.uploads()
                            .append(
                                    ADA,
                                    upload.about().collection(),
                                    upload.id(),
                                    came,
                                    new ByteArrayInputStream(rest)))
                    .hasMessageContaining("no photo");
            assertThat(likeness.uploads().everything()).isEmpty();
        }
    }

    @Test
    void bytes_that_are_not_those_announced_are_refused() throws Exception {
        byte[] bytes = Arrays.copyOf(JPEG, 5000);
        Sha256 hash = Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            About announced = new About(
                    ours.id(),
                    ADA,
                    "a.jpg",
                    bytes.length,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(hash),
                    Optional.empty());
            Upload right = likeness.uploads().begin(announced, Optional.empty());
            likeness.uploads().append(ADA, right.about().collection(), right.id(), 0, new ByteArrayInputStream(bytes));
            assertThat(likeness.uploads().waiting()).hasSize(1);
            Upload wrong = likeness.uploads().begin(announced, Optional.empty());
            bytes[4999] = 1;
            assertThatThrownBy(() -> likeness.uploads()
                            .append(ADA, wrong.about().collection(), wrong.id(), 0, new ByteArrayInputStream(bytes)))
                    .hasMessageContaining("SHA-256");
            assertThat(likeness.uploads().everything()).hasSize(1);
        }
    }

    @Test
    void erasing_a_collection_takes_its_uploads_and_nobody_elses() {
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Collection theirs = likeness.createCollection("theirs", Profile.HOUSEHOLD);
            likeness.uploads().begin(about(ours, 10), Optional.empty());
            Upload kept = likeness.uploads().begin(about(theirs, 10), Optional.empty());
            var demand = likeness.demands().erase(Target.of(ours.id())).demand();
            var outcome = likeness.eraser().execute(demand.id());
            assertThat(outcome.attestation()).isPresent();
            assertThat(outcome.census().counts()).anySatisfy(count -> {
                assertThat(count.store()).isEqualTo("uploads");
                assertThat(count.found()).isEqualTo(1);
            });
            assertThat(likeness.uploads().everything()).containsExactly(kept);
        }
    }

    @Test
    void an_upload_that_nobody_goes_on_with_is_deleted_after_a_day() {
        MovableClock clock = new MovableClock();
        try (Likeness likeness = Likeness.open(Settings.of(data), clock)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            likeness.uploads().begin(about(ours, 10), Optional.empty());
            assertThat(likeness.uploads().sweep()).isZero();
            clock.advance(Duration.ofDays(3650)); // the file system has a clock of its own
            assertThat(likeness.uploads().sweep()).isOne();
            assertThat(likeness.uploads().everything()).isEmpty();
        }
    }

    @Test
    void a_file_whose_process_was_killed_before_it_got_its_name_is_imported_all_the_same() throws IOException {
        byte[] bytes = Arrays.copyOf(JPEG, 100);
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Upload photo = likeness.uploads().begin(about(ours, bytes.length), Optional.of("photo"));
            Upload text = likeness.uploads().begin(about(ours, bytes.length), Optional.of("text"));
            Files.write(
                    data.resolve("uploads/" + photo.id() + "/part"), bytes); // all that was written when it was killed
            Files.write(data.resolve("uploads/" + text.id() + "/part"), new byte[bytes.length]);

            assertThat(likeness.uploads().waiting()).extracting(Upload::id).containsExactly(photo.id());
            assertThat(likeness.uploads().file(photo)).hasBinaryContent(bytes);
            assertThat(likeness.uploads().everything()).extracting(Upload::id).containsExactly(photo.id());
            assertThat(likeness.uploads()
                            .append(
                                    ADA,
                                    photo.about().collection(),
                                    photo.id(),
                                    bytes.length,
                                    InputStream.nullInputStream())
                            .isComplete())
                    .isTrue();
        }
    }

    /// File systems count bytes, 255 of them; such a name must not keep others from their import either.
    @Test
    void a_long_name_in_any_script_is_kept_by_its_end() throws IOException {
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Uploads uploads = likeness.uploads();
            for (String name : List.of("\u6f22".repeat(200) + ".jpg", "\ud83d\ude00".repeat(100) + "a.jpg")) {
                Upload upload = uploads.begin(named(ours, name), Optional.empty());
                uploads.append(ADA, ours.id(), upload.id(), 0, new ByteArrayInputStream(JPEG));
            }
            assertThat(uploads.waiting())
                    .hasSize(2)
                    .allSatisfy(upload -> assertThat(uploads.file(upload)).hasBinaryContent(JPEG))
                    .extracting(upload -> String.valueOf(uploads.file(upload).getFileName()))
                    .allMatch(name -> name.endsWith(".jpg"));
            for (String name : List.of(" ", "\ud83d.jpg")) {
                assertThatThrownBy(() -> uploads.begin(named(ours, name), Optional.empty()))
                        .hasMessageContaining("a name");
            }
        }
    }

    @Test
    void a_key_that_began_one_file_begins_no_other_and_no_collection_reaches_anothers_uploads() {
        try (Likeness likeness = Likeness.open(data)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Collection other = likeness.createCollection("other", Profile.HOUSEHOLD);
            Uploads uploads = likeness.uploads();
            Upload upload = uploads.begin(about(ours, JPEG.length), Optional.of("key"));
            assertThat(uploads.begin(about(ours, JPEG.length), Optional.of("key"))
                            .id())
                    .isEqualTo(upload.id());
            assertThatThrownBy(() -> uploads.begin(about(ours, JPEG.length + 1), Optional.of("key")))
                    .hasMessageContaining("another file");
            assertThatThrownBy(() -> uploads.find(ADA, other.id(), upload.id())).hasMessageContaining("no such upload");
            assertThatThrownBy(() -> uploads.remove(ADA, other.id(), upload.id()))
                    .hasMessageContaining("no such upload");
            assertThat(uploads.find(ADA, ours.id(), upload.id()).id()).isEqualTo(upload.id());
        }
    }

    private static About named(Collection collection, String name) {
        return new About(
                collection.id(),
                ADA,
                name,
                JPEG.length,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
