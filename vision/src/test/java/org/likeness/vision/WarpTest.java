package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WarpTest {
    @Test
    void the_identity_changes_nothing() {
        Picture picture = noise(17, 9, 1);

        assertThat(Warp.warp(picture, new Similarity(1, 0, 0, 0), 17, 9).rgb()).isEqualTo(picture.rgb());
    }

    @Test
    void a_quarter_turn_moves_whole_pixels() {
        Picture picture = noise(8, 8, 2);

        // Output (x, y) shows source (y, 8 - x): centres of pixels fall on centres of pixels.
        Picture turned = Warp.warp(picture, new Similarity(0, -1, 0, 8), 8, 8);

        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                assertThat(turned.rgb()[(y * 8 + x) * 3]).isEqualTo(picture.rgb()[((7 - x) * 8 + y) * 3]);
            }
        }
    }

    @Test
    void half_a_pixel_is_the_mean_of_two() {
        var picture = new Picture(2, 1, new byte[] {10, 20, 30, 20, 40, 50});

        assertThat(Warp.warp(picture, new Similarity(1, 0, 0.5, 0), 1, 1).rgb()).containsExactly(15, 30, 40);
    }

    @Test
    void shrinking_averages_instead_of_skipping() {
        var stripes = new byte[64 * 64 * 3];
        for (int i = 0; i < 64 * 64; i++) {
            if (i % 2 == 0) {
                stripes[3 * i] = stripes[3 * i + 1] = stripes[3 * i + 2] = (byte) 200;
            }
        }

        byte[] small = Warp.warp(new Picture(64, 64, stripes), new Similarity(4, 0, 0, 0), 16, 16)
                .rgb();

        for (byte value : small) {
            assertThat(value & 0xff).isBetween(98, 102);
        }
    }

    @Test
    void a_border_repeats_the_edge() {
        Picture padded = Warp.pad(new Picture(2, 1, new byte[] {1, 2, 3, 4, 5, 6}), 1, 1);

        assertThat(padded.width()).isEqualTo(4);
        assertThat(padded.rgb()).startsWith(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
    }

    @Test
    void a_mirror_image_mirrored_is_the_picture() {
        Picture picture = noise(7, 5, 3);

        assertThat(Warp.mirror(picture).rgb()).isNotEqualTo(picture.rgb());
        assertThat(Warp.mirror(Warp.mirror(picture)).rgb()).isEqualTo(picture.rgb());
    }

    private static Picture noise(int width, int height, long seed) {
        var rgb = new byte[width * height * 3];
        new SplittableRandom(seed).nextBytes(rgb);
        return new Picture(width, height, rgb);
    }
}
