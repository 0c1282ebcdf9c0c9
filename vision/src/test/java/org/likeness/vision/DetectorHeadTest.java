package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Point;

/// The decoding of each family, on tensors small enough to compute by hand.
class DetectorHeadTest {
    private static final int SIDE = 64;

    @Test
    void scrfd_counts_distances_in_strides_from_the_cells_corner() {
        List<Net.Output> outputs = grid(2, 1);
        // Stride 16 has 4x4 cells of two anchors; row 2, column 1, second anchor.
        int at = (2 * 4 + 1) * 2 + 1;
        value(outputs, 32, 1).values()[at] = 0.75f;
        put(value(outputs, 32, 4), at, 0.5f, 1f, 1.5f, 2f);
        put(value(outputs, 32, 10), at, 0, 0, 1, 0, 0.5f, 1, 0, 2, 1, 2);

        List<Detection> found = new ScrfdHead().decode(shuffled(outputs), SIDE, SIDE, 0.5);

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().score()).isEqualTo(0.75);
        assertThat(found.getFirst().box()).isEqualTo(new Box(16 - 8, 32 - 16, 32, 48));
        assertThat(found.getFirst().landmarks().orElseThrow().points())
                .containsExactly(
                        new Point(16, 32), new Point(32, 32), new Point(24, 48), new Point(16, 64), new Point(32, 64));
    }

    @Test
    void scrfd_ignores_a_box_that_is_inside_out() {
        List<Net.Output> outputs = grid(2, 1);
        value(outputs, 8, 1).values()[0] = 0.9f;
        put(value(outputs, 8, 4), 0, 1, 1, -2, 1);

        assertThat(new ScrfdHead().decode(outputs, SIDE, SIDE, 0.5)).isEmpty();
    }

    @Test
    void yunet_multiplies_its_scores_and_takes_the_exponential_of_sizes() {
        List<Net.Output> outputs = grid(1, 2);
        // Stride 8 has 8x8 cells; row 3, column 5.
        int at = 3 * 8 + 5;
        outputs.stream()
                .filter(o -> o.last() == 1 && o.values().length == 64)
                .forEach(o -> o.values()[at] = o.name().endsWith("a") ? 0.64f : 1.5f); // clamped to 1
        put(value(outputs, 64, 4), at, 0.25f, 0.5f, (float) Math.log(2), (float) Math.log(3));
        put(value(outputs, 64, 10), at, 0, 0, 1, 0, 0.5f, 1, 0, 2, 1, 2);

        List<Detection> found = new YunetHead().decode(shuffled(outputs), SIDE, SIDE, 0.6);

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().score()).isCloseTo(0.8, within(1e-6));
        Box box = found.getFirst().box();
        assertThat(box.x()).isCloseTo(42 - 8, within(1e-4));
        assertThat(box.y()).isCloseTo(28 - 12, within(1e-4));
        assertThat(box.width()).isCloseTo(16, within(1e-4));
        assertThat(box.height()).isCloseTo(24, within(1e-4));
        assertThat(found.getFirst().landmarks().orElseThrow().leftEye()).isEqualTo(new Point(40, 24));
    }

    @Test
    void ssd_scales_encodings_by_prior_and_variance() {
        var head = new SsdHead(List.of(
                new SsdHead.Level(32, List.of(new SsdHead.Size(40, 20))),
                new SsdHead.Level(64, List.of(new SsdHead.Size(50, 50), new SsdHead.Size(10, 30)))));
        var scores = new float[4 + 2];
        var encodings = new float[4 * 6];
        scores[2] = 0.9f; // finest level, row 1, column 0
        scores[5] = 0.6f; // coarse level, second prior
        System.arraycopy(new float[] {5, 2.5f, (float) (5 * Math.log(2)), 0}, 0, encodings, 8, 4);

        List<Detection> found = head.decode(
                List.of(output("scores", scores, 1, 6), output("encodings", encodings, 1, 6, 4)), SIDE, SIDE, 0.5);

        assertThat(found).hasSize(2);
        Box box = found.getFirst().box(); // centre (16 + 0.25 * 40, 48 + 0.5 * 20), size 40 x 40
        assertThat(box.x()).isCloseTo(26 - 20, within(1e-4));
        assertThat(box.y()).isCloseTo(58 - 20, within(1e-4));
        assertThat(box.width()).isCloseTo(40, within(1e-4));
        assertThat(box.height()).isCloseTo(40, within(1e-4));
        assertThat(found.get(1).box()).isEqualTo(new Box(32 - 5, 32 - 15, 10, 30));
    }

    @Test
    void outputs_of_another_family_are_refused_with_what_was_expected() {
        assertThatThrownBy(() -> new YunetHead().decode(grid(2, 1), SIDE, SIDE, 0.5))
                .isInstanceOf(LikenessException.class)
                .hasMessageContaining("stride 8 2 of [64, 1]");
        assertThatThrownBy(
                        () -> new SsdHead(List.of(new SsdHead.Level(8, List.of()))).decode(grid(1, 2), SIDE, SIDE, 0.5))
                .isInstanceOf(LikenessException.class)
                .hasMessageContaining("encodings and scores");
    }

    /// All outputs of a detector without priors at 64x64, all zero.
    private static List<Net.Output> grid(int anchors, int scoreParts) {
        var outputs = new ArrayList<Net.Output>();
        for (int stride : new int[] {8, 16, 32}) {
            int n = (SIDE / stride) * (SIDE / stride) * anchors;
            for (int part = 0; part < scoreParts; part++) {
                outputs.add(output("score" + stride + (part == 0 ? "a" : "b"), new float[n], n, 1));
            }
            outputs.add(output("box" + stride, new float[4 * n], n, 4));
            outputs.add(output("points" + stride, new float[10 * n], n, 10));
        }
        return outputs;
    }

    private static Net.Output output(String name, float[] values, long... shape) {
        return new Net.Output(name, shape, values);
    }

    private static Net.Output value(List<Net.Output> outputs, int n, int last) {
        return outputs.stream()
                .filter(o -> o.last() == last && o.values().length == n * last)
                .findFirst()
                .orElseThrow();
    }

    private static void put(Net.Output output, int at, float... values) {
        System.arraycopy(values, 0, output.values(), at * values.length, values.length);
    }

    private static List<Net.Output> shuffled(List<Net.Output> outputs) {
        var copy = new ArrayList<>(outputs);
        Collections.shuffle(copy, new Random(4));
        return copy;
    }
}
