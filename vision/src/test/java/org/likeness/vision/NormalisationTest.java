package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.likeness.vision.Normalisation.Colour;

class NormalisationTest {
    private final Picture picture = new Picture(1, 1, new byte[] {10, (byte) 200, 30});

    @Test
    void writes_planes_in_the_order_of_the_network() {
        assertThat(written(Colour.RGB)[0]).isEqualTo((10 - 1) / 1f);
        assertThat(written(Colour.RGB)[4]).isEqualTo((200 - 2) / 2f);
        assertThat(written(Colour.RGB)[8]).isEqualTo((30 - 3) / 4f);
        assertThat(written(Colour.BGR)[0]).isEqualTo((30 - 1) / 1f);
        assertThat(written(Colour.BGR)[8]).isEqualTo((10 - 3) / 4f);
    }

    @Test
    void what_the_picture_does_not_cover_is_black_before_normalisation() {
        float[] planes = written(Colour.RGB);

        assertThat(planes[1]).isEqualTo(-1f);
        assertThat(planes[2]).isEqualTo(-1f);
        assertThat(planes[7]).isEqualTo(-1f);
        assertThat(planes[11]).isEqualTo(-0.75f);
    }

    /// One pixel in an input of 2x2.
    private float[] written(Colour colour) {
        var out = new float[12];
        new Normalisation(colour, List.of(1.0, 2.0, 3.0), List.of(1.0, 2.0, 4.0))
                .write(picture, FloatBuffer.wrap(out), 0, 2, 2);
        return out;
    }
}
