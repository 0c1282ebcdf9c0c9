package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.testkit.TestPhotos;

class LinkedPhotoTest {
    @TempDir
    private Path temp;

    @Test
    void nothing_is_rebuilt_from_another_picture_that_took_the_place_of_a_linked_one() throws IOException {
        List<Path> demo = TestPhotos.demo(temp.resolve("originals"));
        Path linked = Files.copy(demo.get(0), temp.resolve("linked.jpg"));
        try (Likeness likeness = Likeness.open(Settings.of(temp.resolve("data")))) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            likeness.importPhotos(
                    ours, List.of(linked), Storage.LINK, Optional.empty(), Optional.empty(), (_, _) -> {});
            Photo photo = likeness.photos(ours, 1).getFirst();
            Path thumbnail = likeness.thumbnail(ours, photo).orElseThrow();
            byte[] before = Files.readAllBytes(thumbnail);

            Files.delete(thumbnail);
            Files.copy(demo.get(1), linked, StandardCopyOption.REPLACE_EXISTING);
            assertThat(likeness.thumbnail(ours, photo)).isEmpty();

            Files.copy(demo.get(0), linked, StandardCopyOption.REPLACE_EXISTING);
            assertThat(likeness.thumbnail(ours, photo))
                    .hasValueSatisfying(again -> assertThat(again).hasBinaryContent(before));
            assertThat(staged(ours)).isEmpty();
        }
    }

    private List<Path> staged(Collection collection) throws IOException {
        Path staging = temp.resolve("data")
                .resolve("collections")
                .resolve(collection.id().toString())
                .resolve("staging");
        try (Stream<Path> left = Files.list(staging)) {
            return left.toList();
        }
    }
}
