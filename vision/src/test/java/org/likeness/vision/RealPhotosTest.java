package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.photo.PhotoReading.Reason;

/// Decoding of real photos, from the folder named by `LIKENESS_PHOTOS`, else `../shared/photos` beside the
/// repository.
class RealPhotosTest {
    private static List<Path> photos = List.of();

    private final PhotoDecoder decoder = new PhotoDecoder();

    @TempDir
    Path folder;

    @BeforeAll
    static void findPhotos() throws IOException {
        var root = root();
        if (root.isEmpty()) {
            System.out.println("NOT RUN: RealPhotosTest needs real photos; name their folder by LIKENESS_PHOTOS.");
        }
        Assumptions.assumeTrue(root.isPresent(), "no real photos: set LIKENESS_PHOTOS to a folder of photos");
        try (var files = Files.walk(root.get())) {
            photos = files.filter(file ->
                            file.toString().endsWith(".jpg") || file.toString().endsWith(".pgm"))
                    .sorted()
                    .toList();
        }
        assertThat(photos).isNotEmpty();
    }

    private static Optional<Path> root() {
        var named = System.getenv("LIKENESS_PHOTOS");
        if (named != null) {
            return Optional.of(Path.of(named)); // a wrong name fails instead of skipping
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared").resolve("photos"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    @Test
    void decodes_them_all() {
        for (var file : photos) {
            try (var photo = decoded(file)) {
                assertThat(Math.max(photo.scaled(200).width(), photo.scaled(200).height()))
                        .isLessThanOrEqualTo(200);
            }
        }
    }

    @Test
    void agrees_with_the_jdk_on_the_pixels() throws IOException {
        for (var file : every(20)) {
            if (file.toString().endsWith(".pgm")) {
                continue; // not known to the JDK
            }
            var expected = ImageIO.read(file.toFile());
            try (var photo = decoded(file)) {
                if (photo.width() != expected.getWidth()) {
                    continue; // turned by EXIF, which the JDK leaves aside
                }
                var side = Math.min(200, Math.min(photo.width(), photo.height()));
                var x = (photo.width() - side) / 2 | 1; // odd, so that chroma samples are cut
                var y = (photo.height() - side) / 2;
                var part = photo.region(x, y, side - 1, side, side);
                var difference = 0L;
                for (int i = 0; i < part.width() * part.height(); i++) {
                    var pixel = expected.getRGB(x + i % part.width(), y + i / part.width());
                    for (int c = 0; c < 3; c++) {
                        difference += Math.abs((part.rgb()[i * 3 + c] & 255) - (pixel >> (16 - 8 * c) & 255));
                    }
                }
                assertThat((double) difference / part.rgb().length).isLessThan(2.0);
            }
        }
    }

    @Test
    void reports_every_cut_one_as_truncated() throws IOException {
        for (var file : every(20)) {
            var bytes = Files.readAllBytes(file);
            for (var share : new double[] {0.05, 0.3, 0.5, 0.9, 0.999}) {
                var cut = SamplePhotos.write(folder, "cut", Arrays.copyOf(bytes, (int) (bytes.length * share)));
                assertThat(decoder.decode(cut))
                        .isInstanceOfSatisfying(
                                Decoding.Unreadable.class,
                                unreadable -> assertThat(unreadable.reason()).isEqualTo(Reason.TRUNCATED));
            }
        }
    }

    @Test
    void ends_with_a_photo_or_a_reason_when_they_are_damaged() throws IOException {
        var damaged = 0;
        var cases = 0;
        var random = new SplittableRandom(Long.getLong("seed", 7));
        for (var file : every(8)) {
            var bytes = Files.readAllBytes(file);
            for (int change = 0; change < 20; change++) {
                bytes[random.nextInt(bytes.length / 4, bytes.length)] = (byte) random.nextInt(256);
            }
            cases++;
            switch (decoder.decode(SamplePhotos.write(folder, "damaged", bytes))) {
                case Decoding.Decoded(var photo) -> photo.close();
                case Decoding.Unreadable _ -> damaged++;
            }
        }
        assertThat(damaged).as("reported of %d", cases).isPositive();
        System.out.println("damaged photos reported: " + damaged + " of " + cases);
    }

    private static List<Path> every(int nth) {
        return IntStream.range(0, photos.size())
                .filter(i -> i % nth == 0)
                .mapToObj(photos::get)
                .toList();
    }

    private DecodedPhoto decoded(Path file) {
        var result = decoder.decode(file);
        assertThat(result).as(file.getFileName().toString()).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) result).photo();
    }
}
