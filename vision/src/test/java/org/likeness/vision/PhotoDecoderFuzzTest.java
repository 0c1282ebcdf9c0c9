package org.likeness.vision;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes come, decoding ends with a photo or a reason. In a normal build this runs the samples as a
/// regression;
/// with `JAZZER_FUZZ=1` in the environment Jazzer searches for inputs that break it.
class PhotoDecoderFuzzTest {
    private static final int PIXELS_MAX = 4_000_000;
    private static final PhotoDecoder DECODER =
            new PhotoDecoder(new PhotoLimits(PIXELS_MAX, 60_000), new PixelBudget(PIXELS_MAX));

    static Stream<Arguments> samples() {
        return SamplePhotos.all().values().stream().map(bytes -> Arguments.of((Object) bytes));
    }

    @MethodSource("samples")
    @FuzzTest(maxDuration = "5m")
    void ends_with_a_photo_or_a_reason(byte[] bytes) throws IOException {
        var file = Files.createTempFile("fuzz", ".bin");
        try {
            Files.write(file, bytes);
            if (DECODER.decode(file) instanceof Decoding.Decoded(var photo)) {
                try (photo) {
                    photo.scaled(64);
                    photo.region(-3, 5, 40, 40, 20);
                }
            }
        } finally {
            Files.delete(file);
        }
    }
}
