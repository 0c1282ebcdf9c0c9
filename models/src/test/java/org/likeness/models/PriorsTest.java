package org.likeness.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorsTest {
    @Test
    void the_sizes_of_a_regular_grid_are_found() {
        Priors priors = Priors.of(tensor(grid()));
        assertThat(priors.levels()).extracting(Priors.Level::stride).containsExactly(16, 32, 64, 128, 256, 512);
        assertThat(priors.levels().getFirst().sizes())
                .isEqualTo(List.of(new Priors.Size(20, 40), new Priors.Size(21, 40), new Priors.Size(22, 40)));
    }

    @Test
    void a_box_off_its_centre_is_refused() {
        float[] boxes = grid();
        boxes[4 * 700] += 0.001f;
        boxes[4 * 700 + 2] += 0.001f;
        assertThatThrownBy(() -> Priors.of(tensor(boxes)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("prior 700 ");
    }

    @Test
    void a_box_of_another_size_is_refused() {
        float[] boxes = grid();
        boxes[4 * 5000 + 1] -= 0.001f;
        boxes[4 * 5000 + 3] += 0.001f;
        assertThatThrownBy(() -> Priors.of(tensor(boxes))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void another_number_of_boxes_is_refused() {
        assertThatThrownBy(() -> Priors.of(tensor(new float[5117 * 4]))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Priors.of(tensor(Arrays.copyOf(grid(), 5119 * 4))))
                .hasMessageContaining("must be 5118 but are 5119");
    }

    private static float[] grid() {
        var boxes = new float[5118 * 4];
        int at = 0;
        for (int stride = 16; stride <= 512; stride *= 2) {
            for (int cell = 0; cell < (512 / stride) * (512 / stride); cell++) {
                int row = cell / (512 / stride);
                float x = (cell - row * (512 / stride) + 0.5f) * stride;
                float y = (row + 0.5f) * stride;
                for (int i = 0; i < (stride == 16 ? 3 : 6); i++) {
                    boxes[at++] = (y - 20) / 512;
                    boxes[at++] = (x - 10 - i / 2f) / 512;
                    boxes[at++] = (y + 20) / 512;
                    boxes[at++] = (x + 10 + i / 2f) / 512;
                }
            }
        }
        return boxes;
    }

    private static Tensor tensor(float... boxes) {
        var data = ByteBuffer.allocate(boxes.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(boxes);
        return Tensor.ofFloats(new int[] {1, boxes.length / 4, 4}, data.array());
    }
}
