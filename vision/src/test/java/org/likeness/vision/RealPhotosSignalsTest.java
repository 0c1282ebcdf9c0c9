package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.likeness.core.signal.Signal;
import org.likeness.core.signal.Signals;

/// A family must notice nothing: no ordinary photo is kept out.
class RealPhotosSignalsTest {
    private static final Set<String> PHOTOS =
            Set.of("jpg", "jpeg", "png", "webp", "heic", "avif", "tif", "tiff", "gif", "bmp", "pgm", "ppm");

    @Test
    void r06_no_ordinary_photo_is_quarantined() throws IOException {
        List<Path> photos;
        try (var files = Files.walk(SharedFiles.photos(RealPhotosSignalsTest.class))) {
            photos = files.filter(RealPhotosSignalsTest::isPhoto).sorted().toList();
        }
        assertThat(photos).hasSizeGreaterThan(100);
        List<String> keptOut = new ArrayList<>();
        for (Path photo : photos) {
            List<Signal> refusals = Signals.refusals(SignalReader.read(photo, List.of()));
            if (!refusals.isEmpty()) {
                keptOut.add(photo.getFileName() + " " + refusals);
            }
        }
        assertThat(keptOut).isEmpty();
    }

    private static boolean isPhoto(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && PHOTOS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
