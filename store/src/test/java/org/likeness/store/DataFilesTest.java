package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;

final class DataFilesTest {
    @TempDir
    Path folder;

    private final CollectionId collection = CollectionId.next();
    private final byte[] content = new byte[200_001];
    private Path data;
    private Path photo;
    private DataFiles files;

    @BeforeEach
    void writePhoto() throws IOException {
        new SplittableRandom(7).nextBytes(content);
        data = folder.resolve("data");
        photo = Files.write(folder.resolve("photo.jpg"), content);
        files = new DataFiles(data);
    }

    private List<String> stored() throws IOException {
        if (!Files.exists(data)) {
            return List.of();
        }
        Path root = data.resolve("collections").resolve(collection.toString());
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(p -> root.relativize(p).toString())
                    .sorted()
                    .toList();
        }
    }

    private String keptName() {
        String hash = Sha256.of(Disk.sha256().digest(content)).hex();
        return "photos/" + hash.substring(0, 2) + "/" + hash;
    }

    @Test
    void keeps_a_copy_under_its_hash() throws IOException {
        PhotoFiles.Staged staged = files.stage(collection, photo, Storage.COPY);
        assertThat(staged.sha256()).isEqualTo(Sha256.of(Disk.sha256().digest(content)));
        assertThat(staged.sizeBytes()).isEqualTo(content.length);
        assertThat(staged.readable()).hasBinaryContent(content);

        files.keep(staged);
        assertThat(stored()).containsExactly(keptName());
        files.keep(staged);
        files.discard(staged);
        assertThat(stored()).containsExactly(keptName());
        Samples.Home home = new Samples(1).home("home", org.likeness.core.collection.Profile.HOUSEHOLD);
        assertThat(files.original(located(home, staged.sha256(), Storage.COPY))).hasBinaryContent(content);
    }

    private org.likeness.core.photo.Photo located(Samples.Home home, Sha256 hash, Storage storage) {
        var p = new Samples(1).photo(home);
        return new org.likeness.core.photo.Photo(
                p.id(),
                collection,
                p.source(),
                p.grant(),
                hash,
                p.sizeBytes(),
                p.mediaType(),
                p.width(),
                p.height(),
                storage,
                photo.toUri().toString(),
                p.importedAt(),
                p.takenAt());
    }

    @Test
    void a_link_is_hashed_and_left_where_it_is() throws IOException {
        PhotoFiles.Staged staged = files.stage(collection, photo, Storage.LINK);
        assertThat(staged.sha256()).isEqualTo(Sha256.of(Disk.sha256().digest(content)));
        assertThat(staged.readable()).hasBinaryContent(content);
        files.keep(staged);
        files.discard(staged);
        assertThat(stored()).isEmpty();
        assertThat(photo).hasBinaryContent(content);
        Samples.Home home = new Samples(1).home("home", org.likeness.core.collection.Profile.HOUSEHOLD);
        assertThat(files.original(located(home, staged.sha256(), Storage.LINK))).isEqualTo(photo);
    }

    @Test
    void what_is_analysed_is_what_was_hashed_though_the_linked_file_changed_meanwhile() throws IOException {
        PhotoFiles.Staged staged = files.stage(collection, photo, Storage.LINK);
        Files.writeString(photo, "another picture");
        assertThat(staged.readable()).hasBinaryContent(content);
        files.discard(staged);
        assertThat(stored()).isEmpty();
        assertThat(photo).hasContent("another picture");
    }

    @Test
    void what_was_staged_and_never_kept_is_swept_and_nothing_else() throws IOException {
        files.keep(files.stage(collection, photo, Storage.COPY));
        files.stage(collection, photo, Storage.COPY); // and then the process died
        assertThat(stored())
                .hasSize(2)
                .filteredOn(name -> name.startsWith("staging/"))
                .hasSize(1);

        new DataFiles(data).lockForImport(collection).close();
        assertThat(stored()).containsExactlyInAnyOrder(keptName(), "import.lock");
        files.lockForImport(CollectionId.next()).close();
    }

    @Test
    void one_import_at_a_time_goes_into_a_collection() throws IOException {
        try (PhotoFiles.ImportLock _ = files.lockForImport(collection)) {
            for (DataFiles other : List.of(files, new DataFiles(data))) {
                assertThatThrownBy(() -> other.lockForImport(collection))
                        .isInstanceOf(LikenessException.class)
                        .hasMessageContaining("running already");
            }
            files.lockForImport(CollectionId.next()).close();
        }
        files.lockForImport(collection).close();
    }

    @Test
    void a_file_that_cannot_be_read_leaves_nothing() {
        assertThatThrownBy(() -> files.stage(collection, folder.resolve("gone.jpg"), Storage.COPY))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files.stage(collection, folder, Storage.COPY)).isInstanceOf(IOException.class);
        assertThat(data.resolve("collections").resolve(collection.toString()).resolve("staging"))
                .isEmptyDirectory();
    }

    @Test
    void threads_keep_the_same_content_at_once() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> keeping = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                keeping.add(() -> {
                    PhotoFiles.Staged staged = files.stage(collection, photo, Storage.COPY);
                    files.keep(staged);
                    return data.resolve("collections/" + collection + "/" + keptName())
                                    .toFile()
                                    .length()
                            == content.length;
                });
            }
            for (var kept : threads.invokeAll(keeping)) {
                assertThat(kept.get()).isTrue();
            }
        }
        assertThat(stored()).containsExactly(keptName());
    }

    @Test
    void a_damaged_kept_file_is_replaced_when_its_content_comes_again() throws IOException {
        files.keep(files.stage(collection, photo, Storage.COPY));
        Path kept = data.resolve("collections/" + collection + "/" + keptName());
        Files.write(kept, new byte[3]);
        files.keep(files.stage(collection, photo, Storage.COPY));
        assertThat(kept).hasBinaryContent(content);
    }

    @Test
    void derivatives_are_written_read_and_replaced() throws IOException {
        PhotoId id = PhotoId.next();
        FaceId face = FaceId.next();
        assertThat(files.thumbnail(collection, id)).isEmpty();
        assertThat(files.crop(collection, face)).isEmpty();
        files.writeThumbnail(collection, id, new byte[] {1});
        files.writeThumbnail(collection, id, new byte[] {1, 2});
        files.writeCrop(collection, face, new AlignedCrop(new byte[] {3}));
        assertThat(files.preview(collection, id)).isEmpty();
        files.writePreview(collection, id, new byte[] {4});
        assertThat(files.preview(collection, id).orElseThrow()).containsExactly(4);
        assertThat(files.thumbnail(collection, id).orElseThrow()).hasBinaryContent(new byte[] {1, 2});
        assertThat(files.crop(collection, face).orElseThrow().png()).containsExactly(3);
        assertThat(stored())
                .containsExactly(
                        "crops/" + last(face.toString()) + "/" + face + ".png",
                        "previews/" + last(id.toString()) + "/" + id + ".jpg",
                        "thumbnails/" + last(id.toString()) + "/" + id + ".jpg");
        assertThat(files.crop(CollectionId.next(), face)).isEmpty();
    }

    @Test
    void previews_that_nobody_looked_at_for_longest_make_room_for_others() throws IOException {
        List<PhotoId> photos = List.of(PhotoId.next(), PhotoId.next(), PhotoId.next());
        CollectionId other = CollectionId.next();
        for (PhotoId photo : photos) {
            CollectionId in = photo.equals(photos.get(1)) ? other : collection;
            files.writePreview(in, photo, new byte[10]);
            Path file =
                    data.resolve("collections/" + in + "/previews/" + last(photo.toString()) + "/" + photo + ".jpg");
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(photos.indexOf(photo))));
        }
        assertThat(files.preview(collection, photos.get(0))).isPresent(); // now the one looked at last
        assertThat(files.trimPreviews(30)).isZero();
        assertThat(files.trimPreviews(29)).isEqualTo(1);
        assertThat(files.preview(other, photos.get(1))).isEmpty();
        assertThat(files.trimPreviews(10)).isEqualTo(1);
        assertThat(files.preview(collection, photos.get(0))).isPresent();
        assertThat(files.trimPreviews(0)).isEqualTo(1);
    }

    private static String last(String id) {
        return id.substring(id.length() - 2);
    }

    @Test
    void does_not_leave_its_folder() throws IOException {
        PhotoFiles.Staged staged = files.stage(collection, photo, Storage.COPY);
        PhotoFiles.Staged foreign =
                new PhotoFiles.Staged(collection, staged.sha256(), staged.sizeBytes(), Storage.COPY, photo);
        assertThatThrownBy(() -> files.keep(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.discard(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThat(photo).exists();

        FaceId face = FaceId.next();
        files.writeCrop(collection, face, new AlignedCrop(content));
        Path crop = data.resolve("collections/" + collection + "/crops/" + last(face.toString()) + "/" + face + ".png");
        Files.delete(crop);
        Files.createSymbolicLink(crop, photo);
        assertThatThrownBy(() -> files.crop(collection, face)).isInstanceOf(IOException.class);
    }

    @Test
    void all_files_are_their_owners_only() throws IOException {
        files.keep(files.stage(collection, photo, Storage.COPY));
        files.stage(collection, photo, Storage.COPY);
        files.writeThumbnail(collection, PhotoId.next(), content);
        try (Stream<Path> all = Files.walk(data)) {
            assertThat(all)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }
}
