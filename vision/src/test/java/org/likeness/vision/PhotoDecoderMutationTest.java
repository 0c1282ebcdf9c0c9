package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damaged files of every format: never a crash, never a hang, always a photo or a reason. `-Dseed=N` replays
/// one case.
class PhotoDecoderMutationTest {
    private static final Map<String, byte[]> SAMPLES = SamplePhotos.all();
    private static final int CASES = 400;
    private static final int PIXELS_MAX = 4_000_000;

    @TempDir
    Path folder;

    static Stream<String> formats() {
        return SAMPLES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void ends_with_a_photo_or_a_reason(String format) {
        var budget = new PixelBudget(PIXELS_MAX);
        var decoder = new PhotoDecoder(new PhotoLimits(PIXELS_MAX, 60_000), budget);
        var only = Long.getLong("seed");
        var first = only == null ? 0 : only;
        for (long seed = first; seed < (only == null ? CASES : first + 1); seed++) {
            var file = SamplePhotos.write(folder, "mutated", mutated(format, seed));
            var started = System.nanoTime();
            try {
                if (decoder.decode(file) instanceof Decoding.Decoded(var photo)) {
                    photo.scaled(64);
                    photo.region(-3, 5, 40, 40, 20);
                    photo.close();
                }
            } catch (RuntimeException e) {
                throw new AssertionError(format + " with -Dseed=" + seed, e);
            }
            assertThat(budget.freePixels()).as("seed %d", seed).isEqualTo(PIXELS_MAX);
            // A hang detector, not a measurement: such a case normally takes milliseconds.
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as("seed %d", seed)
                    .isLessThan(Duration.ofMinutes(1));
        }
    }

    private static byte[] mutated(String format, long seed) {
        var random = new SplittableRandom(seed);
        var bytes = Objects.requireNonNull(SAMPLES.get(format)).clone();
        var headerOnly = random.nextBoolean(); // half of the cases hit where sizes and offsets are
        for (int change = random.nextInt(1, 12); change > 0; change--) {
            var at = random.nextInt(headerOnly ? Math.min(bytes.length, 400) : bytes.length);
            bytes[at] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
                default -> (byte) (random.nextBoolean() ? 0xff : 0);
            };
        }
        return random.nextInt(10) == 0 ? SamplePhotos.slice(bytes, 0, random.nextInt(1, bytes.length)) : bytes;
    }
}
