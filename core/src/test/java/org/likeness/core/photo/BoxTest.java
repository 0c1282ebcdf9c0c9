package org.likeness.core.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BoxTest {
    @Test
    void the_square_around_is_centred_where_there_is_room() {
        assertThat(new Box(400, 300, 100, 50).around(2, 1000, 800)).isEqualTo(new Box(350, 225, 200, 200));
    }

    @Test
    void it_moves_in_from_an_edge_and_is_cut_where_the_photo_is_smaller() {
        assertThat(new Box(-10, 0, 100, 100).around(2, 1000, 800)).isEqualTo(new Box(0, 0, 200, 200));
        assertThat(new Box(950, 780, 100, 100).around(2, 1000, 800)).isEqualTo(new Box(800, 600, 200, 200));
        assertThat(new Box(0, 0, 500, 90).around(2, 600, 100)).isEqualTo(new Box(0, 0, 600, 100));
    }

    @Test
    void it_lies_in_the_photo_and_holds_what_of_the_face_does() {
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 1));
        for (int i = 0; i < 2_000; i++) {
            int width = 2 + random.nextInt(500);
            int height = 2 + random.nextInt(500);
            Box face = new Box(
                    random.nextDouble(width),
                    random.nextDouble(height),
                    1 + random.nextInt(99),
                    1 + random.nextInt(99));
            Box around = face.around(1.8, width, height);
            assertThat(around.x()).isBetween(0.0, face.x() + 1e-6);
            assertThat(around.y()).isBetween(0.0, face.y() + 1e-6);
            assertThat(around.x() + around.width())
                    .isBetween(Math.min(width, face.x() + face.width()) - 1e-6, width + 1e-6);
            assertThat(around.y() + around.height())
                    .isBetween(Math.min(height, face.y() + face.height()) - 1e-6, height + 1e-6);
        }
    }
}
