package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.LikenessException;
import org.likeness.core.LikenessException.Kind;

class EncodingTest {
    static LongStream seeds() { // -Dseed=N replays one case
        Long only = Long.getLong("seed");
        return only == null ? new SplittableRandom(3).longs(50) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void a_png_gives_back_every_pixel(long seed) {
        Picture picture = noise(seed);

        assertThat(Encoding.png(Encoding.png(picture), picture.width(), picture.height())
                        .rgb())
                .isEqualTo(picture.rgb());
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void a_damaged_png_is_corrupt_or_reads_as_some_picture(long seed) {
        var random = new SplittableRandom(seed);
        byte[] png = Encoding.png(noise(seed));
        Picture picture = noise(seed);
        for (int round = 0; round < 10; round++) {
            byte[] damaged = random.nextBoolean() ? png.clone() : Arrays.copyOf(png, random.nextInt(png.length));
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) random.nextInt(1, 256);
            }
            try {
                assertThat(Encoding.png(damaged, picture.width(), picture.height())
                                .width())
                        .isEqualTo(picture.width());
            } catch (LikenessException e) {
                assertThat(e.kind()).isEqualTo(Kind.CORRUPT);
            }
        }
    }

    @Test
    void a_png_of_another_size_is_corrupt() {
        byte[] png = Encoding.png(new Picture(3, 2, new byte[18]));

        LikenessException thrown = org.assertj.core.api.Assertions.catchThrowableOfType(
                LikenessException.class, () -> Encoding.png(png, 2, 3));
        assertThat(thrown.kind()).isEqualTo(Kind.CORRUPT);
        assertThat(thrown).hasMessageContaining("is 3x2 but must be 2x3");
    }

    private static Picture noise(long seed) {
        var random = new SplittableRandom(seed);
        int width = random.nextInt(1, 40);
        int height = random.nextInt(1, 40);
        var rgb = new byte[width * height * 3];
        random.nextBytes(rgb);
        return new Picture(width, height, rgb);
    }
}
